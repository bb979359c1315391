import { stringify } from "csv-stringify/sync";
import type { Dialect } from "../dialect/dialect.js";

/** A CSV with a header, in the dialect's line endings and quotes. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[], dialect: Dialect): string {
  return stringify([[...header], ...rows.map((row) => row.map((cell) => cellText(cell, dialect)))], {
    bom: dialect.csvBom,
    record_delimiter: dialect.csvLineEnd,
    quoted: dialect.csvQuoted,
    // Also where the line ending is another one: readers take any of them for the end of a row.
    quoted_match: /[\r\n]/,
  });
}

/** What spreadsheets take for a formula starts with one of these. */
function cellText(cell: string, { csvFormulas }: Dialect): string {
  return csvFormulas === "apostrophe" && /^[=+\-@]/.test(cell) ? `'${cell}` : cell;
}

/** A CSV as a download. */
export function csvResponse(text: string, filename: string): Response {
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${filename}"`,
    },
  });
}
