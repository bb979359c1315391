import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { Tree } from "../tree.js";
import { type BlockPlaces, blockPlaces, isBlock, lastLeaf, type Place } from "./block-places.js";
import { childOf, flowText, type Leave } from "./flow-text.js";
import {
  type Gap,
  type GapLines,
  gapAtEnd,
  gapBetween,
  gapLines,
  indentOf,
  isGapLine,
  joinBlank,
  openingOf,
} from "./gap.js";
import { lineEnd, lineStart, trimmedAtEnd, trimmedLines } from "./lines.js";
import { type Role, roleOfValue, sortedIndices } from "./order.js";

/** A file with its lines arranged. */
export interface Arranged {
  readonly text: string;
  /** What could not be brought into order: its offset in the text before, and why. */
  readonly left: readonly { readonly offset: number; readonly why: string }[];
}

/**
 * Brings the lines of a roster file into order. Lines are moved, not written anew, so a value keeps every letter of its
 * source, and a comment its place next to what it is about.
 *
 * @param text with a newline at its end
 * @param document of that text, and `tree` made from it
 * @param order false only joins blank lines and takes white space from the ends of lines
 */
export function arrange(text: string, document: Document, tree: Tree, order: boolean): Arranged {
  const left: { offset: number; why: string }[] = [];
  const arranger = new Arranger(text, order, (offset, why) => left.push({ offset, why }));
  const root: unknown = document.contents;
  if (isBlock(root)) return { text: arranger.file(root, tree), left };
  if (!isCollection(root) || root.range == null) return { text, left };
  const [begin, end] = root.range;
  return { text: text.slice(0, begin) + arranger.flow(root, tree, "document") + text.slice(end), left };
}

/** The text of a collection or an entry: whole lines. */
interface Laid {
  readonly text: string;
  /** Ends in a block scalar that keeps the blank lines after it (`|+`): one more would change its value. */
  readonly open: boolean;
}

/** An entry with the comments that move with it. */
interface Piece extends Laid {
  readonly leading: GapLines;
  readonly blank: boolean;
}

/** Deeper than any roster goes; what is below stays as it is written. */
const DEEPEST = 6;

class Arranger {
  readonly #text: string;
  readonly #order: boolean;
  readonly #leave: Leave;

  constructor(text: string, order: boolean, leave: Leave) {
    this.#text = text;
    this.#order = order;
    this.#leave = leave;
  }

