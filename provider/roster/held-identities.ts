import type { Identity } from "./developer.js";
import { releasedFrom } from "./released-identity.js";
import { byText } from "./strings.js";

/** Who holds which identity. */
export interface HeldIdentities {
  /** The identities of one live developer in one integration, sorted: some servers hold several. */
  of(email: string, integrationId: number): readonly string[];
  /** All of one live developer, sorted; also those that were freed to move away, and did not. */
  all(email: string): readonly Identity[];
  /** Whether any was freed to move away, and did not. */
  readonly anyReleased: boolean;
  /** Those of one live developer that were freed to move away, and that nobody holds now. */
  released(email: string): readonly Identity[];
  /** The keys of the live developers who hold an identity, sorted: some servers let several hold one. */
  holders(integrationId: number, identity: string): readonly string[];
  /** The keys that an identity is kept for and that are nobody's who is live, sorted. */
  strangers(integrationId: number, identity: string): readonly string[];
}

/**
 * Makes the index of identities.
 *
 * @param developers who is live: some servers keep the identities of people who were deleted
 */
export function heldIdentities(read: readonly Identity[], developers: { has(email: string): boolean }): HeldIdentities {
  const { identities, released } = withoutMarks(read, developers);
  const byOwner = new Map<string, Identity[]>();
  for (const one of identities) if (developers.has(one.email)) add(byOwner, one.email, one);
  // Only asked for when something changes.
  let byIdentity: Map<string, string[]> | undefined;
  const keptFor = (integrationId: number, identity: string): readonly string[] => {
    byIdentity ??= ownersByIdentity(identities);
    return (byIdentity.get(keyOf(integrationId, identity)) ?? []).sort(byText);
  };
  const releasedOf = (email: string) => released.filter((one) => one.email === email);
  const all = (email: string): readonly Identity[] =>
    [...(byOwner.get(email) ?? []), ...releasedOf(email)].sort(
      (a, b) => a.integrationId - b.integrationId || byText(a.identity, b.identity),
    );
  return {
    all,
    anyReleased: released.length > 0,
    released: releasedOf,
    of: (email, integrationId) =>
      (byOwner.get(email) ?? [])
        .filter((one) => one.integrationId === integrationId)
        .map(({ identity }) => identity)
        .sort(byText),
    holders: (integrationId, identity) => keptFor(integrationId, identity).filter((email) => developers.has(email)),
    strangers: (integrationId, identity) => keptFor(integrationId, identity).filter((email) => !developers.has(email)),
  };
}

/**
 * Tells identities from the marks of identities that a run freed. Such a one still belongs to its last holder, so that
 * the next plan moves it or puts it back. Once somebody holds it again, or its last holder is gone, the mark says nothing.
 */
function withoutMarks(
  read: readonly Identity[],
  developers: { has(email: string): boolean },
): { readonly identities: readonly Identity[]; readonly released: readonly Identity[] } {
  const marks = read.filter(({ identity }) => releasedFrom(identity) !== null);
  if (marks.length === 0) return { identities: read, released: [] };
  const identities = read.filter(({ identity }) => releasedFrom(identity) === null);
  const held = new Set(
    identities
      .filter(({ email }) => developers.has(email))
      .map(({ integrationId, identity }) => keyOf(integrationId, identity)),
  );
  const released = marks
    .map((mark) => ({ ...mark, identity: releasedFrom(mark.identity) ?? "" }))
    .filter((one) => developers.has(one.email) && !held.has(keyOf(one.integrationId, one.identity)));
  return { identities, released };
}

/** An identity as one text. */
export function keyOf(integrationId: number, identity: string): string {
  return `${integrationId} ${identity}`;
}

function ownersByIdentity(identities: readonly Identity[]): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  for (const { email, integrationId, identity } of identities) add(owners, keyOf(integrationId, identity), email);
  return owners;
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
