import { emailKey, isEmail } from "../../roster/email.js";
import { columnKey } from "../../roster/field-mapping.js";
import type { Finding } from "../finding.js";
import { quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";

/** A column of a CSV: its name, without the spaces around it, and its position. */
export interface HeaderColumn {
  readonly name: string;
  readonly index: number;
}

/** The columns of a header that have a name, each once, and what is wrong with the others. */
export interface HeaderColumns {
  readonly columns: readonly HeaderColumn[];
  readonly findings: readonly Finding[];
}

/**
 * Reads a header. A column without a name is left out when it is blank all the way down, and one that stands twice
 * when both say the same in every row.
 */
export function headerColumns(table: CsvTable): HeaderColumns {
  const first = new Map<string, HeaderColumn>();
  const columns: HeaderColumn[] = [];
  const findings: Finding[] = [];
  for (const [index, cell] of (table.rows[table.headerRow] ?? []).entries()) {
    const name = cell.trim();
    if (name === "") {
      findings.push(...nameless(table, index));
      continue;
    }
    const key = columnKey(name) || name;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, { name, index });
      columns.push({ name, index });
    } else findings.push(...repeated(table, earlier, { name, index }));
  }
  return { columns, findings };
}

function nameless(table: CsvTable, index: number): readonly Finding[] {
  const { rows, headerRow, origin, markOf } = table;
  const row = rows.findIndex((cells, at) => at > headerRow && (cells[index] ?? "").trim() !== "");
  if (row === -1) return [];
  const message = `the column has no name, and a value at ${origin.says(markOf(row, index))}`;
  return [origin.finding(markOf(headerRow, index), "BLANK_CSV_COLUMN_NAME", message, "name it, or take it out")];
}

function repeated(table: CsvTable, earlier: HeaderColumn, later: HeaderColumn): readonly Finding[] {
  const { rows, headerRow, origin, markOf } = table;
  const row = rows.findIndex(
    (cells, at) => at > headerRow && !sameValue(cells[earlier.index] ?? "", cells[later.index] ?? ""),
  );
  if (row === -1) return [];
  const where = origin.says(markOf(headerRow, earlier.index));
  const stands =
    earlier.name === later.name
      ? `the column ${quoted(later.name)} stands here a second time, first at ${where}`
      : `${quoted(later.name)} and ${quoted(earlier.name)} (${where}) are spellings of one column`;
  const differ = `they differ, first at ${origin.says(markOf(row, earlier.index))} and ${origin.says(markOf(row, later.index))}`;
  return [
    origin.finding(markOf(headerRow, later.index), "DUPLICATE_COLUMN", `${stands}; ${differ}`, "keep one of them"),
  ];
}

function sameValue(a: string, b: string): boolean {
  return a === b || (emailKey(a) === emailKey(b) && isEmail(emailKey(a)));
}
