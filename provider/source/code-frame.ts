import type { Place } from "./finding.js";
import { printable } from "./show.js";
import { lineEndOf } from "./text-lines.js";

const WIDEST = 120;

/**
 * The line of a place with a caret under its column, or null when the text has no such line. A long line is cut around
 * the column.
 *
 * @example
 * codeFrame("a: 1\nb: x", { file: "f", line: 2, column: 4 });
 * // "  2 | b: x\n    |    ^"
 */
export function codeFrame(lines: readonly string[], place: Place): string | null {
  const line = lines[place.line - 1];
  if (line === undefined) return null;
  const start = place.column > WIDEST - 20 ? place.column - WIDEST / 2 : 0;
  const before = flat(line.slice(start, place.column - 1));
  const after = flat(line.slice(place.column - 1, start + WIDEST));
  const more = start + WIDEST < line.length ? "..." : "";
  const lead = start > 0 ? "..." : "";
  const number = String(place.line);
  const gutter = " ".repeat(number.length);
  return `  ${number} | ${lead}${before}${after}${more}\n  ${gutter} | ${" ".repeat(lead.length + before.length)}^`;
}

/** One column for a tab, so that the caret stands where it should; nothing that a terminal acts on. */
function flat(text: string): string {
  return printable(text.replace(/\t/g, " ").replace(/\r$/, ""));
}

/** The lines of a text as {@link codeFrame} counts them. */
export function linesOf(text: string): readonly string[] {
  return text.split(lineEndOf(text));
}
