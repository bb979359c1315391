import { Command } from "commander";
import { sources } from "./arguments.js";
import { connectToRead, LIVE_HELP } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { type SourceFlags, withShowOptions, withSourceOptions } from "./plan-options.js";

/** `sei-roster plan SOURCE...`: says what an apply would do, and writes nothing. */
export function planCommand(): Command {
  const command = new Command("plan")
    .description("say what an apply would do, and what the guards say of it; nothing is written")
    .argument("<source...>", "files, folders and globs, which make one roster", sources);
  return withShowOptions(withSourceOptions(command)).addHelpText("after", HELP).action(run);
}

const HELP = `
The plan goes to stdout, everything else to stderr.
${LIVE_HELP}

Exit code: 0 nothing to do, 2 there are changes, 3 refused by a guard or by a read that is not proven to be whole,
1 for an error.

Examples:
  sei-roster plan roster/
  sei-roster plan roster/ --output json --mask-emails`;

async function run(source: readonly string[], flags: SourceFlags): Promise<void> {
  const [{ loadSource, planNotes, planSource }, { showPlan }, { renameJournal }] = await Promise.all([
    import("./plan-source.js"),
    import("./show-plan.js"),
    import("../apply/rename-journal.js"),
  ]);
  const loaded = await loadSource(source, flags);
  const { reader, close } = await connectToRead(flags);
  try {
    const planned = await planSource(loaded, flags, { reader, journal: renameJournal(reader.target) });
    const refused = showPlan(planned.plan, flags);
    if (flags.quiet !== true) for (const note of planNotes(planned)) process.stderr.write(`${note}\n`);
    process.exitCode = refused ? EXIT.refused : planned.plan.changes.length > 0 ? EXIT.changes : EXIT.fine;
  } finally {
    await close();
  }
}
