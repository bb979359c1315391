import type { Developer, Identity } from "../../roster/developer.js";
import { byText } from "../../roster/strings.js";
import { isBroken } from "../broken-characters.js";
import { countedNote, type Note } from "./note.js";

/** What a developer holds in one integration. */
export interface DeclarableIdentity {
  readonly integrationId: number;
  /** The one to declare: the first of them; null when none can be declared. */
  readonly identity: string | null;
  /** The ones that the developer holds besides, sorted. */
  readonly besides: readonly string[];
  /** The ones that other developers hold too, sorted. */
  readonly contested: readonly string[];
}

/** The identities of an account, as far as a source can hold them. */
export interface DeclarableIdentities {
  /** By the developer's key, sorted by integrationId. */
  readonly byEmail: ReadonlyMap<string, readonly DeclarableIdentity[]>;
  readonly notes: readonly Note[];
}

/** An identity can be declared for who is on the roster, once for each developer and integration, and for one of them. */
export function declarableIdentities(
  identities: readonly Identity[],
  developers: ReadonlyMap<string, Developer>,
): DeclarableIdentities {
  const held = new Map<string, Map<number, Set<string>>>();
  const holders = new Map<string, Set<string>>();
  let strangers = 0;
  let unusable = 0;
  for (const one of identities) {
    if (!developers.has(one.email)) strangers++;
    else if (!isUsable(one)) unusable++;
    else {
      const own = getOr(held, one.email, () => new Map<number, Set<string>>());
      getOr(own, one.integrationId, () => new Set<string>()).add(one.identity);
      getOr(holders, keyOf(one), () => new Set<string>()).add(one.email);
    }
  }
  const byEmail = new Map(
    [...held].map(([email, own]) => [email, [...own].map((entry) => declarable(email, entry, holders)).sort(byId)]),
  );
  const all = [...byEmail.values()].flat();
  const sum = (part: "besides" | "contested"): number => all.reduce((total, one) => total + one[part].length, 0);
  return {
    byEmail,
    notes: [
      ...countedNote("identitiesBesides", sum("besides")),
      ...countedNote("identitiesContested", sum("contested")),
      ...countedNote("identitiesUnusable", unusable),
      ...countedNote("identitiesOfStrangers", strangers),
    ],
  };
}

function declarable(
  email: string,
  [integrationId, own]: readonly [number, ReadonlySet<string>],
  holders: ReadonlyMap<string, ReadonlySet<string>>,
): DeclarableIdentity {
  const isContested = (identity: string): boolean =>
    (holders.get(keyOf({ email, integrationId, identity }))?.size ?? 0) > 1;
  const sorted = [...own].sort(byText);
  const [identity = null, ...besides] = sorted.filter((one) => !isContested(one));
  return { integrationId, identity, besides, contested: sorted.filter(isContested) };
}

function isUsable({ integrationId, identity }: Identity): boolean {
  return Number.isSafeInteger(integrationId) && integrationId > 0 && identity.trim() !== "" && !isBroken(identity);
}

/** As IDENTITY_CLAIMED_TWICE compares them. */
function keyOf({ integrationId, identity }: Identity): string {
  return `${integrationId} ${identity.trim()}`;
}

function byId(a: DeclarableIdentity, b: DeclarableIdentity): number {
  return a.integrationId - b.integrationId;
}

function getOr<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
