import { emailKey, isEmail } from "../../roster/email.js";
import { nearest } from "../../roster/rules/nearest.js";
import type { Finding } from "../finding.js";
import { quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";
import type { HeaderColumn } from "./header-columns.js";
import { isUsualEmail } from "./usual-columns.js";

/** REQUIRED_FIELD_MISSING: a CSV has a column for the email, which is the key of everybody. */
export function noEmailColumn(
  table: CsvTable,
  message: string,
  wanted: string,
  candidates: readonly HeaderColumn[],
): Finding {
  const { origin, headerRow, markOf } = table;
  return origin.finding(markOf(headerRow, 0), "REQUIRED_FIELD_MISSING", message, hintFor(wanted, candidates));
}

function looksLikeEmail(name: string): boolean {
  return /mail/i.test(name);
}

function hintFor(wanted: string, candidates: readonly HeaderColumn[]): string {
  const names = candidates.map(({ name }) => name);
  if (names.some((name) => isEmail(emailKey(name)))) {
    return "this looks like a developer and no header; write the names of the columns into the first line";
  }
  const meant =
    nearest(wanted, names) ?? names.find(isUsualEmail) ?? nearest("Email", names) ?? names.find(looksLikeEmail);
  if (meant === undefined) return `name the column of the email ${quoted(wanted)}, or map it with \`fields\``;
  return `did you mean ${quoted(meant)}? Else name the column of the email ${quoted(wanted)}, or map it with \`fields\``;
}
