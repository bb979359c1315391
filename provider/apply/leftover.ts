import type { Change } from "../roster/change.js";
import { canonicalJson } from "../roster/checksum.js";

/** The changes of a later plan, told apart by whether the first plan showed them. */
export interface Leftover {
  /** Shown by the first plan and not live yet. */
  readonly left: readonly Change[];
  /** Not shown by the first plan: somebody else wrote, or the API altered what it was sent. */
  readonly other: readonly Change[];
}

/**
 * Splits what is still to do. Only what the first plan showed may ever be sent again: nothing is written, and nobody
 * deleted, that no plan showed.
 */
export function leftover(planned: readonly Change[], now: readonly Change[]): Leftover {
  const wanted = effectsOf(planned);
  const isWanted = (change: Change) => [...effectsOf([change])].every((effect) => wanted.has(effect));
  return { left: now.filter(isWanted), other: now.filter((change) => !isWanted(change)) };
}

/**
 * The changes of a plan that are not done as long as others are to do: those that share an effect with one of them.
 */
export function undone(planned: readonly Change[], left: readonly Change[]): readonly Change[] {
  const missing = effectsOf(left);
  return planned.filter((change) => [...effectsOf([change])].some((effect) => missing.has(effect)));
}

/** What changes make true. */
function effectsOf(changes: readonly Change[]): ReadonlySet<string> {
  return new Set(changes.flatMap(effectsOfOne).map(canonicalJson));
}

/** What a change makes true. A create that half happened comes back as an update to the same record. */
function effectsOfOne(change: Change): readonly (readonly unknown[])[] {
  switch (change.kind) {
    case "create":
    case "update":
      return [["record", change.after]];
    case "rename": {
      // The new record came first; when it is there, only the old one is left to go.
      const gone = ["delete", change.previousEmail, change.email];
      return change.isRest === true ? [gone] : [["record", change.after], gone];
    }
    case "delete":
      return [["delete", change.email]];
    case "setIdentity":
      return [["identity", change.email, change.integrationId, change.after]];
    case "mapField":
      return [["map", change.column, change.after]];
  }
}
