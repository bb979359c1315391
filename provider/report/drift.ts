import type { Plan } from "../roster/plan.js";
import { developerLines, mappingLines } from "./developer-lines.js";
import { summaryOf } from "./summary.js";
import { keptLines, type TextOptions, warningLines } from "./text.js";

const MOST_CHANGES = 200;

/** How live differs from what is declared, as lines of text; what each line says would make live equal again. */
export function driftLines(plan: Plan, { people, mostChanges = MOST_CHANGES }: TextOptions): readonly string[] {
  const developers = people === "none" ? [] : developerLines(plan.changes, people);
  const hidden = developers.length - mostChanges;
  const first =
    plan.changes.length === 0
      ? "no drift: live is as declared"
      : `drift: live differs from what is declared: ${summaryOf(plan.changes)} to make it equal again`;
  return [
    first,
    ...mappingLines(plan.changes).map((line) => `  ${line}`),
    ...developers.slice(0, mostChanges).map((line) => `  ${line}`),
    ...(hidden > 0 ? [`  … and ${hidden} more developers`] : []),
    ...keptLines(plan, people),
    ...warningLines(plan, people),
  ];
}
