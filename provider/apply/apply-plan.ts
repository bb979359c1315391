import { setTimeout as pause } from "node:timers/promises";
import type { Change } from "../roster/change.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { type Plan, type Policy, plan as planAgain, refusals } from "../roster/plan.js";
import { PartialWriteError, UncertainWriteError } from "../sei/errors.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { execute, type Phase } from "./execute.js";
import { effectOf, leftover } from "./leftover.js";
import type { Outcome } from "./outcome.js";
import { ReviewUnreadableError } from "./review-check.js";

/** A plan, what it was made of, and the hands to carry it out. */
export interface Apply {
  readonly plan: Plan;
  readonly desired: DesiredRoster;
  readonly live: LiveRoster;
  readonly policy: Policy;
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  /** How long answers may lag behind writes, in milliseconds. Default: 30,000. */
  readonly deadlineMs?: number;
  readonly sleep?: (ms: number) => Promise<unknown>;
  readonly now?: () => number;
}

/** A plan that its guards refuse reached an apply. */
export class RefusedPlanError extends Error {
  override readonly name = "RefusedPlanError";
}

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 3_000;

/**
 * Carries out a plan and reads until it is live. A write that may or may not have been received is followed by a read,
 * and only what is still missing, and was planned, is sent again.
 *
 * @throws RefusedPlanError when a guard refuses the plan; nothing was sent.
 */
export async function applyPlan(apply: Apply): Promise<Outcome> {
  const { plan, desired, policy, reader, writer } = apply;
  const refused = refusals(plan);
  if (refused.length > 0) throw new RefusedPlanError(refused.map(({ reason }) => reason).join("; "));
  const sleep = apply.sleep ?? pause;
  const now = apply.now ?? Date.now;
  const deadline = now() + (apply.deadlineMs ?? 30_000);

  let work = { changes: plan.changes, mapping: plan.mapping, way: plan.way.kind, live: apply.live };
  let phase: Phase | null = null;
  let wait = FIRST_WAIT_MS;
  for (;;) {
    let trouble: unknown = null;
    try {
      phase = null;
      await execute(work, reader, writer, (entered) => {
        phase = entered;
      });
    } catch (error) {
      if (error instanceof ReviewUnreadableError && policy.strategy === "auto") {
        work = { ...work, way: "upsert" };
        continue;
      }
      trouble = error;
    }
    // Reads until everything is live, or the answers have had their time.
    for (;;) {
      const seen = await tryRead(reader, apply.live.identities !== null);
      if (seen instanceof Error) return failed(apply, plan.changes, phase, trouble ?? seen, null);
      const next = planAgain(desired, seen, policy);
      const { left, other } = leftover(plan.changes, next.changes);
      if (left.length === 0 && (trouble === null || seen.completeness.proven)) {
        return settled(plan.changes, other.length, seen, other);
      }
      if (trouble !== null && !isUncertain(trouble)) {
        return failed(apply, left, phase, trouble, seen);
      }
      if (now() + wait > deadline) {
        if (trouble !== null) return failed(apply, left, phase, trouble, seen);
        return unverified(plan.changes, left, other.length, seen);
      }
      await sleep(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      if (trouble !== null) {
        work = { changes: left, mapping: next.mapping, way: again(work.way, next.way.kind), live: seen };
        break;
      }
    }
  }
}

/** Whether a write may have been received although nobody said so. */
function isUncertain(trouble: unknown): boolean {
  return trouble instanceof PartialWriteError
    ? trouble.cause instanceof UncertainWriteError
    : trouble instanceof UncertainWriteError;
}

/** Once the setup has been saved, what is left goes by upsert; otherwise the way stays. */
function again(way: Plan["way"]["kind"], next: Plan["way"]["kind"]): Plan["way"]["kind"] {
  return way === "setup" ? next : way;
}

async function tryRead(reader: SeiReader, identities: boolean): Promise<LiveRoster | Error> {
  try {
    return await reader.readRoster({ identities });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Nothing of the plan is left to do. What else differs now was either altered by the API or written by others. */
function settled(changes: readonly Change[], elsewhere: number, live: LiveRoster, other: readonly Change[]): Outcome {
  const ours = new Set(changes.flatMap((change) => (change.kind === "mapField" ? [] : [change.email])));
  const altered = other.flatMap((change) => (change.kind === "update" && ours.has(change.email) ? [change] : []));
  const whole = { failed: [], notTried: [], elsewhere, live };
  if (altered.length === 0) return { status: "applied", done: changes, reason: "", ...whole };
  const fields = [...new Set(altered.flatMap((change) => change.fields.map(({ field }) => field)))].sort();
  return {
    status: "unverified",
    done: changes,
    reason: `applied, but a read shows other values for ${altered.length} developer(s) in ${fields.join(", ")}: the API altered them, or somebody else wrote`,
    ...whole,
  };
}

function unverified(changes: readonly Change[], left: readonly Change[], elsewhere: number, live: LiveRoster): Outcome {
  const missing = new Set(left.map(effectOf));
  return {
    status: "unverified",
    done: changes.filter((change) => !missing.has(effectOf(change))),
    failed: left,
    notTried: [],
    reason: `the API took every request, but a read does not show ${left.length} of ${changes.length} changes`,
    elsewhere,
    live,
  };
}

function failed(
  { plan }: Apply,
  left: readonly Change[],
  phase: Phase | null,
  trouble: unknown,
  live: LiveRoster | null,
): Outcome {
  const missing = new Set(left.map(effectOf));
  const undone = plan.changes.filter((change) => missing.has(effectOf(change)));
  const untouched = undone.filter((change) => isAfter(change.kind, phase));
  return {
    status: "failed",
    done: plan.changes.filter((change) => !missing.has(effectOf(change))),
    failed: undone.filter((change) => !isAfter(change.kind, phase)),
    notTried: untouched,
    reason: trouble instanceof Error ? trouble.message : String(trouble),
    elsewhere: 0,
    live,
  };
}

/** Whether changes of a kind are sent only after the phase that failed. */
function isAfter(kind: Change["kind"], phase: Phase | null): boolean {
  switch (phase) {
    case null:
      return true;
    case "setup":
    case "reupload":
      return kind === "setIdentity";
    case "upsert":
      return kind === "delete" || kind === "setIdentity";
    case "delete":
      return kind === "setIdentity";
    case "setIdentity":
      return false;
  }
}
