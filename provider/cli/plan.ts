import { Command, Option } from "commander";
import type { PlannedRoster } from "../apply/plan-live.js";
import type { PlanRequest } from "../apply/saved-plan.js";
import { fileFrom, sources } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { connectToRead, LIVE_HELP } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { type PlanFlags, withOnlyOption, withShowOptions, withSourceOptions } from "./plan-options.js";
import { say } from "./say.js";
import { sourceGiven } from "./source-given.js";

/** `sei-roster plan SOURCE...`: says what an apply would do, and writes nothing. */
export function planCommand(): Command {
  const command = new Command("plan")
    .description("say what an apply would do, and what the guards say of it; nothing is written")
    .argument("[source...]", "files, folders and globs, which make one roster", sources)
    .option("--plan <file>", "save the plan, for `apply --plan`; the file holds the whole roster", fileFrom)
    .addOption(
      new Option(
        "--against <source>",
        "compare with another version of the source, offline and without a key (repeatable)",
      )
        .argParser(sources)
        .conflicts(["plan", "only"]),
    );
  return withConfigOption(withShowOptions(withOnlyOption(withSourceOptions(command))))
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
The plan goes to stdout, everything else to stderr.
${LIVE_HELP}

Exit code: 0 nothing to do, 2 there are changes, 3 refused by a guard or by a read that is not proven to be whole,
1 for an error.

Examples:
  sei-roster plan roster/
  sei-roster plan roster/ --output json --mask-emails
  sei-roster plan roster/ --output markdown --out plan.html --out plan.json
  sei-roster plan roster/ --plan roster.plan                   and later: sei-roster apply --plan roster.plan
  sei-roster plan roster/ --against ../main/roster/            what a pull request changes, without an account`;

async function run(source: readonly string[], flags: PlanFlags): Promise<void> {
  const { loadSource, requestOf } = await import("./plan-source.js");
  const given = sourceGiven(source);
  const loaded = await loadSource(given, flags);
  const request = requestOf(loaded, flags);
  if (flags.against !== undefined) await compare(request, flags.against, flags);
  else await planLive(request, given, flags);
}

async function planLive(request: PlanRequest, given: readonly string[], flags: PlanFlags): Promise<void> {
  const [{ planNotes, planRequest }, { applyCommandOf }, { planningSession }] = await Promise.all([
    import("./plan-source.js"),
    import("./apply-command.js"),
    import("./planning-session.js"),
  ]);
  const { reader, close } = await connectToRead(flags);
  try {
    const planned = await planRequest(request, planningSession(reader));
    const command = applyCommandOf(given, flags, planned.plan.checksum);
    const refused = await show(planned, command, planNotes(planned), flags);
    if (flags.plan === undefined) return;
    if (refused) return say(`the plan is refused, so it is not saved to ${flags.plan}`);
    const { savePlan } = await import("../apply/saved-plan.js");
    await savePlan(flags.plan, request, planned.plan);
    say(`saved: sei-roster apply --plan ${flags.plan}`);
  } finally {
    await close();
  }
}

async function compare(request: PlanRequest, against: readonly string[], flags: PlanFlags): Promise<void> {
  const [{ loadBase }, { planAgainst }, { withPlaces }] = await Promise.all([
    import("./load-base.js"),
    import("./plan-against.js"),
    import("./plan-source.js"),
  ]);
  const base = await loadBase(against, flags);
  const planned = planAgainst(request, base);
  await show({ ...planned, plan: withPlaces(planned.plan, request) }, null, [], flags);
}

/** @returns whether it is refused */
async function show(
  planned: PlannedRoster,
  command: readonly string[] | null,
  notes: readonly string[],
  flags: PlanFlags,
): Promise<boolean> {
  const { showPlan, shown } = await import("./show-plan.js");
  const refused = await showPlan({ planned, kind: "plan", command }, flags);
  if (flags.quiet !== true) for (const note of notes) say(shown(note, flags));
  process.exitCode = refused ? EXIT.refused : planned.plan.changes.length > 0 ? EXIT.changes : EXIT.fine;
  return refused;
}
