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

/** Among more columns nothing stands out: {@link nearest} finds none either. */
const MOST_COLUMNS = 100;
/** So many names are compared letter by letter: a list of nothing but unknown names would take for ever. */
const MOST_NAMES = 1_000;

/**
 * Finds, for one name after another, the one of some columns that the name is most likely a slip of; null when there is
 * none, or when the name is one of them. `Level 1` and `Level 2` are two columns. The columns are looked through once,
 * so that many names against many columns stay linear.
 *
 * @example
 * slipFinder(["Team", "Site"])("Taem"); // "Team"
 * slipFinder(["Level 2"])("Level 1"); // null
 */
export function slipFinder(columns: Iterable<string>): (name: string) => string | null {
  const keys = new Set<string>();
  const byWords = new Map<string, string[]>();
  let count = 0;
  let compared = 0;
  for (const column of columns) {
    count++;
    keys.add(columnKey(column));
    const words = withoutDigits(column);
    const same = byWords.get(words);
    if (same === undefined) byWords.set(words, [column]);
    else same.push(column);
  }
  return (name) => {
    if (keys.has(columnKey(name))) return null;
    const own = withoutDigits(name);
    if (count - (byWords.get(own)?.length ?? 0) > MOST_COLUMNS || compared++ >= MOST_NAMES) return null;
    return nearest(
      name,
      [...byWords].flatMap(([words, same]) => (words === own ? [] : same)),
    );
  };
}

function withoutDigits(name: string): string {
  return columnKey(name).replace(/\d+/g, "");
}
