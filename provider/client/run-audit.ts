import { randomUUID } from "node:crypto";
import type { AuditFile } from "../apply/audit-file.js";
import type { Outcome } from "../apply/outcome.js";
import { sentRequests } from "../apply/sent-requests.js";
import { endLine, outcomeAudit, requestLine, startLine } from "../report/audit-lines.js";
import type { People } from "../report/people.js";
import type { Plan } from "../roster/plan.js";
import type { WriteSeen } from "../sei/client.js";

/** Writes down what one run does. */
export interface Audit {
  request(this: void, seen: WriteSeen): void;
  outcome(outcome: Outcome, interrupted: boolean): void;
  /** A run that sent nothing. */
  end(facts: { readonly outcome: "refused" | "nothingSent" }): void;
}

/** What runs, and how far its lines name people. */
export interface AuditedRun {
  readonly command: string;
  readonly people: Exclude<People, "none">;
  /** Told once, when a later line cannot be written. */
  readonly warn: (message: string) => void;
}

const SILENT: Audit = { request() {}, outcome() {}, end() {} };

/**
 * Begins the audit of a run.
 *
 * @param file null: nobody wants one
 * @throws AuditError when the first line cannot be written: nothing may be sent then
 */
export function runAudit(file: AuditFile | null, { command, people, warn }: AuditedRun, plan: Plan): Audit {
  if (file === null) return SILENT;
  const run = { run: randomUUID(), planChecksum: plan.checksum, people };
  const sent = sentRequests();
  const now = () => new Date();
  file.write([startLine(run, now(), { command, target: plan.target, changes: plan.changes.length })]);
  let broken = false;
  // What was sent was sent: a disk that is full by now must not make it look as if it were not.
  const write = (lines: readonly object[]) => {
    try {
      file.write(lines);
    } catch (error) {
      if (!broken) warn(`${error instanceof Error ? error.message : String(error)}; the rest is not in it`);
      broken = true;
    }
  };
  return {
    request(seen) {
      sent.note(seen);
      write([requestLine(run, now(), { ...seen.call, status: seen.status, requestId: seen.requestId })]);
    },
    outcome(outcome, interrupted) {
      const [done, failed, notTried] = [outcome.done.length, outcome.failed.length, outcome.notTried.length];
      const result = interrupted && outcome.status !== "applied" ? "interrupted" : outcome.status;
      write([
        ...outcomeAudit(run, now(), outcome, sent.idOf),
        endLine(run, now(), { outcome: result, done, failed, notTried }),
      ]);
    },
    end: (facts) => write([endLine(run, now(), facts)]),
  };
}
