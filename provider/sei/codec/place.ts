import { isObject, type JsonObject, textOf } from "../shape/json.js";
import { isUsualName, pick } from "../shape/names.js";

/**
 * Where a value stands in a record, as one text so that places can be compared: the key itself, a key in an object of
 * the record (`{ attributes: { Team: "A" } }`), or an entry of a list (`{ customFields: [{ name: "Team", value: "A" }] }`).
 */
export type Place = string;

const IN = "\u001f";
const ENTRY = "\u001e";

/** The place of a key in an object of the record; with no path it is the key itself. */
export function placeIn(path: readonly string[], key: string): Place {
  return [...path, key].join(IN);
}

/** The place of the value of that name in a list of entries. */
export function placeInList(path: readonly string[], nameKey: string, valueKey: string, name: string): Place {
  return [path.join(IN), nameKey, valueKey, name].join(ENTRY);
}

/** The place next to another one where a value of that name would stand. */
export function placeBeside(place: Place, name: string): Place {
  if (place.includes(ENTRY)) return [...place.split(ENTRY).slice(0, 3), name].join(ENTRY);
  return placeIn(place.split(IN).slice(0, -1), name);
}

/** The object or the list that a place stands in; null for a key of the record itself. */
export function containerOf(place: Place): Place | null {
  if (place.includes(ENTRY)) return before(ENTRY, place);
  return place.includes(IN) ? place.slice(0, place.lastIndexOf(IN)) : null;
}

/** The text up to the first mark; all of it without one. */
function before(mark: string, text: string): string {
  return text.includes(mark) ? text.slice(0, text.indexOf(mark)) : text;
}

type Written = Map<string, unknown>;

/** Writes values at their places into a new record. */
export function recordOf(values: readonly (readonly [Place, string | null])[]): JsonObject {
  const record: Written = new Map();
  for (const [place, value] of values) {
    const [, nameKey, valueKey, name] = place.split(ENTRY);
    const list = before(ENTRY, place);
    const last = list.slice(list.lastIndexOf(IN) + 1);
    const object = list.split(IN).slice(0, -1).reduce(objectIn, record);
    if (nameKey === undefined || valueKey === undefined) object.set(last, value);
    else object.set(last, [...listIn(object, last), { [nameKey]: name, [valueKey]: value }]);
  }
  return plain(record);
}

function objectIn(outer: Written, key: string): Written {
  const there = outer.get(key);
  const inner: Written = there instanceof Map ? there : new Map();
  outer.set(key, inner);
  return inner;
}

function listIn(outer: Written, key: string): readonly unknown[] {
  const there: unknown = outer.get(key);
  return Array.isArray(there) ? there : [];
}

function plain(record: Written): JsonObject {
  return Object.fromEntries([...record].map(([key, value]) => [key, value instanceof Map ? plain(value) : value]));
}

/**
 * Where the values that {@link flatten} gives under these keys stand in the records themselves. A key whose value was
 * null in one record may hold an object in another, so a record with a value is believed first.
 *
 * @param keys by column, as flatten gives them
 * @returns by column; a column that stands in no record is left out
 */
export function placesIn(
  keys: ReadonlyMap<string, string>,
  records: readonly JsonObject[],
): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const isGood of [hasText, isThere]) {
    for (const [column, key] of keys) {
      if (places.has(column)) continue;
      for (const record of records) {
        const place = placeOf(record, key, [], DEPTH, isGood);
        if (place === null) continue;
        places.set(column, place);
        break;
      }
    }
  }
  return places;
}

/** As deep as flatten goes. */
const DEPTH = 2;
const ENTRY_NAMES = ["columnName", "column", "key", "fieldName", "field", "name", "attribute", "label"];
const MANAGER_NAMES = ["email", "emailAddress", "managerEmail", "value"];

type IsGood = (value: unknown) => boolean;

function hasText(value: unknown): boolean {
  return value !== null && value !== undefined && textOf(value) !== null;
}

function isThere(value: unknown): boolean {
  return textOf(value) !== null;
}

function placeOf(
  object: JsonObject,
  key: string,
  path: readonly string[],
  depth: number,
  isGood: IsGood,
): Place | null {
  if (Object.hasOwn(object, key) && isGood(object[key])) return placeIn(path, key);
  for (const [name, value] of Object.entries(object)) {
    const inner = [...path, name];
    const found = isObject(value)
      ? placeInObject(value, name, key, inner, depth, isGood)
      : Array.isArray(value)
        ? placeInEntries(value.filter(isObject), key, inner, isGood)
        : null;
    if (found !== null) return found;
  }
  return null;
}

/** @param name of the object, the last of the path */
function placeInObject(
  object: JsonObject,
  name: string,
  key: string,
  path: readonly string[],
  depth: number,
  isGood: IsGood,
): Place | null {
  if (!isUsualName("MANAGER_EMAIL", name)) {
    return depth > 0 ? placeOf(object, key, path, depth - 1, isGood) : null;
  }
  const wanted = pick(object, MANAGER_NAMES);
  const property = name === key ? Object.keys(object).find((one) => object[one] === wanted) : undefined;
  return property !== undefined && isGood(object[property]) ? placeIn(path, property) : null;
}

function placeInEntries(
  entries: readonly JsonObject[],
  key: string,
  path: readonly string[],
  isGood: IsGood,
): Place | null {
  for (const entry of entries) {
    const nameKey = pick(entry, ENTRY_NAMES) === key ? nameKeyOf(entry, key) : undefined;
    if (nameKey !== undefined && "value" in entry && isGood(entry["value"]))
      return placeInList(path, nameKey, "value", key);
  }
  return null;
}

function nameKeyOf(entry: JsonObject, name: string): string | undefined {
  return Object.keys(entry).find((key) => key !== "value" && entry[key] === name);
}
