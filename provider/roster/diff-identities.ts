import type { SetIdentityChange } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import { type HeldIdentities, keyOf } from "./held-identities.js";
import { lostIdentities, type RenameEntry } from "./rename-entry.js";
import { byText } from "./strings.js";

/** What the difference of identities is made of. */
export interface IdentityDiff {
  readonly desired: DesiredRoster;
  readonly isLive: (email: string) => boolean;
  readonly held: HeldIdentities;
  /** Whether identities of people who are live may change. */
  readonly isManaged: boolean;
  /** The old keys of who is renamed, by the new key: their identities come along. */
  readonly sources: ReadonlyMap<string, readonly string[]>;
  /** Renames under way, by the key of the developer whom they concern. */
  readonly entries: ReadonlyMap<string, readonly RenameEntry[]>;
}

/** The identities to set, sorted by developer, integration and value. */
export function diffIdentities(diff: IdentityDiff): readonly SetIdentityChange[] {
  const nobodyMoves = diff.sources.size === 0 && diff.entries.size === 0 && !diff.held.anyReleased;
  const claimed = nobodyMoves ? new Set<string>() : claimedIdentities(diff);
  const changes = [...diff.desired.developers.keys()].flatMap((email) => changesOfOne(email, diff, claimed));
  return changes.sort(
    (a, b) => byText(a.email, b.email) || a.integrationId - b.integrationId || byText(a.after, b.after),
  );
}

/** Nothing is taken from anybody where the account keeps what was theirs for an address that is not live. */
function isTheirs(address: string, email: string, { desired, entries }: IdentityDiff): boolean {
  return (
    address === email ||
    desired.developers.get(email)?.previousEmails?.includes(address) === true ||
    entries.get(email)?.some(({ previousEmail }) => previousEmail === address) === true
  );
}

/** The identities that a developer should have as far as they are declared and managed. */
export function managedIdentities(
  email: string,
  { desired, isLive, isManaged, sources }: IdentityDiff,
): ReadonlyMap<number, string> {
  const isThere = isLive(email) || sources.has(email);
  return (isThere && !isManaged ? undefined : desired.developers.get(email)?.identities) ?? new Map();
}

/** Every identity that is declared for somebody: it comes along with nobody else. */
export function claimedIdentities(diff: IdentityDiff): ReadonlySet<string> {
  const emails = [...diff.desired.developers.keys()];
  return new Set(emails.flatMap((email) => [...managedIdentities(email, diff)].map(([id, text]) => keyOf(id, text))));
}

function changesOfOne(email: string, diff: IdentityDiff, claimed: ReadonlySet<string>): SetIdentityChange[] {
  const { held, entries } = diff;
  const sources = diff.sources.get(email) ?? [];
  const wanted = managedIdentities(email, diff);
  const changes: SetIdentityChange[] = [];
  const set = (integrationId: number, before: string | null, after: string, movedFrom: string | null) =>
    changes.push({ kind: "setIdentity", email, integrationId, before, after, movedFrom });

  for (const [integrationId, after] of wanted) {
    // A developer may hold several identities in one integration: the declared one only has to be among them.
    const own = held.of(email, integrationId);
    if (own.includes(after)) continue;
    const holders = held.holders(integrationId, after);
    const stranger = held.strangers(integrationId, after).find((address) => !isTheirs(address, email, diff));
    const movedFrom = holders.find((holder) => sources.includes(holder)) ?? holders[0] ?? stranger ?? null;
    const inherited = sources.flatMap((source) => held.of(source, integrationId));
    const before = own[0] ?? (inherited.includes(after) ? undefined : inherited[0]) ?? null;
    set(integrationId, before, after, movedFrom);
  }
  for (const source of sources) {
    for (const { integrationId, identity } of held.all(source)) {
      const own = held.of(email, integrationId);
      const isPlanned = changes.some((one) => one.integrationId === integrationId && one.after === identity);
      if (wanted.has(integrationId) || own.includes(identity) || isPlanned) continue;
      if (!claimed.has(keyOf(integrationId, identity))) set(integrationId, own[0] ?? null, identity, source);
    }
  }
  for (const { integrationId, identity } of held.released(email)) {
    const isPlanned = wanted.has(integrationId) || changes.some((one) => one.integrationId === integrationId);
    if (!isPlanned && !claimed.has(keyOf(integrationId, identity))) set(integrationId, null, identity, null);
  }
  for (const entry of entries.get(email) ?? []) {
    const coming = new Set(changes.map(({ integrationId }) => integrationId));
    for (const { integrationId, identity } of lostIdentities(entry, email, held)) {
      if (wanted.has(integrationId) || coming.has(integrationId) || claimed.has(keyOf(integrationId, identity)))
        continue;
      set(integrationId, held.of(email, integrationId)[0] ?? null, identity, null);
    }
  }
  return changes;
}
