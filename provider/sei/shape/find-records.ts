import { columnKey } from "../../roster/field-mapping.js";
import { isObject, type JsonObject, places } from "./json.js";

/** Where lists stand in answers, the surest first. */
const LIST_NAMES = [
  "developers",
  "developerRecords",
  "identities",
  "developerIdentities",
  "content",
  "records",
  "items",
  "data",
  "results",
  "rows",
  "users",
  "list",
  "elements",
  "entries",
  "values",
];

export interface FoundRecords {
  readonly records: readonly JsonObject[];
  /** The objects from the root to the one that holds the list. */
  readonly wrappers: readonly JsonObject[];
}

/**
 * Finds the list in an answer: a bare array, or an array of objects at most three objects down, under a usual name or, if
 * there is just one such array, under any. An empty array counts only under a usual name, and null there too.
 *
 * @example
 * findRecords({ data: { content: [{ email: "a@b.c" }], totalElements: 1 } })?.records; // [{ email: "a@b.c" }]
 */
export function findRecords(body: unknown): FoundRecords | null {
  if (Array.isArray(body)) return body.every(isObject) ? { records: body, wrappers: [] } : null;
  if (!isObject(body)) return null;
  const lists = places(body)
    .filter(({ value }) => Array.isArray(value) && value.every(isObject))
    .map(({ path, value }) => ({ path, records: value as readonly JsonObject[], rank: rankOf(path.slice(-1).join()) }));
  // Of one name the nearest: places gives it first.
  const usual = lists.filter(({ rank }) => rank < UNUSUAL).sort((a, b) => a.rank - b.rank);
  const others = lists.filter(({ rank, records }) => rank === UNUSUAL && records.length > 0);
  const found =
    usual.find(({ records }) => records.length > 0) ?? (others.length === 1 ? others[0] : undefined) ?? usual[0];
  if (found !== undefined) return { records: found.records, wrappers: wrappersOf(body, found.path) };
  const blank = places(body).some(
    ({ value }) => isObject(value) && Object.entries(value).some(([key, one]) => one === null && rankOf(key) < UNUSUAL),
  );
  return blank || Object.keys(body).length === 0 ? { records: [], wrappers: [body] } : null;
}

/** After every usual one. */
const UNUSUAL = LIST_NAMES.length;

function rankOf(name: string): number {
  const rank = LIST_NAMES.findIndex((one) => columnKey(one) === columnKey(name));
  return rank === -1 ? UNUSUAL : rank;
}

function wrappersOf(root: JsonObject, path: readonly string[]): readonly JsonObject[] {
  return places(root)
    .filter((place) => place.path.length < path.length && place.path.every((key, at) => key === path[at]))
    .map(({ value }) => value)
    .filter(isObject);
}
