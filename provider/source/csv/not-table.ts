import type { Finding } from "../finding.js";
import { conflictFindings, mergeConflicts } from "../merge-conflict.js";
import { fileOrigin } from "../origin.js";
import { textLines } from "../text-lines.js";
import { type Dialect, scanCells } from "./scan-cells.js";

/** How a web page begins, which a download is that asks to log in, or a report that is called .csv. */
const PAGE = /^\s*<(?:!doctype\s+html|html|head|body|table)\b/i;

/** What makes a text no table at all, whatever its rows say: a web page, or a merge conflict. */
export function notTable(file: string, text: string, dialect: Dialect): readonly Finding[] {
  const origin = fileOrigin(file, textLines(text));
  if (PAGE.test(text)) {
    const hint = "open it in a browser to see whether it asks you to log in, and export the people as CSV again";
    return [origin.finding(0, "INVALID_CSV", "this is a web page (HTML) and no CSV", hint)];
  }
  const conflicts = mergeConflicts(text);
  if (conflicts.length === 0) return [];
  const { rows, starts } = scanCells(text, dialect);
  const begin = new Set(rows.map((cell) => starts[cell]));
  // A value in quotes can have such lines in it, and then all of them.
  const isOutside = conflicts.some(({ start, middle, end }) => [start, middle, end].some((at) => begin.has(at)));
  return isOutside ? conflictFindings(conflicts, origin) : [];
}

/** Ctrl-Z, alone on the last line, is how programs of old end a text. */
export function withoutEndOfFile(text: string): string {
  const end = text.endsWith("\x1a") ? text.length - 1 : -1;
  return end > 0 && "\r\n".includes(text.charAt(end - 1)) ? text.slice(0, end) : text;
}
