import { type Change, changesOf } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { LiveRoster } from "./live-roster.js";
import { resolveMapping } from "./resolve-mapping.js";
import { passed, type Verdict } from "./verdict.js";

/** A plan of some people alone, and what it was made of. */
export interface JudgedOnly {
  readonly changes: readonly Change[];
  /** The whole of it. */
  readonly desired: DesiredRoster;
  readonly live: LiveRoster;
  readonly only: readonly string[];
  /** Attributes of these people that no live column can hold. */
  readonly unknownAttributes: readonly string[];
}

/**
 * Judges what a plan of some people alone must leave to the whole plan: the initial setup, a new column, and whatever a
 * read of a part of the account cannot prove.
 */
export function judgeOnly({ changes, desired, live, only, unknownAttributes }: JudgedOnly): Verdict {
  const name = "only";
  const limit = `${only.length} named; upserts, and deletes that a whole read proves`;
  const objection =
    changes.length === 0
      ? null
      : (notSetUp(live) ?? newColumns(desired, live, unknownAttributes) ?? unprovenLosses(changes, live));
  if (objection === null) return passed(name, limit, only.length);
  return { name, limit, actual: only.length, verdict: "refused", ...objection, people: [...only] };
}

interface Objection {
  readonly reason: string;
  readonly hint: string;
}

function notSetUp({ mapping }: LiveRoster): Objection | null {
  if (mapping !== null) return null;
  return {
    reason:
      "the initial setup of the account has not been done, so the API answers an upsert with 412 Precondition Failed",
    hint: "run the initial setup: apply the whole source once, without --only",
  };
}

function newColumns(desired: DesiredRoster, live: LiveRoster, unknown: readonly string[]): Objection | null {
  if (unknown.length === 0) return null;
  const whole = resolveMapping(desired, live.mapping);
  const coming = unknown.filter((column) => !whole.unknownAttributes.includes(column));
  if (coming.length === 0) return null;
  return {
    reason: `the account has no column ${coming.map((column) => JSON.stringify(column)).join(", ")} yet, and a new column concerns everybody`,
    hint: "apply the whole source once, without --only",
  };
}

/** Whoever was not asked for may report to who leaves, or hold what would be lost. */
function unprovenLosses(changes: readonly Change[], { part }: LiveRoster): Objection | null {
  const losses = changesOf(changes, "delete").length + changesOf(changes, "rename").length;
  if (part !== true || losses === 0) return null;
  return {
    reason: `${losses} developer(s) would be deleted or renamed, and only a part of the account was read`,
    hint: "read the whole account",
  };
}
