import type { Identity } from "./developer.js";
import { byText } from "./strings.js";

/** Who holds which identity. */
export interface HeldIdentities {
  /** The identities of one live developer in one integration, sorted: some servers hold several. */
  of(email: string, integrationId: number): readonly string[];
  /** All of one live developer, sorted. */
  all(email: string): readonly Identity[];
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
export function heldIdentities(
  identities: readonly Identity[],
  developers: { has(email: string): boolean },
): HeldIdentities {
  const byOwner = new Map<string, Identity[]>();
  for (const one of identities) if (developers.has(one.email)) add(byOwner, one.email, one);
  // Only asked for when something changes.
  let byIdentity: Map<string, string[]> | undefined;
  const keptFor = (integrationId: number, identity: string): readonly string[] => {
    byIdentity ??= ownersByIdentity(identities);
    return (byIdentity.get(keyOf(integrationId, identity)) ?? []).sort(byText);
  };
  const all = (email: string): readonly Identity[] =>
    (byOwner.get(email) ?? []).sort((a, b) => a.integrationId - b.integrationId || byText(a.identity, b.identity));
  return {
    all,
    of: (email, integrationId) =>
      (byOwner.get(email) ?? [])
        .filter((one) => one.integrationId === integrationId)
        .map(({ identity }) => identity)
        .sort(byText),
    holders: (integrationId, identity) => keptFor(integrationId, identity).filter((email) => developers.has(email)),
    strangers: (integrationId, identity) => keptFor(integrationId, identity).filter((email) => !developers.has(email)),
  };
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
