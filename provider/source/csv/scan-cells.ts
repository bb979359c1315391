/** How a CSV text is cut. */
export interface Dialect {
  /** One character. */
  readonly delimiter: string;
  /** The offset of the first row: behind a line such as `sep=;`. */
  readonly start: number;
}

/** Where the cells of a CSV text stand. Empty lines are no rows. */
export interface Cells {
  /** The offset of every cell, row by row. */
  readonly starts: readonly number[];
  /** For each row, the position in `starts` of its first cell. */
  readonly rows: readonly number[];
  /** The number of each row as a spreadsheet shows it: from 1, and empty lines count. */
  readonly numbers: readonly number[];
  readonly faults: readonly QuoteFault[];
}

/** A quote where none can stand. */
export interface QuoteFault {
  readonly kind: "unclosed" | "closed too late" | "inside" | "after";
  readonly offset: number;
  /** For a quote that is closed on another line: where. */
  readonly closed?: number;
}

/** One slip makes many faults further down: the first ones say it. */
const SHOWN = 10;

/**
 * Walks over a CSV text and notes where each cell begins. It cuts as csv-parse does, which reads the values: a test
 * holds that. A text that csv-parse refuses has faults here.
 */
export function scanCells(text: string, dialect: Dialect): Cells {
  const starts: number[] = [];
  const rows: number[] = [];
  const numbers: number[] = [];
  const faults: QuoteFault[] = [];
  const delimiter = dialect.delimiter.charCodeAt(0);
  let at = dialect.start;
  for (let number = 1; at < text.length; number++) {
    if (!isLineEnd(text.charCodeAt(at))) {
      rows.push(starts.length);
      numbers.push(number);
      starts.push(at);
      at = endOfCell(text, at, delimiter, faults);
      while (at < text.length && text.charCodeAt(at) === delimiter) {
        starts.push(++at);
        at = endOfCell(text, at, delimiter, faults);
      }
    }
    at += text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1;
  }
  return { starts, rows, numbers, faults };
}

const QUOTE = 0x22;
const CR = 0x0d;
const LF = 0x0a;

/** The offset of the delimiter or line end behind the cell that begins at an offset, or the end of the text. */
function endOfCell(text: string, start: number, delimiter: number, faults: QuoteFault[]): number {
  if (text.charCodeAt(start) !== QUOTE) return endOfPlain(text, start, delimiter, faults);
  let at = text.indexOf('"', start + 1);
  while (at !== -1 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
  if (at === -1) {
    report(faults, { kind: "unclosed", offset: start });
    return text.length;
  }
  const end = at + 1;
  if (end >= text.length || isEnd(text.charCodeAt(end), delimiter)) return end;
  const spans = /[\r\n]/.test(text.slice(start, at));
  report(faults, spans ? { kind: "closed too late", offset: start, closed: at } : { kind: "after", offset: end });
  return endOfPlain(text, end, delimiter, null);
}

function endOfPlain(text: string, start: number, delimiter: number, faults: QuoteFault[] | null): number {
  let found = false;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isEnd(code, delimiter)) break;
    if (code === QUOTE && faults !== null && !found) {
      found = true;
      report(faults, { kind: "inside", offset: at });
    }
  }
  return at;
}

function isEnd(code: number, delimiter: number): boolean {
  return code === delimiter || isLineEnd(code);
}

function isLineEnd(code: number): boolean {
  return code === CR || code === LF;
}

/** Behind a quote that nobody closed, every quote has the wrong meaning. */
function report(faults: QuoteFault[], fault: QuoteFault): void {
  const last = faults.at(-1)?.kind;
  if (faults.length < SHOWN && last !== "closed too late" && last !== "unclosed") faults.push(fault);
}

/** The values of the row that begins at an offset. */
export function rowAt(text: string, { delimiter, start }: Dialect): readonly string[] {
  const values: string[] = [];
  for (let at = start; ; at++) {
    const end = endOfCell(text, at, delimiter.charCodeAt(0), []);
    values.push(unquoted(text.slice(at, end)));
    if (end >= text.length || text[end] !== delimiter) return values;
    at = end;
  }
}

function unquoted(raw: string): string {
  return raw.startsWith('"') ? raw.replace(/^"|"$/g, "").replaceAll('""', '"') : raw;
}
