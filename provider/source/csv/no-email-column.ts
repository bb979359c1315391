import { emailKey, isEmail } from "../../roster/email.js";
import { nearest } from "../../roster/rules/nearest.js";
import type { Finding } from "../finding.js";
import { quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";
import type { HeaderColumn } from "./header-columns.js";
import { isUsualEmail, looksLike, looksLikeManager } from "./usual-columns.js";

/** REQUIRED_FIELD_MISSING: a CSV has a column for the email, which is the key of everybody. */
export function noEmailColumn(
  table: CsvTable,
  message: string,
  wanted: string,
  candidates: readonly HeaderColumn[],
): Finding {
  const { origin, headerRow, markOf } = table;
  const uncut = uncutHeader(table);
  const says = uncut === null ? message : `${message}: ${uncut.says}`;
  const hint = headerBelow(table, wanted) ?? uncut?.hint ?? hintFor(wanted, candidates);
  return origin.finding(markOf(headerRow, 0), "REQUIRED_FIELD_MISSING", says, hint);
}

/** Reports begin with a title, a date or a comment: so many rows of them are looked through. */
const TITLE_ROWS = 10;

/** What to do when a row further down has the column of the email. */
function headerBelow({ rows, headerRow, origin, markOf }: CsvTable, wanted: string): string | null {
  const below = rows.slice(headerRow + 1, headerRow + 1 + TITLE_ROWS);
  const found = below.findIndex((row) => {
    // Under a title without a delimiter, nobody knows yet what stands between the columns.
    const names = row.length === 1 ? (row[0] ?? "").split(/[,;\t]/) : row;
    return names.length > 1 && names.some((name) => isUsualEmail(name.trim()) || emailKey(name) === emailKey(wanted));
  });
  if (found === -1) return null;
  return `the header looks to be at ${origin.says(markOf(headerRow + 1 + found, 0))}: take out the rows above it`;
}

/** What other programs put between columns. */
const OTHER_DELIMITERS = ["|", "^", "~", ":"];

const CALLED: Readonly<Record<string, string>> = { ",": "commas", ";": "semicolons", "\t": "tabs" };

/** A header that is one column, because the file has a delimiter that nobody expects; null when it is none. */
function uncutHeader({
  rows,
  headerRow,
  delimiter,
}: CsvTable): { readonly says: string; readonly hint: string } | null {
  const header = rows[headerRow] ?? [];
  const [only = ""] = header;
  const other = OTHER_DELIMITERS.find((one) => only.includes(one));
  if (header.length !== 1 || other === undefined) return null;
  return {
    says: `cut at ${CALLED[delimiter] ?? quoted(delimiter)}, it is the one column ${quoted(only)}`,
    hint: `the columns are most likely cut at ${quoted(other)}: write sep=${other} as the first line of the file, or export it with commas, semicolons or tabs`,
  };
}

function hintFor(wanted: string, candidates: readonly HeaderColumn[]): string {
  const names = candidates.map(({ name }) => name);
  if (names.some((name) => isEmail(emailKey(name)))) {
    return "this looks like a developer and no header; write the names of the columns into the first line";
  }
  const own = names.filter((name) => !looksLikeManager(name));
  const meant = nearest(wanted, own) ?? own.find(isUsualEmail) ?? looksLike("email", own);
  if (meant === null) return `name the column of the email ${quoted(wanted)}, or map it with \`fields\``;
  return `did you mean ${quoted(meant)}? Else name the column of the email ${quoted(wanted)}, or map it with \`fields\``;
}
