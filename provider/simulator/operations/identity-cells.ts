import { parse } from "csv-parse/sync";
import { badRequest } from "../rules/refusal.js";

/** The documented text for a file of identities that is none. */
export const WRONG_FILE = "Invalid file format or missing authorization.";

/**
 * The cells of a CSV of identities, row by row, in the order of the names; its columns may stand in any order.
 *
 * @throws Refusal 400 for a file that is no CSV in UTF-8, or without one of the columns
 */
export function readCells(file: Uint8Array, names: readonly string[]): readonly (readonly string[])[] {
  let header: readonly string[];
  let rows: readonly (readonly string[])[];
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(file);
    [header = [], ...rows] = parse(text, { record_delimiter: ["\r\n", "\n", "\r"], skip_empty_lines: true });
  } catch {
    throw badRequest(WRONG_FILE);
  }
  const places = names.map((name) => header.findIndex((column) => column.trim() === name));
  if (places.some((place) => place < 0)) throw badRequest(WRONG_FILE);
  return rows.map((row) => places.map((place) => row[place] ?? ""));
}
