import { maskText } from "../report/mask-text.js";
import { maskVerdict } from "../report/mask-verdict.js";
import type { People } from "../report/people.js";
import { refusals } from "../roster/plan.js";
import type { ShowFlags } from "./plan-options.js";
import { planReport, type Reported } from "./plan-report.js";
import { writeReport } from "./report-files.js";
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
 * Writes a plan to stdout and to the files of `--out`, with what refuses it, and says the refusal on stderr in one line.
 *
 * @returns whether it is refused
 * @throws Error of one sentence when a file cannot be written; nothing is on stdout then
 */
export async function showPlan(reported: Reported, flags: ShowFlags): Promise<boolean> {
  const { plan } = reported.planned;
  const options = { people: peopleOf(flags), all: flags.all === true };
  for (const { file, format } of flags.out ?? []) {
    await writeReport(file, `${await planReport(format, reported, options)}\n`);
  }
  const refused = refusals(plan);
  const nothing = plan.changes.length === 0 && refused.length === 0;
  // Whoever parses JSON wants some.
  if (flags.output === "json" || !(nothing && flags.quiet === true)) {
    print([await planReport(flags.output, reported, options)]);
  }
  if (refused.length > 0) {
    const told = flags.maskEmails === true ? refused.map(maskVerdict) : refused;
    say(`refused: ${told.map(({ name, reason }) => `${name}: ${reason ?? ""}`).join("; ")}`);
  }
  return refused.length > 0;
}
