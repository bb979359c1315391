import type { Identity } from "./developer.js";
import type { HeldIdentities } from "./held-identities.js";

/** One identity, of whoever holds it. */
export type IdentityValue = Pick<Identity, "integrationId" | "identity">;

/** A rename that an apply began, as its journal remembers it: proof that two addresses are one person. */
export interface RenameEntry {
  /** The key of the new address. */
  readonly email: string;
  /** The key of the old address. */
  readonly previousEmail: string;
  /** What has to be set on the new record. */
  readonly identities: readonly IdentityValue[];
}

/** Who is live, and who holds which identity; null: the identities were not read. */
export interface LivePeople {
  readonly developers: { has(email: string): boolean };
  readonly held: HeldIdentities | null;
}

/**
 * Whether a rename was begun and not finished: the new record is live, and so is the old one, or an identity of it is
 * gone. Before the new record is live nothing was done that matters, and the source alone decides.
 */
export function isUnderWay(entry: RenameEntry, { developers, held }: LivePeople): boolean {
  if (!developers.has(entry.email)) return false;
  if (developers.has(entry.previousEmail)) return true;
  return held !== null && lostIdentities(entry, entry.email, held).length > 0;
}

/**
 * Whether nothing is left to do of a rename, so that its entry can be forgotten. One whose new record is not there yet
 * may be under way elsewhere.
 */
export function isFinished(entry: RenameEntry, live: LivePeople): boolean {
  const { developers, held } = live;
  if (held === null || developers.has(entry.previousEmail)) return false;
  return !developers.has(entry.email) || lostIdentities(entry, entry.email, held).length === 0;
}

/**
 * The identities of an entry that nobody who is live holds, and that the developer has nothing else in place of.
 *
 * @param owner the key of the developer who should hold them now
 */
export function lostIdentities(entry: RenameEntry, owner: string, held: HeldIdentities): readonly IdentityValue[] {
  return entry.identities.filter(({ integrationId, identity }) => {
    if (held.holders(integrationId, identity).length > 0) return false;
    // A server that holds several of one person in one integration had several before: these, and no other, go together.
    const together = new Set(
      entry.identities.filter((one) => one.integrationId === integrationId).map((one) => one.identity),
    );
    return held.of(owner, integrationId).every((own) => together.has(own));
  });
}
