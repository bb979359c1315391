import { byText } from "../../roster/strings.js";
import type { Account, StoredDeveloper } from "./account.js";
import { mapChanges } from "./map-changes.js";

type Developers = Account["developers"];

/** A developer with the text that decides the place in an order. */
interface Place {
  readonly developer: StoredDeveloper;
  readonly text: string;
}

/** The places of some developers, in order. */
interface Order {
  readonly of: Developers;
  readonly places: readonly Place[];
}

type TextOf = (developer: StoredDeveloper) => string;

/** By developers, by the name of an order: their order, or until it is asked for, that of the developers before them. */
const known = new WeakMap<Developers, Map<string, Order>>();

/**
 * All developers by a text, ties by id. An order is made once for the same developers; after a write, it is made of the
 * order before and what has changed.
 *
 * @param name of the order; one name has always one `textOf`
 */
export function orderedBy(developers: Developers, name: string, textOf: TextOf): readonly StoredDeveloper[] {
  const orders = known.get(developers) ?? new Map<string, Order>();
  known.set(developers, orders);
  const before = orders.get(name);
  if (before?.of === developers) return before.places.map(({ developer }) => developer);
  const places = (before && changed(before, developers, textOf)) ?? sorted([...developers.values()], textOf);
  orders.set(name, { of: developers, places });
  return places.map(({ developer }) => developer);
}

/** The same of those who match. Few are sorted by themselves, which is less than to look at everybody in order. */
export function orderedMatches(
  developers: Developers,
  name: string,
  textOf: TextOf,
  matches: (developer: StoredDeveloper) => boolean,
): readonly StoredDeveloper[] {
  const found: StoredDeveloper[] = [];
  for (const developer of developers.values()) if (matches(developer)) found.push(developer);
  if (found.length < developers.size / 20) return sorted(found, textOf).map(({ developer }) => developer);
  const matching = new Set(found);
  return orderedBy(developers, name, textOf).filter((developer) => matching.has(developer));
}

/** Says that some developers came out of others, so that their orders start from there. */
export function succeeds(next: Developers, before: Developers): void {
  if (next !== before) known.set(next, new Map([...(known.get(before) ?? []), ...(known.get(next) ?? [])]));
}

function sorted(developers: readonly StoredDeveloper[], textOf: TextOf): Place[] {
  return developers.map((developer) => ({ developer, text: textOf(developer) })).sort(byPlace);
}

/** The order after a write; null when so much has changed that sorting is as good. */
function changed({ of, places }: Order, developers: Developers, textOf: TextOf): readonly Place[] | null {
  const changes = mapChanges(of, developers);
  if (changes === null || changes.put.length > developers.size / 2) return null;
  const left = new Set<StoredDeveloper | undefined>(changes.gone.map((key) => of.get(key)));
  for (const [key] of changes.put) left.add(of.get(key));
  const fresh = sorted(
    changes.put.map(([, developer]) => developer),
    textOf,
  );
  const merged: Place[] = [];
  let next = 0;
  for (const place of places) {
    if (left.has(place.developer)) continue;
    for (let other = fresh[next]; other !== undefined && byPlace(other, place) < 0; other = fresh[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(place);
  }
  return [...merged, ...fresh.slice(next)];
}

function byPlace(a: Place, b: Place): number {
  return byText(a.text, b.text) || a.developer.refId - b.developer.refId;
}
