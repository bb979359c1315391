import { CsvError, parse } from "csv-parse/sync";
import { ValidationFailure } from "./refusal.js";
import type { ErrorType } from "./validation-error.js";

/** A CSV file: its header, and rows that are as long as the header. */
export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads an uploaded CSV: UTF-8 with or without a byte order mark, any line ending, blank lines skipped.
 *
 * @throws ValidationFailure INVALID_CSV (not UTF-8, a quote that does not close, a row of another length than the header, two
 * columns of one name), EMPTY_CSV (no data rows) and BLANK_CSV_COLUMN_NAME. Source: Troubleshooting, "Error types".
 */
export function readCsv(bytes: Uint8Array): CsvTable {
  const [header = [], ...rows] = parseRows(bytes);
  const wrong: ErrorType[] = [];
  if (rows.length === 0) wrong.push("EMPTY_CSV");
  if (header.some((name) => name.trim() === "")) wrong.push("BLANK_CSV_COLUMN_NAME");
  else if (new Set(header).size < header.length) wrong.push("INVALID_CSV");
  if (wrong.length > 0) throw failure(wrong);
  return { header, rows };
}

function parseRows(bytes: Uint8Array): string[][] {
  try {
    const rows = parse(decode(bytes), { record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: true });
    return rows.map((row, index) => (index === 0 ? row.map((name) => name.trim()) : row));
  } catch (error) {
    if (error instanceof CsvError) throw failure(["INVALID_CSV"]);
    throw error;
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw failure(["INVALID_CSV"]);
  }
}

function failure(types: readonly ErrorType[]): ValidationFailure {
  return new ValidationFailure(types.map((errorType) => ({ errorType, field: null, developers: [] })));
}
