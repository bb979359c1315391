import { columnKey, columnsOf, type FieldMapping, type FieldType } from "../../roster/field-mapping.js";
import { isUsualName } from "../shape/names.js";

/** A column of the schema, with every other name that the schema has for it. */
export interface Column {
  readonly column: string;
  readonly type: FieldType;
  readonly aliases: readonly string[];
}

/** The columns of a mapping that comes with no other names. */
export function columnsWithoutAliases(mapping: FieldMapping): readonly Column[] {
  return columnsOf(mapping).map(([column, type]) => ({ column, type, aliases: [] }));
}

/**
 * Which key of a record (or header of a CSV) holds which column. In rounds, the surest first, and no key twice: the
 * same name, the same name spelled otherwise, another name that the schema has for it, and for the three core fields
 * their usual names. A column that no key holds is left out.
 *
 * @param keys every key that any record has
 * @example
 * matchColumns([{ column: "E-Mail", type: "EMAIL", aliases: [] }], ["id", "emailAddress"]);
 * // Map { "E-Mail" => "emailAddress" }
 */
export function matchColumns(columns: readonly Column[], keys: Iterable<string>): ReadonlyMap<string, string> {
  const free = new Set(keys);
  const found = new Map<string, string>();
  const rounds: ((column: Column, key: string) => boolean)[] = [
    ({ column }, key) => key === column,
    ({ column }, key) => columnKey(key) === columnKey(column),
    ({ aliases }, key) => aliases.includes(key),
    ({ aliases }, key) => aliases.some((alias) => columnKey(alias) === columnKey(key)),
    ({ type }, key) => type !== "ATTRIBUTE" && isUsualName(type, key),
  ];
  for (const fits of rounds) {
    for (const column of columns) {
      if (found.has(column.column)) continue;
      const candidates = [...free].filter((key) => fits(column, key));
      // `managerEmail` before `manager`, `email` before `workEmail`: the spelling of the type itself first.
      const key = candidates.find((one) => columnKey(one) === columnKey(column.type)) ?? candidates[0];
      if (key === undefined) continue;
      found.set(column.column, key);
      free.delete(key);
    }
  }
  return found;
}
