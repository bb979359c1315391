import { Command } from "commander";
import { fileFrom } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { connectLive, LIVE_HELP } from "./connect-live.js";
import { type WriteFlags, withShowOptions, withWriteOptions } from "./plan-options.js";

/** `sei-roster restore FILE`: plans a backup back, and applies that as any other plan. */
export function restoreCommand(): Command {
  const command = new Command("restore")
    .description("plan a backup of an apply back: the same guards, the same apply")
    .argument("<file>", "a backup that an apply made", fileFrom);
  return withConfigOption(withShowOptions(withWriteOptions(command)))
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
Whoever is live and not in the backup is deleted, within the guards that are on by default. A plan beyond their limits
needs --checksum with its checksum, which names exactly that plan. Only the account that the backup is of is restored.
${LIVE_HELP}

Exit code: 0 restored and verified, or nothing to do; 3 refused; 130 interrupted (143 by SIGTERM); 1 for an error.

Example:
  sei-roster restore backup.json --checksum 9f2c4e1ab0d35c77`;

async function run(file: string, flags: WriteFlags): Promise<void> {
  const [
    { readBackup },
    { planBackup, restoreNotes },
    { checkTarget },
    { carryOut },
    { writeControl },
    { renameJournal },
  ] = await Promise.all([
    import("../apply/keep-backup.js"),
    import("./plan-backup.js"),
    import("./check-target.js"),
    import("./carry-out.js"),
    import("./write-control.js"),
    import("../apply/rename-journal.js"),
  ]);
  const backup = await readBackup(file);
  const control = writeControl();
  const client = await connectLive(flags, { stopWrites: control.stopWrites, onWrite: control.onWrite });
  try {
    checkTarget("backup", backup.target, client.reader.target);
    const session = { reader: client.reader, journal: renameJournal(client.reader.target) };
    const plan = () => planBackup(backup, flags.checksum, session);
    process.exitCode = await carryOut({ command: "restore", flags, client, control, plan, notesOf: restoreNotes });
  } finally {
    await client.close();
  }
}
