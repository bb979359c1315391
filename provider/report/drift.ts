import type { Plan } from "../roster/plan.js";
import { cutLines } from "./cut-lines.js";
import { developerLines, mappingLines } from "./developer-lines.js";
import { summaryOf } from "./summary.js";
import { keptLines, type TextOptions, warningLines } from "./text.js";

const MOST_CHANGES = 200;

/** How live differs from what is declared, as lines of text; what each line says would make live equal again. */
export function driftLines(
  plan: Plan,
  { people, mostChanges = MOST_CHANGES, accepted = 0 }: TextOptions,
): readonly string[] {
  const developers = people === "none" ? [] : developerLines(plan.changes, people);
  const first =
    plan.changes.length === 0
      ? accepted > 0
        ? `no new drift: ${accepted} accepted ${accepted === 1 ? "difference" : "differences"}`
        : "no drift: live is as declared"
      : `drift: live differs from what is declared: ${summaryOf(plan.changes)} to make it equal again`;
  return [
    first,
    ...mappingLines(plan.changes).map((line) => `  ${line}`),
    ...cutLines(developers, mostChanges).map((line) => `  ${line}`),
    ...keptLines(plan, people),
    ...warningLines(plan, people),
  ];
}
