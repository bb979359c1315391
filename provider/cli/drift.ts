import { Command, InvalidArgumentError } from "commander";
import type { PlannedRoster } from "../apply/plan-live.js";
import type { Change } from "../roster/change.js";
import { fileFrom, sources } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { connectToRead, LIVE_HELP } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { type SourceFlags, withShowOptions, withSourceOptions } from "./plan-options.js";
import { say } from "./say.js";
import { sourceGiven } from "./source-given.js";

type Kind = Change["kind"];

interface Flags extends SourceFlags {
  readonly failOn?: readonly Kind[];
  readonly baseline?: string;
  readonly accept?: true;
}

const KINDS: Readonly<Record<Kind, true>> = {
  create: true,
  update: true,
  delete: true,
  rename: true,
  setIdentity: true,
  mapField: true,
};

/** `sei-roster drift SOURCE...`: compares live with what is declared, and writes nothing. */
export function driftCommand(): Command {
  const command = new Command("drift")
    .description("compare live with what is declared; nothing is written")
    .argument("[source...]", "files, folders and globs, which make one roster", sources)
    .option("--fail-on <kinds>", `only these end with 2: ${Object.keys(KINDS).join(",")}`, kindsFrom)
    .option("--baseline <file>", "differences that are accepted: only others are drift", fileFrom)
    .option("--accept", "write today's drift to --baseline, and end with 0");
  return withConfigOption(withShowOptions(withSourceOptions(command)))
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
What differs goes to stdout, everything else to stderr. Limits of the guards do not matter here: they judge what an
apply would do, and are said.
${LIVE_HELP}

Exit code: 0 no drift (with --fail-on: none of these kinds), 2 drift, 3 the account could not be read with proof that
nobody is missing, 1 for an error.

Examples:
  sei-roster drift roster/
  sei-roster drift roster/ --prune all --fail-on delete,update
  sei-roster drift roster/ --baseline drift.json --accept      accepts what differs today
  sei-roster drift roster/ --baseline drift.json               only what differs since`;

async function run(source: readonly string[] | undefined, flags: Flags): Promise<void> {
  if (flags.accept === true && flags.baseline === undefined) throw new Error("--accept needs --baseline FILE");
  const [{ loadSource, planNotes, planRequest, requestOf }, { planningSession }] = await Promise.all([
    import("./plan-source.js"),
    import("./planning-session.js"),
  ]);
  const given = sourceGiven(source);
  const request = requestOf(await loadSource(given, flags), flags);
  const { reader, close } = await connectToRead(flags);
  try {
    const planned = await planRequest(request, planningSession(reader));
    const notes = flags.quiet === true ? [] : planNotes(planned);
    process.exitCode = await tell(planned, given, notes, flags);
  } finally {
    await close();
  }
}

/** Shows the drift, or accepts it. */
async function tell(
  planned: PlannedRoster,
  given: readonly string[],
  notes: readonly string[],
  flags: Flags,
): Promise<number> {
  const [{ showPlan }, { applyCommandOf }, { refusals }, { accept, withoutBaseline }] = await Promise.all([
    import("./show-plan.js"),
    import("./apply-command.js"),
    import("../roster/plan.js"),
    import("./baseline.js"),
  ]);
  const unproven = refusals(planned.plan).some(({ name }) => name === "completeRead");
  const { baseline } = flags;
  // Half a roster is not accepted as the state of things.
  if (baseline !== undefined && flags.accept === true && !unproven) {
    const count = await accept(planned.plan, baseline);
    say(`accepted: ${count} ${count === 1 ? "difference" : "differences"}, in ${baseline}`);
    return EXIT.fine;
  }
  const { plan: left, accepted } =
    baseline === undefined ? { plan: planned.plan, accepted: 0 } : await withoutBaseline(planned.plan, baseline, flags);
  // An apply would change what is accepted as well.
  const command = baseline === undefined ? applyCommandOf(given, flags, left.checksum) : null;
  await showPlan({ planned: { ...planned, plan: left }, kind: "drift", command, accepted }, flags);
  for (const note of notes) say(note);
  if (unproven) return EXIT.refused;
  const counted = left.changes.filter(({ kind }) => flags.failOn === undefined || flags.failOn.includes(kind));
  return counted.length > 0 ? EXIT.changes : EXIT.fine;
}

function kindsFrom(text: string): readonly Kind[] {
  const words = text.split(",").map((word) => word.trim());
  const kinds = words.filter((word): word is Kind => Object.hasOwn(KINDS, word));
  if (kinds.length === words.length) return kinds;
  throw new InvalidArgumentError(`The kinds are ${Object.keys(KINDS).join(", ")}, with commas between them.`);
}
