import { CsvError, parse } from "csv-parse/sync";
import type { Finding } from "../finding.js";
import { fileOrigin, type Origin } from "../origin.js";
import { lastAtMost, textLines } from "../text-lines.js";
import { type Cells, type Dialect, type QuoteFault, scanCells } from "./scan-cells.js";

/** A CSV text, cut into cells. Rows are counted from 0; empty lines are none. */
export interface CsvTable {
  readonly rows: readonly (readonly string[])[];
  /** The header: the first row that is not blank; -1 when there is none. */
  readonly headerRow: number;
  /** What stands between the cells. */
  readonly delimiter: string;
  /** Knows where each {@link CsvTable.markOf} stands. */
  readonly origin: Origin;
  /** The mark of a cell. */
  markOf(row: number, column: number): number;
}

/**
 * Reads a CSV text. Where its cells stand is only worked out when somebody asks, and then for all of them at once.
 *
 * @returns findings when it is no CSV
 */
export function readTable(file: string, text: string, dialect: Dialect): CsvTable | readonly Finding[] {
  const rows = parsed(text, dialect);
  if (rows === null) return quoteFindings(file, text, dialect);
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 1);
  const lines = textLines(text);
  let cells: Cells | undefined;
  const origin = fileOrigin(file, {
    linePos(mark) {
      cells ??= scanCells(text, dialect);
      const first = cells.rows[Math.floor(mark / width)] ?? 0;
      return lines.linePos(cells.starts[first + (mark % width)] ?? dialect.start);
    },
  });
  return {
    rows,
    headerRow: rows.findIndex((row) => !isBlank(row)),
    delimiter: dialect.delimiter,
    origin,
    markOf: (row, column) => row * width + column,
  };
}

/** Whether a row says nothing: delimiters and spaces only. */
export function isBlank(row: readonly string[]): boolean {
  return row.every((cell) => cell.trim() === "");
}

/** A cell as a spreadsheet counts it: the row from 1, empty lines too; the column from 0. */
export interface CellNumber {
  readonly row: number;
  readonly column: number;
}

/** Tells which cell an offset stands in. */
export function cellFinder(text: string, dialect: Dialect): (offset: number) => CellNumber {
  const { rows, starts, numbers } = scanCells(text, dialect);
  return (offset) => {
    const cell = lastAtMost(starts, offset);
    const row = lastAtMost(rows, cell);
    return { row: numbers[row] ?? 1, column: cell - (rows[row] ?? 0) };
  };
}

/** null: it is no CSV. */
function parsed(text: string, { delimiter, start }: Dialect): string[][] | null {
  try {
    return parse(start === 0 ? text : text.slice(start), {
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      // For the parser, each of them is a row of another length, which costs more than a hundred good rows.
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function quoteFindings(file: string, text: string, dialect: Dialect): readonly Finding[] {
  const origin = fileOrigin(file, textLines(text));
  const { faults } = scanCells(text, dialect);
  if (faults.length === 0) return [origin.finding(dialect.start, "INVALID_CSV", "this is not CSV", OUTSIDE)];
  return faults.map((fault) => {
    const { message, hint } = /(?:^|[,;\t\r\n])=$/.test(text.slice(Math.max(fault.offset - 2, 0), fault.offset))
      ? KEPT_ZEROS
      : wordsOf(fault, origin);
    return origin.finding(fault.offset, "INVALID_CSV", message, hint);
  });
}

const OUTSIDE = 'a value with a quote is written in quotes, and the quote twice: "the ""countess"" Ada"';

/** `="007"`, without quotes around all of it. */
const KEPT_ZEROS = {
  message: "a formula with a quoted text stands here",
  hint: 'some programs write ="007" so that Excel keeps the zeros: export the values and no formulas, so that only 007 stands there',
};

function wordsOf({ kind, closed }: QuoteFault, origin: Origin): { readonly message: string; readonly hint: string } {
  switch (kind) {
    case "unclosed":
      return { message: "this quote is opened and not closed", hint: `close it; ${OUTSIDE}` };
    case "closed too late":
      return {
        message: `this quote is opened and not closed on its line; the next one is at ${origin.says(closed ?? 0)}, where the value goes on`,
        hint: `close it; ${OUTSIDE}`,
      };
    case "inside":
      return { message: "a quote stands inside a value that does not begin with one", hint: OUTSIDE };
    case "after":
      return { message: "a value goes on behind the quote that closes it", hint: OUTSIDE };
  }
}
