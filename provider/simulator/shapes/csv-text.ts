import { stringify } from "csv-stringify/sync";
import type { Dialect } from "../dialect/dialect.js";

/** A CSV with a header, in the dialect's line endings and quotes. Cells are never altered, whatever they start with. */
export function csvText(header: readonly string[], rows: readonly (readonly string[])[], dialect: Dialect): string {
  return stringify([[...header], ...rows.map((row) => [...row])], {
    bom: dialect.csvBom,
    record_delimiter: dialect.csvLineEnd,
    quoted: dialect.csvQuoted,
    // Also where the line ending is another one: readers take any of them for the end of a row.
    quoted_match: /[\r\n]/,
  });
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
