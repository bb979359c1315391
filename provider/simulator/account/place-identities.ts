import type { Dialect } from "../dialect/dialect.js";
import { conflict } from "../rules/refusal.js";
import type { Account, Identities } from "./account.js";
import { keyOf } from "./normalise.js";

/** One entry of a set of identities. */
export interface IdentityEntry {
  readonly email: string;
  readonly integrationId: number;
  /** Blank takes the identity away. */
  readonly identity: string;
}

/**
 * The identities with all entries in place. What two developers claim is looked at when all are placed, so that a swap in
 * one batch is no conflict.
 *
 * @throws Refusal 409 for an identity that another developer holds, where the dialect refuses that
 */
export function placeIdentities(
  { identities, developers }: Account,
  entries: readonly IdentityEntry[],
  dialect: Dialect,
): Identities {
  const placed = new Map(identities);
  const claims = new Map<number, Map<string, string>>();
  for (const { email, integrationId, identity: given } of entries) {
    const key = keyOf(email, dialect);
    const identity = dialect.values === "trimmed" ? given.trim() : given;
    const held = new Map(placed.get(key));
    if (identity.trim() === "") held.delete(integrationId);
    else {
      const before = dialect.secondIdentity === "append" ? (held.get(integrationId) ?? []) : [];
      held.set(integrationId, [...before.filter((each) => each !== identity), identity]);
      const claimed = claims.get(integrationId) ?? new Map<string, string>();
      claims.set(integrationId, claimed.set(identity, key));
    }
    placed.set(key, held);
  }
  if (dialect.claimedIdentity !== "share") {
    for (const [key, held] of placed) {
      const kept = withoutClaimed(key, held, claims);
      if (kept === held) continue;
      // To most, somebody who is deleted holds nothing against others.
      const isHolder =
        dialect.claimedIdentity === "conflict" ? developers.has(key) : dialect.claimedIdentity !== "move";
      if (isHolder) {
        throw conflict("An identity belongs to another developer.", dialect);
      }
      placed.set(key, kept);
    }
  }
  for (const [key, held] of placed) if (held.size === 0) placed.delete(key);
  return placed;
}

/** What a developer holds without what somebody else claims; the very same map when that is nothing. */
function withoutClaimed(key: string, held: Held, claims: Claims): Held {
  if (!losesAny(key, held, claims)) return held;
  const left = new Map<number, readonly string[]>();
  for (const [id, all] of held) {
    const kept = all.filter((identity) => (claims.get(id)?.get(identity) ?? key) === key);
    if (kept.length > 0) left.set(id, kept);
  }
  return left;
}

/** Asked of everybody at each write. */
function losesAny(key: string, held: Held, claims: Claims): boolean {
  for (const [id, all] of held) {
    const claimed = claims.get(id);
    if (claimed === undefined) continue;
    for (const identity of all) if ((claimed.get(identity) ?? key) !== key) return true;
  }
  return false;
}

type Held = ReadonlyMap<number, readonly string[]>;

/** By integration, by identity: the key of who is given it. */
type Claims = ReadonlyMap<number, ReadonlyMap<string, string>>;