  file(root: YAMLMap | YAMLSeq, tree: Tree): string {
    const found = blockPlaces(this.#text, root);
    const last = found?.places.at(-1);
    if (found === null || last === undefined) return this.#text;
    const head = this.#headEnd(0, found.places[0]?.start ?? 0);
    // What follows the mark that ends a document stays there.
    const mark = /^\.\.\.(?=\s|$)/m.exec(this.#text.slice(last.end));
    const end = mark === null ? this.#text.length : last.end + mark.index;
    const tail = gapLines(this.#text.slice(last.end, end));
    const { text } = this.#block(root, tree, "document", found, head, tail, 0);
    return trimmedLines(this.#text.slice(0, head)) + text + trimmedLines(this.#text.slice(end));
  }

  flow(node: YAMLMap | YAMLSeq, tree: Tree, role: Role): string {
    return flowText(this.#text, node, tree, role, this.#order, this.#leave);
  }

  /**
   * @param from the line after what comes before the first entry, such as `developers:`
   * @param tail the lines after the last entry
   * @param dash the column of the dash before the first key of an item of a list
   */
  #block(
    node: YAMLMap | YAMLSeq,
    tree: Tree,
    role: Role,
    { column, places }: BlockPlaces,
    from: number,
    tail: GapLines,
    depth: number,
    dash: number | null = null,
  ): Laid {
    const first = places[0]?.start ?? from;
    const opening = openingOf(gapLines(this.#text.slice(from, first)), column);
    const gaps = places.map(({ end }, at): Gap => {
      const next = places[at + 1];
      const lines = next === undefined ? tail : gapLines(this.#text.slice(end, next.start));
      // Blank lines that a value keeps are its own, and set a comment below them apart all the same.
      const apart = lines.length > 0 && this.#text[end - 2] === "\n";
      const seen = apart ? joinBlank(["", ...lines]) : lines;
      const gap = next === undefined ? gapAtEnd(seen, column, endsInDevelopers(role, tree)) : gapBetween(seen, column);
      return apart && gap.own[0] === "" ? { ...gap, own: gap.own.slice(1) } : gap;
    });
    const pieces = places.map((place, at): Piece => {
      const own = gaps[at]?.own ?? [];
      const before = gaps[at - 1];
      const laid = this.#entry(node, tree, role, place, at, own, depth);
      const leading = at === 0 ? opening.leading : (before?.leading ?? []);
      const text = at === 0 && dash !== null ? replaced(laid.text, dash, " ") : laid.text;
      return { ...laid, text, leading: [...leading, ...laid.hoisted], blank: before?.blank ?? false };
    });
    const indices = this.#order ? sortedIndices(role, tree) : [...pieces.keys()];
    return joined(pieces, indices, opening, gaps.at(-1), column);
  }

  #entry(
    node: YAMLMap | YAMLSeq,
    tree: Tree,
    role: Role,
    place: Place,
    at: number,
    own: GapLines,
    depth: number,
  ): Laid & { readonly hoisted: GapLines } {
    const item: unknown = node.items[at];
    const value: unknown = isPair(item) ? item.value : item;
    const [child, key] = childOf(tree, at);
    const childRole = roleOfValue(role, key);
    if (child !== undefined && depth < DEEPEST && isBlock(value)) {
      const found = blockPlaces(this.#text, value);
      const first = found?.places[0];
      if (found !== null && first !== undefined) {
        if (first.start > place.start) {
          const head = this.#headEnd(place.start, first.start);
          const laid = this.#block(value, child, childRole, found, head, own, depth + 1);
          return { ...laid, text: trimmedLines(this.#text.slice(place.start, head)) + laid.text, hoisted: [] };
        }
        if (isSeq(node) && isMap(value)) {
          const dash = this.#text.indexOf("-", place.start) - place.start;
          return withDash(this.#block(value, child, childRole, found, first.start, own, depth + 1, dash), dash);
        }
      }
      const indices = this.#order ? sortedIndices(childRole, child) : [];
      if (indices.some((index, position) => index !== position)) {
        this.#leave(place.start, "its keys do not stand on lines of their own");
      }
    }
    return { ...this.#leaf(place, value, child, childRole, own), hoisted: [] };
  }

  #leaf({ start, end }: Place, value: unknown, tree: Tree | undefined, role: Role, own: GapLines): Laid {
    const open = own.length === 0 && keepsBlankLines(this.#text, value);
    let text = this.#text.slice(start, end);
    if (isCollection(value) && value.flow === true && tree !== undefined && value.range) {
      const [from, to] = value.range;
      text = this.#text.slice(start, from) + this.flow(value, tree, role) + this.#text.slice(to, end);
    }
    if (!isBlockScalar(lastLeaf(value))) text = trimmedAtEnd(text);
    return { text: text + linesText(own), open };
  }

  /** After the last line, from `start` on, that is no comment: where the lines above the first entry begin. */
  #headEnd(start: number, first: number): number {
    let end = first;
    while (end > start) {
      const before = lineStart(this.#text, end - 1);
      if (!isGapLine(this.#text.slice(before, end))) break;
      end = before;
    }
    return end;
  }
}

function joined(
  pieces: readonly Piece[],
  indices: readonly number[],
  opening: ReturnType<typeof openingOf>,
  last: Gap | undefined,
  column: number,
): Laid {
  const made: string[] = [linesText(opening.header), opening.blank ? "\n" : ""];
  const followers = pieces.slice(1);
  // Whoever was first had no blank line before it; in a file of separated entries it gets one.
  const separated = followers.filter(({ blank }) => blank).length * 2 > followers.length;
  let before: Laid | null = null;
  for (const index of indices) {
    const piece = pieces[index];
    if (piece === undefined) continue;
    let { leading } = piece;
    if (before === null) {
      // Without a header, a comment with a blank line after it would be taken for one.
      if (!opening.blank) leading = leading.filter((line) => line !== "");
    } else {
      const blank = index === 0 ? separated : piece.blank;
      if (!before.open && (blank || leading.includes("") || endsInComment(before.text, column))) made.push("\n");
    }
    made.push(linesText(leading), piece.text);
    before = piece;
  }
  const foot = last === undefined ? [] : withoutBlankEnd(last.leading);
  if (foot.length === 0 || last === undefined) return { text: made.join(""), open: before?.open ?? false };
  if (last.blank && before?.open !== true) made.push("\n");
  return { text: made.join("") + linesText(foot), open: false };
}

/** Puts the dash of a list before the first key; comments that came to stand above that key go above the dash. */
function withDash({ text, open }: Laid, dash: number): Laid & { readonly hoisted: GapLines } {
  const hoisted: string[] = [];
  let rest = text;
  while (isGapLine(rest.slice(0, lineEnd(rest, 0)))) {
    const end = lineEnd(rest, 0);
    hoisted.push(" ".repeat(dash) + rest.slice(0, end - 1).trimStart());
    rest = rest.slice(end);
  }
  return { text: replaced(rest, dash, "-"), open, hoisted };
}

function replaced(text: string, at: number, letter: string): string {
  return text.slice(0, at) + letter + text.slice(at + 1);
}

/** A comment right below the last developer is about that person; elsewhere it is about the whole. */
function endsInDevelopers(role: Role, tree: Tree): boolean {
  return (
    role === "developers" || (role === "document" && tree.kind === "map" && tree.entries.at(-1)?.key === "developers")
  );
}

function keepsBlankLines(text: string, value: unknown): boolean {
  const leaf = lastLeaf(value);
  return isBlockScalar(leaf) && /^[|>]\d?\+/.test(text.slice(leaf?.range?.[0], (leaf?.range?.[0] ?? 0) + 3));
}

function isBlockScalar(node: Node | null): boolean {
  return isScalar(node) && (node.type === "BLOCK_FOLDED" || node.type === "BLOCK_LITERAL");
}

/** Whether the last line is a comment that would be taken for one of the entry below. */
function endsInComment(text: string, column: number): boolean {
  const line = text.slice(lineStart(text, text.length - 1), -1);
  return isGapLine(line) && indentOf(line) <= column;
}

function linesText(lines: GapLines): string {
  return lines.map((line) => `${line}\n`).join("");
}

function withoutBlankEnd(lines: GapLines): GapLines {
  return joinBlank(lines.at(-1) === "" ? lines.slice(0, -1) : lines);
}
