import { type Dialect, rowAt } from "./scan-cells.js";

const DELIMITERS = [",", ";", "\t"] as const;

/** What Excel writes first, and hides: which delimiter the rest has. */
const SEPARATOR_LINE = /^"?sep=([^\r\n"\w])"?[ \t,;]*(?:\r\n|\r|\n|$)/i;

/** More than any header has columns. */
const FOUND = 1e9;

/**
 * How a CSV text is cut: as its `sep=` line says, else the delimiter that gives the header a column for the email,
 * else the one that gives it the most columns.
 *
 * @param isEmailColumn whether a column name is that of the email
 * @example
 * detectDialect("Name;Email\nAda;ada@example.com", (name) => name === "Email"); // { delimiter: ";", start: 0 }
 */
export function detectDialect(text: string, isEmailColumn: (column: string) => boolean): Dialect {
  const said = SEPARATOR_LINE.exec(text);
  if (said !== null) return { delimiter: said[1] ?? ",", start: said[0].length };
  let best: Dialect = { delimiter: ",", start: 0 };
  let most = -1;
  for (const delimiter of DELIMITERS) {
    const columns = headerOf(text, { delimiter, start: 0 });
    const score = columns.some(isEmailColumn) ? FOUND + columns.length : columns.length;
    if (score <= most) continue;
    best = { delimiter, start: 0 };
    most = score;
  }
  return best;
}

/** The names in the first line that says anything. */
export function headerOf(text: string, { delimiter, start }: Dialect): readonly string[] {
  const first = BLANK_LINES.exec(text.slice(start))?.[0].length ?? 0;
  return rowAt(text, { delimiter, start: start + first });
}

/** Lines of delimiters only say nothing either. */
const BLANK_LINES = /^(?:[ \t,;"]*[\r\n])*/;
