import { maskText } from "../report/mask-text.js";
import type { People } from "../report/people.js";
import { planJson } from "../report/plan-json.js";
import { planLines, refusedLines, type TextOptions } from "../report/text.js";
import { type Plan, refusals } from "../roster/plan.js";
import type { ShowFlags } from "./plan-options.js";
import { print, say } from "./say.js";

/** How far a command names people. */
export function peopleOf({ maskEmails }: ShowFlags): Exclude<People, "none"> {
  return maskEmails === true ? "masked" : "names";
}

/** A text of somebody's own, as far as it may name people. */
export function shown(text: string, flags: ShowFlags): string {
  return flags.maskEmails === true ? maskText(text) : text;
}

/**
 * Writes a plan to stdout, with what refuses it, and says the refusal on stderr in one line.
 *
 * @param linesOf how it reads as text
 * @returns whether it is refused
 */
export function showPlan(
  plan: Plan,
  flags: ShowFlags,
  linesOf: (plan: Plan, options: TextOptions) => readonly string[] = planLines,
): boolean {
  const people = peopleOf(flags);
  const refused = refusals(plan);
  const nothing = plan.changes.length === 0 && refused.length === 0;
  if (flags.output === "json") print([planJson(plan, people)]);
  else if (!(nothing && flags.quiet === true)) {
    const options = { people, ...(flags.all === true ? { mostChanges: Number.POSITIVE_INFINITY } : {}) };
    print([...linesOf(plan, options), ...refusedLines(plan, people).map((line) => shown(line, flags))]);
  }
  if (refused.length > 0) {
    say(`refused: ${refused.map(({ name, reason }) => `${name}: ${shown(reason ?? "", flags)}`).join("; ")}`);
  }
  return refused.length > 0;
}
