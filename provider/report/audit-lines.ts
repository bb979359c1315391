import type { Change } from "../roster/change.js";
import type { Target } from "../roster/target.js";
import { changeJson, type JsonPeople, jsonEmail } from "./change-json.js";
import { maskText } from "./mask-text.js";
import type { Reported } from "./outcome.js";

/** What every line of one run says. */
export interface AuditRun {
  /** Tells the lines of runs side by side apart. */
  readonly run: string;
  readonly planChecksum: string;
  readonly people: JsonPeople;
}

/** An answer to a writing request. */
export interface AuditedRequest {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly status: number;
  readonly requestId: string | null;
}

/** The first line of a run. */
export function startLine(run: AuditRun, time: Date, facts: { command: string; target: Target; changes: number }) {
  const { endpoint, account } = facts.target;
  const { command, changes } = facts;
  return { ...opening(run, time, "start"), command, target: { endpoint, account }, changes };
}

/** A line for an answer, written when it comes, so that a run that is killed leaves a trace of what it sent. */
export function requestLine(run: AuditRun, time: Date, { method, path, status, requestId }: AuditedRequest) {
  return { ...opening(run, time, "request"), method, path, status, requestId };
}

/** A line for each developer and operation. `requestIdOf` knows the request that carried a change, or null. */
export function outcomeAudit(
  run: AuditRun,
  time: Date,
  outcome: Reported,
  requestIdOf: (change: Change) => string | null,
): readonly object[] {
  const detail = run.people === "names" ? outcome.reason : maskText(outcome.reasonWithoutPeople);
  const lines = (changes: readonly Change[], result: "done" | "failed" | "notTried") =>
    changes.map((change) => {
      const requestId = requestIdOf(change);
      return {
        ...opening(run, time, change.kind),
        email: change.kind === "mapField" ? null : jsonEmail(change.email, run.people),
        change: changeJson(change, run.people),
        outcome: result,
        ...(requestId === null || result === "notTried" ? {} : { requestId }),
        ...(result === "failed" && detail !== "" ? { detail } : {}),
      };
    });
  return [...lines(outcome.done, "done"), ...lines(outcome.failed, "failed"), ...lines(outcome.notTried, "notTried")];
}

/** The last line of a run. */
export function endLine(
  run: AuditRun,
  time: Date,
  facts: {
    outcome: "applied" | "unverified" | "failed" | "interrupted" | "refused" | "nothingSent";
    detail?: string;
  } & {
    done?: number;
    failed?: number;
    notTried?: number;
  },
) {
  return { ...opening(run, time, "end"), ...facts };
}

function opening({ run, planChecksum }: AuditRun, time: Date, operation: string) {
  return { time: time.toISOString(), operation, run, planChecksum };
}
