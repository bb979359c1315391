import type { DecodedText } from "../decode-text.js";
import type { RosterDocument } from "../document.js";
import type { Finding } from "../finding.js";
import { fileOrigin, type Origin } from "../origin.js";
import { quoted } from "../show.js";
import { faultFindings, lostCharacters } from "../text-findings.js";
import { textLines } from "../text-lines.js";
import { cellFinder, isBlank, readTable } from "./csv-table.js";
import { detectDialect, headerOf } from "./detect-dialect.js";
import { formulaWarnings } from "./formula-warnings.js";
import { emailColumnTest, type KnownColumns, mapHeader } from "./map-header.js";
import { notTable, withoutEndOfFile } from "./not-table.js";
import { readRows } from "./read-rows.js";
import type { Dialect } from "./scan-cells.js";

/**
 * Reads a CSV file, such as an HRIS exports it, as a part of a roster.
 *
 * @param file as it is shown in findings
 * @param known null: a file that may say what the columns are cannot be read, so only the syntax is checked
 */
export function readCsv(
  file: string,
  decoded: Exclude<DecodedText, { kind: "other" }>,
  known: KnownColumns | null,
): RosterDocument {
  const text = withoutEndOfFile(decoded.text);
  const dialect = detectDialect(text, emailColumnTest(known ?? { fields: null, ignored: new Set() }));
  if (decoded.kind === "faulty") {
    const words = { encodingRule: "INVALID_CSV", syntaxRule: "INVALID_CSV", where: whereIn(text, dialect) };
    return unread(fileOrigin(file, textLines(text)), faultFindings(file, decoded, words));
  }
  const foreign = notTable(file, text, dialect);
  if (foreign.length > 0) return unread(fileOrigin(file, textLines(text)), foreign);
  const lost = lostCharacters(file, text, text.includes("\ufffd") ? whereIn(text, dialect) : () => "");
  const table = readTable(file, text, dialect);
  if ("length" in table) return unread(fileOrigin(file, textLines(text)), [...lost, ...table]);
  const { rows, headerRow, origin, markOf } = table;
  if (headerRow === -1 || rows.findIndex((row, at) => at > headerRow && !isBlank(row)) === -1) {
    const message = headerRow === -1 ? "the file is empty" : "the file has a header and no rows";
    const hint = "check that the export is whole; a file that declares nobody is refused";
    return unread(origin, [...lost, origin.finding(markOf(Math.max(headerRow, 0), 0), "EMPTY_CSV", message, hint)]);
  }
  if (known === null) return unread(origin, lost);
  const header = mapHeader(table, known);
  const { email, ...roles } = header.roles;
  const findings = [...lost, ...formulaWarnings(table, header, known.ignored), ...header.findings];
  if (email === undefined) return unread(origin, findings);
  const people = readRows(table, { email, ...roles }, header.attributes);
  return {
    ...unread(origin, [...findings, ...people.findings]),
    headerNames: header.names,
    header: header.attributes.map(({ name, index }) => ({
      column: name,
      text: "",
      mark: markOf(headerRow, index),
      direct: false,
    })),
    developers: people.developers,
    whole: people.whole,
  };
}

/** A document of which nobody knows whom it declares. */
function unread(origin: Origin, findings: readonly Finding[]): RosterDocument {
  return { origin, developers: [], defaults: [], governing: new Map(), findings, whole: false };
}

/** Says where an offset stands as a spreadsheet shows it: the header is row 1. */
function whereIn(text: string, dialect: Dialect): (offset: number) => string {
  const find = cellFinder(text, dialect);
  const header = headerOf(text, dialect);
  return (offset) => {
    const { row, column } = find(offset);
    const name = header[column]?.trim() ?? "";
    return `row ${row}, column ${name === "" ? column + 1 : quoted(name)}: `;
  };
}
