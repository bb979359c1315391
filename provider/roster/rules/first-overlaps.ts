import type { Effective } from "../effective.js";
import { byText } from "../strings.js";

/** Before and after every day: days compare as text. */
const ALWAYS = { from: "", until: "~" } as const;

/**
 * For each of some times, the first one in the list before it that it has a day in common with, as its index; null when
 * there is none. Days out of order have none in common with what lies between them.
 *
 * Looked up in order of the last day among those that have begun by then, so that n times take n log n steps and not n²:
 * an account of a shift is handed on every day.
 *
 * @example
 * firstOverlaps([{ until: "2026-11-30" }, { from: "2026-12-01" }, undefined]); // [null, null, 0]
 */
export function firstOverlaps(times: readonly (Effective | undefined)[]): readonly (number | null)[] {
  const spans = times.map((time, index) => ({ ...ALWAYS, ...time, index }));
  const byFrom = [...spans].sort((a, b) => byText(a.from, b.from));
  const byUntil = [...spans].sort((a, b) => byText(a.until, b.until));
  const lastDays = byUntil.map(({ until }) => until);
  const least = leastFrom(spans.length);
  const found: (number | null)[] = spans.map(() => null);
  let begun = 0;
  for (const { from, until, index } of byUntil) {
    for (let next = byFrom[begun]; next !== undefined && next.from <= until; next = byFrom[++begun]) {
      least.add(firstAtLeast(lastDays, next.until), next.index);
    }
    const first = least.from(firstAtLeast(lastDays, from));
    if (first < index) found[index] = first;
  }
  return found;
}

/** The place of the first of some sorted texts that is not before one; their count when all are. */
function firstAtLeast(sorted: readonly string[], text: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? "") < text) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbers at places, and the least one from a place on: a Fenwick tree, counted from the end. */
function leastFrom(size: number): { add(place: number, value: number): void; from(place: number): number } {
  const tree = new Array<number>(size + 1).fill(Number.POSITIVE_INFINITY);
  return {
    add(place, value) {
      for (let at = size - place; at <= size; at += at & -at) tree[at] = Math.min(tree[at] ?? value, value);
    },
    from(place) {
      let least = Number.POSITIVE_INFINITY;
      for (let at = size - place; at > 0; at -= at & -at) least = Math.min(least, tree[at] ?? least);
      return least;
    },
  };
}
