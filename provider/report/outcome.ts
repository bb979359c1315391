import type { Change } from "../roster/change.js";
import { developerLines, mappingLines } from "./developer-lines.js";
import { maskText } from "./mask-text.js";
import type { People } from "./people.js";

/** What became of a plan, as an apply knows it. */
export interface Reported {
  readonly status: "applied" | "unverified" | "failed";
  readonly done: readonly Change[];
  readonly failed: readonly Change[];
  readonly notTried: readonly Change[];
  /** It may quote the API. */
  readonly reason: string;
  readonly reasonWithoutPeople: string;
}

const MOST_NAMED = 20;

/** An outcome that is not "applied": the counts first, then why, then a line for each developer, the first of them. */
export function outcomeLines(outcome: Reported, people: People): readonly string[] {
  const { done, failed, notTried } = outcome;
  return [
    countsOf(outcome),
    `  ${people === "names" ? outcome.reason : maskText(outcome.reasonWithoutPeople)}`,
    ...part(outcome.status === "unverified" ? "not seen by a read" : "failed", failed, people),
    ...part("not tried", notTried, people),
    ...part("done", done, people),
  ];
}

/** `3 of 5 changes done, 1 failed, 1 not tried`. */
export function countsOf({ done, failed, notTried }: Reported): string {
  const all = done.length + failed.length + notTried.length;
  return `${done.length} of ${all} changes done, ${failed.length} failed, ${notTried.length} not tried`;
}

function part(title: string, changes: readonly Change[], people: People): readonly string[] {
  const lines = [...mappingLines(changes), ...(people === "none" ? [] : developerLines(changes, people))];
  if (lines.length === 0) return [];
  const more = lines.length - MOST_NAMED;
  return [
    `  ${title}:`,
    ...lines.slice(0, MOST_NAMED).map((line) => `    ${line}`),
    ...(more > 0 ? [`    … and ${more} more`] : []),
  ];
}
