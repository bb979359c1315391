import { setTimeout as pause } from "node:timers/promises";
import { changesOf } from "../roster/change.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { KeptValues } from "../roster/kept-values.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { type Plan, type Policy, plan as planAgain, refusals } from "../roster/plan.js";
import type { RenameEntry } from "../roster/rename-entry.js";
import { SetupUnfinishedError, UnreadableAnswerError } from "../sei/errors.js";
import type { PartWish } from "../sei/part/part-wish.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { withApplicationTypes } from "./application-types.js";
import { execute, type Phase } from "./execute.js";
import type { Contributors } from "./find-contributors.js";
import { memoryJournal, type RenameJournal, without } from "./journal.js";
import { beginRenames, forgetFinished, forgetNotBegun } from "./keep-journal.js";
import { beginValues, forgetNotSent, forgetValues, isDamaged } from "./keep-values.js";
import { leftover } from "./leftover.js";
import type { Outcome } from "./outcome.js";
import { ReviewUnreadableError } from "./review-check.js";
import { applied, failed, isSettled, nothingToDo, type Seen, unverified } from "./settle.js";
import { isUncertain, watched, watchedContributors } from "./taken.js";
import { memoryValues } from "./values-journal.js";

/** A plan, what it was made of, and the hands to carry it out. */
export interface Apply {
  readonly plan: Plan;
  readonly desired: DesiredRoster;
  readonly live: LiveRoster;
  readonly policy: Policy;
  /** What was read, where that was not everybody: no more is read afterwards. */
  readonly only?: PartWish;
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  /** The v1 API of the same account, for renames that keep the id. Left out: not asked. */
  readonly contributors?: Contributors;
  /** Where renames are written down before anything is sent. Default: only in memory. */
  readonly journal?: RenameJournal;
  /** Somebody wants an end: the writer begins no further write then, and one more read says what is done. */
  readonly stop?: AbortSignal;
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
/** A server that loses every answer is not asked for ever. */
const MOST_ROUNDS = 5;

/**
 * Carries out a plan and reads until it is live; an empty plan takes no request. A write that may or may not have been received is followed by a read,
 * and only what is still missing, and was planned, is sent again.
 *
 * @throws RefusedPlanError when a guard refuses the plan; JournalError when its renames cannot be written down. Nothing
 *   was sent then.
 */
export async function applyPlan(apply: Apply): Promise<Outcome> {
  const { plan, policy } = apply;
  const refused = refusals(plan);
  if (refused.length > 0) throw new RefusedPlanError(refused.map(({ reason }) => reason).join("; "));
  const journal = apply.journal ?? memoryJournal();
  const values = journal.values ?? memoryValues();
  const [known, knownValues] = [policy.journal ?? [], policy.sentAlong ?? []];
  if (plan.changes.length === 0) {
    // The run that did it all may have been killed before it could forget what it did.
    await forgetFinished(journal, known, apply.live);
    if (apply.live.completeness.proven) await forgetValues(values, knownValues);
    return nothingToDo(apply.live);
  }
  const begun = await beginRenames(journal, plan.changes, known);
  const sentAlong = await beginValues(values, plan, knownValues);
  const told = { ...apply, journal, policy: { ...policy, journal: begun, sentAlong } };
  const outcome = await carryThrough(told, begun, sentAlong);
  if (!outcome.touched) await forgetNotBegun(journal, without(begun, known), outcome.live);
  if (!outcome.touched) await forgetNotSent(values, sentAlong.slice(knownValues.length), outcome.live);
  // A plan on a whole read has nothing to put back: they are there, or are declared to be blank.
  if (outcome.status === "applied") await forgetValues(values, sentAlong);
  return outcome;
}

async function carryThrough(
  apply: Apply & { readonly journal: RenameJournal },
  begun: readonly RenameEntry[],
  sentAlong: readonly KeptValues[],
): Promise<Outcome> {
  const { plan, desired, reader, policy, journal } = apply;
  const sleep = apply.sleep ?? pause;
  const now = apply.now ?? Date.now;
  const deadlineMs = apply.deadlineMs ?? 30_000;
  const isStopped = () => apply.stop?.aborted === true;
  let touched = false;
  const onTaken = () => {
    touched = true;
  };
  const writer = withApplicationTypes(watched(apply.writer, onTaken), desired.applicationTypes);
  let contributors = apply.contributors === undefined ? null : watchedContributors(apply.contributors, onTaken);

  let work = { changes: plan.changes, mapping: plan.mapping, way: plan.way.kind, live: apply.live };
  // Of the last write that was begun, also in an earlier round.
  let phase: Phase | null = null;
  for (let round = 1; ; round += 1) {
    let trouble: unknown = null;
    let sent: "all" | "part" = "all";
    try {
      sent = await execute(work, { reader, writer, contributors, sleep, now, deadlineMs }, (entered) => {
        phase = entered;
      });
    } catch (error) {
      if (error instanceof ReviewUnreadableError && policy.strategy === "auto") {
        work = { ...work, way: "upsert" };
        continue;
      }
      trouble = error;
    }
    // Once more when nobody knows what became of it; then the ordinary way.
    if (trouble === null || round > 1) contributors = null;
    if (trouble !== null && isStopped() && !touched) {
      return failed(plan.changes, plan.changes, phase, trouble, touched, null);
    }
    // Reads until everything is live, or the answers have had their time, which begins after the last write.
    const [deadline, patience] = [now() + deadlineMs, now() + deadlineMs / 6];
    for (let wait = FIRST_WAIT_MS * 2 ** (round - 1); ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      const live = await tryRead(reader, apply);
      // Answers lag one by one: the columns may be of before a save and the values of after it.
      if (isBetween(live, plan) && now() + wait <= deadline && !isStopped()) {
        await sleep(wait);
        continue;
      }
      if (live instanceof Error) return failed(plan.changes, plan.changes, phase, trouble ?? live, touched, null);
      const next = planAgain(desired, live, policy);
      const seen: Seen = { planned: plan.changes, before: apply.live, live, ...leftover(plan.changes, next.changes) };
      if (isSettled(seen)) {
        await forgetFinished(journal, begun, live);
        return applied(seen);
      }
      const late = now() + wait > deadline || isStopped();
      if (sent === "part" && !late && live.completeness.proven) {
        work = { changes: seen.left, mapping: next.mapping, way: next.way.kind, live };
        break;
      }
      const spent = round >= MOST_ROUNDS && live.completeness.proven;
      if (trouble !== null && (!isUncertain(trouble) || late || spent)) {
        return failed(plan.changes, seen.left, phase, trouble, touched, live);
      }
      // Blanked by the very write that sent them: they are sent again at once, in another form.
      const damaged = trouble === null && !spent && !isStopped() && isDamaged(seen, sentAlong);
      if (late && !damaged) return unverified(seen);
      if (!damaged) await sleep(wait);
      // A setup that was taken may only not be seen yet; to send it again is to send everybody.
      if (work.way === "setup" && live.mapping === null && waitsForSetup(trouble, now() < patience)) continue;
      // Sent again only on a read that is whole: a re-upload made of a short one would drop who is missing from it.
      if (damaged || (trouble !== null && live.completeness.proven)) {
        work = { changes: seen.left, mapping: next.mapping, way: again(work.way, next.way.kind), live };
        break;
      }
    }
  }
}

function isBetween(live: LiveRoster | Error, { changes }: Plan): boolean {
  return live instanceof UnreadableAnswerError && changesOf(changes, "mapField").length > 0;
}

function waitsForSetup(trouble: unknown, isEarly: boolean): boolean {
  return trouble instanceof SetupUnfinishedError || (trouble !== null && isEarly);
}

/** Once the setup has been saved, what is left goes by upsert; otherwise the way stays. */
function again(way: Plan["way"]["kind"], next: Plan["way"]["kind"]): Plan["way"]["kind"] {
  return way === "setup" ? next : way;
}

async function tryRead(reader: SeiReader, { live, only }: Apply): Promise<LiveRoster | Error> {
  const part = only === undefined ? {} : { only };
  try {
    return await reader.readRoster({ identities: live.identities !== null, ...part });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
