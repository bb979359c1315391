import type { IdentityCompleteness, LiveRoster } from "./live-roster.js";

type UnprovenIdentities = Extract<IdentityCompleteness, { proven: false }>;

/** What could not be read with proof. */
export interface Unproven {
  /** A sentence without its full stop. */
  readonly reason: string;
  readonly hint: string;
}

/** Why nothing should be concluded from what a read does not show; null when it is proven. */
export function unprovenPart({
  completeness,
  identityCompleteness,
}: Pick<LiveRoster, "completeness" | "identityCompleteness">): Unproven | null {
  if (!completeness.proven) return unprovenRoster(completeness.reason);
  // Without a contradiction it looks as an account does that has never held an identity.
  if (identityCompleteness === undefined || identityCompleteness.proven || !identityCompleteness.contradicted) {
    return null;
  }
  return unprovenIdentities(identityCompleteness);
}

/** Of a roster whose list may be short. */
export function unprovenRoster(reason: string): Unproven {
  return {
    reason: `the live roster could not be read with proof that it is complete: ${reason}`,
    hint: hintFor("the developers"),
  };
}

/** Of identities that may be short, or of which nothing is known. */
export function unprovenIdentities({ reason, unavailable }: UnprovenIdentities): Unproven {
  if (unavailable !== undefined) return { reason: `the identities cannot be read: ${reason}`, hint: unavailable };
  return {
    reason: `the identities could not be read with proof that they are complete: ${reason}`,
    hint: hintFor("the identities"),
  };
}

function hintFor(whom: string): string {
  return `run it again; if it stays so, compare the JSON list and the CSV download of ${whom}`;
}
