import { columnKey } from "../roster/field-mapping.js";
import { nearest } from "../roster/rules/nearest.js";
import type { RosterDocument } from "./document.js";

/** The columns that a source uses, each as it is spelled first, by its key. */
export interface ColumnsInUse {
  /** Of developers, in files and tables. */
  readonly ofDevelopers: ReadonlyMap<string, string>;
  /** Those, those of `defaults`, and every name in the header of a table. */
  readonly all: ReadonlyMap<string, string>;
}

/** Collects the columns of a source. Columns repeat with every developer, so each name is looked at once. */
export function columnsInUse(documents: readonly RosterDocument[]): ColumnsInUse {
  const own = new Set<string>();
  const others = new Set<string>();
  for (const { developers, defaults, header, headerNames = [] } of documents) {
    // What the developers of a table have stands in its header.
    if (header === undefined) for (const { columns } of developers) for (const { column } of columns) own.add(column);
    for (const { column } of header ?? []) own.add(column);
    for (const { column } of defaults) others.add(column);
    for (const name of headerNames) others.add(name);
  }
  return { ofDevelopers: byKey(own), all: byKey([...own, ...others]) };
}

function byKey(columns: Iterable<string>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const column of columns) {
    const key = columnKey(column);
    if (!found.has(key)) found.set(key, column);
  }
  return found;
}

/**
 * The one of some columns that a name is most likely a slip of; null when there is none. `Level 1` and `Level 2` are
 * two columns.
 *
 * @example
 * likeOneOf("Taem", ["Team", "Site"]); // "Team"
 * likeOneOf("Level 1", ["Level 2"]); // null
 */
export function likeOneOf(name: string, columns: Iterable<string>): string | null {
  const words = withoutDigits(name);
  return nearest(
    name,
    [...columns].filter((column) => withoutDigits(column) !== words),
  );
}

function withoutDigits(name: string): string {
  return columnKey(name).replace(/\d+/g, "");
}
