import { columnKey } from "../roster/field-mapping.js";
import { nearest } from "../roster/rules/nearest.js";

/** Our keys of a developer, by how they are often written. */
const OUR_KEYS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    name: "name",
    fullname: "name",
    manager: "manager",
    manageremail: "manager",
    managersemail: "manager",
    email: "email",
    identities: "identities",
    identity: "identities",
    attributes: "attributes",
    effective: "effective",
    previousemails: "previousEmails",
  }),
);

/** Near to one of our keys, and words that columns are really called by: they are taken, with a warning. */
const WORDS: ReadonlySet<string> = new Set(["identity", "identifier", "identifiers", "game"]);

/**
 * The key of a developer that somebody most likely meant by a column name; null when it is no slip. A name of several
 * words is one only when it says a key: `Manager ID` and `Previous Email` are columns that exports have.
 *
 * @example
 * keyMeant("Manager Email"); // "manager"
 * keyMeant("indentities"); // "identities"
 * keyMeant("Manager ID"); // null
 */
export function keyMeant(column: string): string | null {
  const said = OUR_KEYS.get(wordOf(column));
  return said ?? (/[\s_\-.]/.test(column.trim()) ? null : keyLike(column));
}

/**
 * The same, when its value could not be that of a column, so that it is a slip in any case.
 *
 * @example
 * keyLike("Previous Email"); // "previousEmails"
 */
export function keyLike(column: string): string | null {
  const key = wordOf(column);
  return OUR_KEYS.get(key) ?? OUR_KEYS.get(nearest(key, [...OUR_KEYS.keys()]) ?? "") ?? null;
}

/** Whether a name that is near to one of our keys is a word of its own, as `Identity` is, so that it may be meant. */
export function isOwnWord(column: string): boolean {
  return WORDS.has(wordOf(column));
}

/** The letters and digits of a column name, by which it is compared with our keys: `Manager's E-mail` is `managersemail`. */
export function wordOf(column: string): string {
  return columnKey(column).replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}
