import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import type { Answer } from "../transport/request.js";

/** A CSV file: the names of its columns, and rows of the same length. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * Reads the CSV of a download: with or without a byte order mark, any line ends, quoted newlines.
 *
 * @throws UnreadableAnswerError when it is no CSV, or two columns share a name.
 */
export function readTable(answer: Answer): Table {
  let records: string[][];
  try {
    records = parse(answer.text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    // The parser's own message may quote a row.
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    throw new UnreadableAnswerError(answer.call, answer.status, `its CSV cannot be read (${code})`);
  }
  const [header = [], ...rows] = records;
  const names = header.map((name) => name.trim());
  if (new Set(names).size !== names.length) {
    throw new UnreadableAnswerError(answer.call, answer.status, "two columns of its CSV have the same name");
  }
  return { header: names, rows };
}

/** The column names of a CSV file; none when it is no CSV. */
export function headerOf(csv: string): readonly string[] {
  try {
    const [header = []]: string[][] = parse(csv, { bom: true, skip_empty_lines: true, to: 1 });
    return header.map((name) => name.trim());
  } catch {
    return [];
  }
}

/** Writes a CSV file: UTF-8, comma, LF, quotes where they are needed. */
export function writeTable(table: Table): string {
  return stringify([[...table.header], ...table.rows.map((row) => [...row])]);
}

/** Whether a 2xx to a request for CSV is CSV, and not JSON from a server that ignores Accept. */
export function isTable(answer: Answer): boolean {
  return answer.json === undefined && answer.text.trim() !== "";
}
