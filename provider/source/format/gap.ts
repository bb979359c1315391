import { trimmedLine } from "./lines.js";

/**
 * What stands between two entries: comment lines, and "" for one or more blank lines. Lines have no newline and no
 * trailing white space.
 */
export type GapLines = readonly string[];

/** What stands between an entry and the next, and to whom it belongs. */
export interface Gap {
  /** Of the entry before. */
  readonly own: GapLines;
  /** Of the entry after; begins with a comment. */
  readonly leading: GapLines;
  /** Whether a blank line stands before `leading`, or before the entry when it has no comment. */
  readonly blank: boolean;
}

/** What stands before the first entry. */
export interface Opening {
  /** Comments about the whole collection; they stay at its top. */
  readonly header: GapLines;
  /** Whether a blank line stands after the header. */
  readonly blank: boolean;
  readonly leading: GapLines;
}

/** Whether a line, with its newline or without, is blank or only a comment. */
export function isGapLine(line: string): boolean {
  return /^[ \t]*(#|\n|$)/.test(line);
}

/** The lines of a text that holds only comments and blank lines, blank lines joined to one. */
export function gapLines(text: string): GapLines {
  if (text === "" || text === "\n") return text === "" ? [] : [""];
  const lines = text.replace(/\n$/, "").split("\n");
  return joinBlank(lines.map(trimmedLine));
}

/** The same lines, never two blank ones in a row. */
export function joinBlank(lines: GapLines): GapLines {
  return lines.filter((line, at) => line !== "" || lines[at - 1] !== "");
}

export function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

/**
 * Shares the lines between two entries. What is indented deeper than they are belongs to the one before. So does a
 * comment right below it with a blank line after it. All else belongs to the one after.
 *
 * @param column where the entries begin
 */
export function gapBetween(lines: GapLines, column: number): Gap {
  const deep = deepLines(lines, column);
  const touching = touchingLines(lines.slice(deep));
  const at = deep + (touching < lines.length - deep ? touching : 0);
  return shared(lines, at, column);
}

/**
 * Shares the lines after the last entry: what follows it, and what stands at the end of the collection.
 *
 * @param touches whether a comment right below the entry belongs to it
 */
export function gapAtEnd(lines: GapLines, column: number, touches: boolean): Gap {
  const deep = deepLines(lines, column);
  const after = lines.slice(deep);
  const forEditor = after.findIndex((line) => FOR_EDITOR.test(line));
  const touching = touches ? touchingLines(forEditor < 0 ? after : after.slice(0, forEditor)) : 0;
  return shared(lines, deep + touching, column);
}

/**
 * Shares the lines before the first entry. A comment with a blank line after it is about the whole collection, and so
 * is a line for the editor.
 */
export function openingOf(lines: GapLines, column: number): Opening {
  const written = lines[0] === "" ? lines.slice(1) : lines;
  const blankAt = written.indexOf("");
  const forEditor = written.findLastIndex((line) => FOR_EDITOR.test(line)) + 1;
  const end = Math.max(blankAt, forEditor, 0);
  const after = written.slice(end);
  const blank = end > 0 && after[0] === "";
  const leading = after[0] === "" ? after.slice(1) : after;
  return { header: written.slice(0, end), blank, leading: atColumn(leading, column) };
}

const FOR_EDITOR = /^\s*#\s*(yaml-language-server:|\$schema:|-\*-|vim?:)/;

/** Comments that are indented too deep would belong to whoever comes to stand before them. */
function atColumn(lines: GapLines, column: number): GapLines {
  if (lines[0] === undefined || indentOf(lines[0]) <= column) return lines;
  return lines.map((line) => (indentOf(line) > column ? " ".repeat(column) + line.trimStart() : line));
}

/** How many lines from the first on are indented deeper, up to the last such comment. */
function deepLines(lines: GapLines, column: number): number {
  let count = 0;
  for (const [at, line] of lines.entries()) {
    if (line === "") continue;
    if (indentOf(line) <= column) break;
    count = at + 1;
  }
  return count;
}

/** How many lines stand right below the entry, before a blank line or the end. */
function touchingLines(lines: GapLines): number {
  const blank = lines.indexOf("");
  return blank < 0 ? lines.length : blank;
}

function shared(lines: GapLines, at: number, column: number): Gap {
  const after = lines.slice(at);
  const blank = after[0] === "";
  return { own: lines.slice(0, at), leading: atColumn(blank ? after.slice(1) : after, column), blank };
}
