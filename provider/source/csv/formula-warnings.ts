import { emailKey, isEmail } from "../../roster/email.js";
import { columnKey } from "../../roster/field-mapping.js";
import type { Finding } from "../finding.js";
import { brief, quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";
import { isFormula } from "./formula.js";
import type { MappedColumns } from "./map-header.js";

const KEPT_ZEROS = /^="[^"]*"$/;

/**
 * CSV_FORMULA: every cell that a spreadsheet would run, names of columns and addresses too. What `ignoreFields` leaves
 * out is not looked at.
 */
export function formulaWarnings(table: CsvTable, header: MappedColumns, ignored: ReadonlySet<string>): Finding[] {
  const { rows, headerRow, origin, markOf } = table;
  const { email } = header.roles;
  const taken = new Set([...Object.values(header.roles), ...header.attributes.map(({ index }) => index)]);
  const isLeftOut = (column: number): boolean =>
    !taken.has(column) && ignored.has(columnKey((rows[headerRow]?.[column] ?? "").trim()));
  const findings: Finding[] = [];
  for (const [row, cells] of rows.entries()) {
    for (let column = 0; column < cells.length; column++) {
      const text = cells[column] ?? "";
      if (!isFormula(text) || isLeftOut(column)) continue;
      const what = row === headerRow ? "this column name" : `this value${ownerOf(cells, email)}`;
      const message = `a spreadsheet would run ${what} as a formula: ${quoted(text)}`;
      const hint = KEPT_ZEROS.test(text)
        ? "the program that wrote it did so that Excel keeps the zeros; here it is text, so export the values and no formulas"
        : "it is kept as it is; take it out if nobody meant it, and open such a file as text";
      findings.push(origin.warning(markOf(row, column), "CSV_FORMULA", message, hint));
    }
  }
  return findings;
}

function ownerOf(cells: readonly string[], email: number | undefined): string {
  const key = email === undefined ? "" : emailKey(cells[email] ?? "");
  return isEmail(key) ? ` of ${brief(key)}` : "";
}
