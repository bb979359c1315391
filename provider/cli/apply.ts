import { Command } from "commander";
import { sources } from "./arguments.js";
import { connectLive, LIVE_HELP } from "./connect-live.js";
import {
  type SourceFlags,
  type WriteFlags,
  withShowOptions,
  withSourceOptions,
  withWriteOptions,
} from "./plan-options.js";

/** `sei-roster apply SOURCE...`: plans, asks, saves what is live, applies, and reads until it is live. */
export function applyCommand(): Command {
  const command = new Command("apply")
    .description("make live as declared, within the guards: plan, ask, back up, write, verify")
    .argument("<source...>", "files, folders and globs, which make one roster", sources);
  return withShowOptions(withWriteOptions(withSourceOptions(command)))
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
The plan and the last line go to stdout (with --output json the plan alone), everything else to stderr. Without --yes
and --checksum it asks, which needs a terminal. What is live is saved first; \`sei-roster restore FILE\` plans it back.
A first Ctrl-C lets the request under way end, says what is done and what is not, and ends with 130.
${LIVE_HELP}

Exit code: 0 applied and verified, or nothing to do; 3 refused by a guard, by --checksum, or because live changed
meanwhile; 130 interrupted (143 by SIGTERM); 1 failed, or applied and not verified, or no answer.

Examples:
  sei-roster apply roster/
  sei-roster apply roster/ --checksum 9f2c4e1ab0d35c77 --audit audit.jsonl`;

async function run(source: readonly string[], flags: SourceFlags & WriteFlags): Promise<void> {
  const [{ loadSource, planNotes, planSource }, { carryOut }, { writeControl }, { renameJournal }] = await Promise.all([
    import("./plan-source.js"),
    import("./carry-out.js"),
    import("./write-control.js"),
    import("../apply/rename-journal.js"),
  ]);
  const loaded = await loadSource(source, flags);
  const control = writeControl();
  const client = await connectLive(flags, { stopWrites: control.stopWrites, onWrite: control.onWrite });
  const session = { reader: client.reader, journal: renameJournal(client.reader.target) };
  try {
    const plan = () => planSource(loaded, flags, session);
    process.exitCode = await carryOut({ command: "apply", flags, client, control, plan, notesOf: planNotes });
  } finally {
    await client.close();
  }
}
