import { isCollection, isMap, isPair, isScalar, isSeq, type Node, type YAMLMap, type YAMLSeq } from "yaml";
import { isGapLine } from "./gap.js";
import { lineEnd, lineStart } from "./lines.js";

/** Where an entry of a block collection stands. Offsets; both are the beginning of a line. */
export interface Place {
  readonly start: number;
  /** After the line on which its value ends. Comments and blank lines below it are not part of it. */
  readonly end: number;
}

/** The places of the entries of a block collection. */
export interface BlockPlaces {
  /** Where every entry begins: of the key, or of the dash. */
  readonly column: number;
  readonly places: readonly Place[];
}

/** Whether it is a collection without brackets. */
export function isBlock(node: unknown): node is YAMLMap | YAMLSeq {
  return isCollection(node) && node.flow !== true && node.items.length > 0;
}

/**
 * Finds the lines of each entry, so that they can be moved.
 *
 * @returns null when entries do not stand on lines of their own, such as a list in a list (`- - a`)
 */
export function blockPlaces(text: string, node: YAMLMap | YAMLSeq): BlockPlaces | null {
  const begin = node.range?.[0];
  if (begin === undefined) return null;
  const first = lineStart(text, begin);
  const column = columnOf(text, first, isMap(node));
  if (column === null) return null;
  const places: Place[] = [];
  let start: number | null = first;
  for (const item of node.items) {
    if (start === null) return null;
    const end = endOfEntry(text, item);
    if (end === null || end <= start) return null;
    places.push({ start, end });
    start = nextEntry(text, end, column, isSeq(node));
  }
  return { column, places };
}

/** A mapping may begin right after the dash of a list (`- email: ada@example.com`). */
function columnOf(text: string, start: number, isMapping: boolean): number | null {
  const lead = /^ *(- +)?/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? "";
  const spaces = lead.length - lead.trimStart().length;
  if (lead.trimStart() === "") return lead.length;
  const next = text[start + lead.length];
  if (isMapping) return next === "-" || next === undefined ? null : lead.length;
  return next === "-" && /[ \n]/.test(text[start + lead.length + 1] ?? "\n") ? null : spaces;
}

function nextEntry(text: string, from: number, column: number, isList: boolean): number | null {
  let start = from;
  while (start < text.length) {
    const end = lineEnd(text, start);
    const line = text.slice(start, end);
    if (!isGapLine(line)) {
      const indent = line.length - line.trimStart().length;
      return indent === column && (!isList || line[column] === "-") ? start : null;
    }
    start = end;
  }
  return null;
}

/** After the line on which an entry ends, or null when something else follows on that line. */
function endOfEntry(text: string, item: unknown): number | null {
  const last = lastLeaf(item);
  const end = last?.range?.[1];
  if (last === null || end === undefined) return null;
  if (isScalar(last) && (last.type === "BLOCK_FOLDED" || last.type === "BLOCK_LITERAL") && text[end - 1] === "\n") {
    return end;
  }
  const after = lineEnd(text, end);
  return isGapLine(text.slice(end, after)) ? after : null;
}

/** The node with which an entry ends. */
export function lastLeaf(item: unknown): Node | null {
  let node: unknown = item;
  for (;;) {
    if (isPair(node)) node = node.value ?? node.key;
    else if (isBlock(node)) node = node.items.at(-1);
    else return (node ?? null) as Node | null;
  }
}
