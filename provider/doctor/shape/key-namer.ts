import { columnKey, type FieldMapping } from "../../roster/field-mapping.js";
import { type CoreType, coreTypeOf } from "../../sei/shape/names.js";
import { isApiName } from "./api-words.js";

/** Where a key stands: in a record (of a list, or the columns of a schema), or around the records. */
export type KeyPlace = "record" | "around";

/** Gives keys names that may be shown to anybody. */
export type KeyNamer = (key: string, place: KeyPlace) => string;

/**
 * Columns are the company's own words: attributes are numbered, in the order of the account, and the three core columns
 * are called by their type unless they are spelled in a usual way. What looks like data is called by what it looks like.
 * Any other key is shown only when it is made of words of APIs; else it is numbered. The same key has the same name in
 * every answer.
 *
 * @param mapping the account's; null when it is not known
 * @param header of the CSV download, for the columns that the mapping does not name
 * @example
 * const nameOf = keyNamer({ ...mapping, attributes: ["Cost Center"] }, []);
 * nameOf("cost_center", "record"); // "<column 1, snake case>"
 * nameOf("totalCount", "around"); // "totalCount"
 * nameOf("ada@example.com", "around"); // "<email>"
 */
export function keyNamer(mapping: FieldMapping | null, header: readonly string[]): KeyNamer {
  const core = new Map<string, CoreType>();
  const columns = new Map<string, { readonly number: number; readonly column: string }>();
  const unknown = new Map<string, number>();
  if (mapping !== null) {
    core.set(columnKey(mapping.name), "NAME");
    core.set(columnKey(mapping.email), "EMAIL");
    core.set(columnKey(mapping.managerEmail), "MANAGER_EMAIL");
  }
  const others = header.filter((name) => coreTypeOf(name) === null && !core.has(columnKey(name)));
  for (const column of [...(mapping?.attributes ?? []), ...others]) {
    const key = columnKey(column);
    if (!columns.has(key)) columns.set(key, { number: columns.size + 1, column });
  }

  return (key, place) => {
    const looks = likeData(key);
    if (looks !== null) return looks;
    const loose = columnKey(key);
    const column = columns.get(loose);
    const isProtocol = isApiName(key);
    if (column !== undefined && (place === "record" || !isProtocol)) {
      return `<column ${column.number}${key === column.column ? "" : `, ${styleOf(key)}`}>`;
    }
    const type = core.get(loose);
    const isUsual = coreTypeOf(key) !== null && /^[A-Za-z _.-]+$/.test(key);
    if (isUsual) return key;
    if (type !== undefined) return `<${type}>`;
    if (isProtocol) return key;
    const number = unknown.get(key) ?? unknown.size + 1;
    unknown.set(key, number);
    return `<key ${number}>`;
  };
}

/** What a key looks like that is data; null when it looks like a name. */
function likeData(key: string): string | null {
  if (key.includes("@")) return key.startsWith("@") && isApiName(key) ? null : "<email>";
  if (/^\d+$/.test(key)) return "<number>";
  if (/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(key)) return "<uuid>";
  return null;
}

/** How a column is spelled when it is not as the account shows it. */
function styleOf(key: string): string {
  if (key.includes("_")) return "snake case";
  if (/\s/.test(key)) return "with spaces";
  if (/^\p{Ll}+\p{Lu}/u.test(key)) return "camel case";
  return key === key.toLowerCase() ? "lower case" : "other case";
}
