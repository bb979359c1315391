import { bytesOf } from "./bytes.js";
import { cell } from "./inline.js";
import { grouped } from "./words.js";

/** A part of the report whose rows are as many as there are changes. */
export interface Section {
  readonly title: string;
  /** A sentence before the rows. */
  readonly note?: string;
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly size: number;
  /** The cells of one row, as Markdown; asked for only as far as there is room. */
  readonly row: (index: number) => readonly string[];
  /** Folded, however short it is. */
  readonly folded?: true;
}

/** Longer ones are folded, so that the reader sees at once which parts there are. */
const MOST_OPEN = 10;

/** The rows of a section from the first on, as far as they fit. */
export function rowsWithin({ size, row }: Section, most: number): readonly string[] {
  const rows: string[] = [];
  let room = most;
  for (let index = 0; index < size; index++) {
    const line = `${tableLine(row(index))}\n`;
    room -= bytesOf(line);
    if (room < 0) break;
    rows.push(line);
  }
  return rows;
}

/** What a section needs besides its rows. */
export function frameBytes(section: Section): number {
  // As if a row were shown, of no length, and more were left out than there are.
  return bytesOf(sectionText({ ...section, size: section.size + 1_000 }, [""]));
}

/** A section with the rows that there is room for, and how many there was none for. */
export function sectionText(section: Section, rows: readonly string[]): string {
  const { title, note, columns, size, folded } = section;
  const heading = `${title}: ${grouped(size)}`;
  const more = size - rows.length;
  const table = rows.length === 0 ? "" : `${tableHead(columns)}${rows.join("")}\n`;
  const body = `${note === undefined ? "" : `${note}\n\n`}${table}${more > 0 ? `… and ${grouped(more)} more\n\n` : ""}`;
  return folded === true || size > MOST_OPEN ? foldedText(heading, body) : `#### ${heading}\n\n${body}`;
}

/** @param summary plain words of ours; in HTML nothing of Markdown is read */
export function foldedText(summary: string, body: string): string {
  return `<details><summary><b>${summary}</b></summary>\n\n${body}</details>\n\n`;
}

/** The first two lines of a table. */
export function tableHead(columns: readonly string[]): string {
  return `${tableLine(columns)}\n|${" --- |".repeat(columns.length)}\n`;
}

/** A row of a table, of cells that are Markdown. */
export function tableLine(cells: readonly string[]): string {
  return `| ${cells.map(cell).join(" | ")} |`;
}
