import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";

/** What git writes around two versions of the same lines, each at the beginning of a line of its own. */
const MARKER = /^(?:<{7}|={7}|>{7})(?= |$)/gm;

/** One merge conflict of a text, by the offsets of its markers. */
export interface MergeConflict {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

/**
 * The merge conflicts that nobody solved. A line of `=======` alone is none: all three markers stand there, in order.
 *
 * @example
 * mergeConflicts("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> team\n"); // [{ start: 0, middle: 15, end: 25 }]
 */
export function mergeConflicts(text: string): readonly MergeConflict[] {
  if (!text.includes("<<<<<<<") || !text.includes(">>>>>>>")) return [];
  const found: MergeConflict[] = [];
  let start: number | null = null;
  let middle: number | null = null;
  for (const { 0: marker, index } of text.matchAll(MARKER)) {
    if (marker.startsWith("<")) {
      start = index;
      middle = null;
    } else if (start !== null && marker.startsWith("=")) middle ??= index;
    else if (start !== null && middle !== null) {
      found.push({ start, middle, end: index });
      start = null;
      middle = null;
    }
  }
  return found;
}

/** MERGE_CONFLICT: one finding for a file, instead of what a parser makes of the markers. */
export function conflictFindings([first, ...others]: readonly MergeConflict[], origin: Origin): readonly Finding[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? "" : `, and ${others.length} more in this file`;
  const message = `a merge conflict of git that nobody has solved begins here${more}`;
  const hint = `keep the right lines of both sides, and take out the markers at ${origin.says(first.start)}, ${origin.says(first.middle)} and ${origin.says(first.end)}`;
  return [origin.finding(first.start, "MERGE_CONFLICT", message, hint)];
}
