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
  const wanted = new Set(planned.map(effectOf));
  return {
    left: now.filter((change) => wanted.has(effectOf(change))),
    other: now.filter((change) => !wanted.has(effectOf(change))),
  };
}

/** What a change makes true. A create that half happened comes back as an update to the same record. */
export function effectOf(change: Change): string {
  switch (change.kind) {
    case "create":
    case "update":
      return canonicalJson(["record", change.after]);
    case "delete":
      return canonicalJson(["delete", change.email]);
    case "setIdentity":
      return canonicalJson(["identity", change.email, change.integrationId, change.after]);
    case "mapField":
      return canonicalJson(["map", change.column, change.after]);
  }
}
