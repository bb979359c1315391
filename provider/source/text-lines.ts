import type { LineCounter } from "yaml";

/** Turns offsets of a text into lines and columns, both from 1. */
export type TextLines = Pick<LineCounter, "linePos">;

/**
 * The lines of a text as `linesOf` of the code frames counts them. Nothing is computed before the first question; then
 * each costs a binary search.
 *
 * @example
 * textLines("ab\ncd").linePos(4); // { line: 2, col: 2 }
 */
export function textLines(text: string): TextLines {
  let starts: readonly number[] | undefined;
  return {
    linePos(offset) {
      starts ??= startsOf(text);
      const line = lastAtMost(starts, offset);
      return { line: line + 1, col: offset - (starts[line] ?? 0) + 1 };
    },
  };
}

/** What ends a line of a text: a line feed, or a carriage return where there is no line feed at all. */
export function lineEndOf(text: string): "\n" | "\r" {
  return text.includes("\n") ? "\n" : "\r";
}

/** The position of the last number that is not above a limit, in numbers that rise; 0 when all are above it. */
export function lastAtMost(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return Math.max(low - 1, 0);
}

function startsOf(text: string): readonly number[] {
  const end = lineEndOf(text);
  const starts = [0];
  for (let at = text.indexOf(end); at !== -1; at = text.indexOf(end, at + 1)) starts.push(at + 1);
  return starts;
}
