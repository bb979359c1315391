import { Command, Option } from "commander";
import type { SavedPlan } from "../apply/saved-plan.js";
import { fileFrom, sources } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { connectLive, LIVE_HELP } from "./connect-live.js";
import {
  type OnlyFlags,
  type SourceFlags,
  type WriteFlags,
  withOnlyOption,
  withShowOptions,
  withSourceOptions,
  withWriteOptions,
} from "./plan-options.js";
import { sourceGiven } from "./source-given.js";

/** `sei-roster apply SOURCE...`: plans, asks, saves what is live, applies, and reads until it is live. */
export function applyCommand(): Command {
  const command = new Command("apply")
    .description("make live as declared, within the guards: plan, ask, back up, write, verify")
    .argument("[source...]", "files, folders and globs, which make one roster", sources)
    .addOption(
      new Option("--plan <file>", "apply what `plan --plan` saved and no other; instead of a source")
        .argParser(fileFrom)
        .conflicts(["prune", "strategy", "scope", "asOf", "maxFileSize", "checksum", "only"]),
    );
  return withConfigOption(withShowOptions(withWriteOptions(withOnlyOption(withSourceOptions(command)))))
    .addHelpText("after", HELP)
    .action(run);
}

const HELP = `
The plan and the last line go to stdout (with another --output than text the plan alone), everything else to stderr. Without --yes,
--checksum and --plan it asks, which needs a terminal. What is live is saved first; \`sei-roster restore FILE\` plans it back.
A first Ctrl-C lets the request under way end, says what is done and what is not, and ends with 130.
${LIVE_HELP}

Exit code: 0 applied and verified, or nothing to do; 3 refused by a guard, by --checksum, or because live changed
meanwhile; 130 interrupted (143 by SIGTERM); 1 failed, or applied and not verified, or no answer.

Examples:
  sei-roster apply roster/
  sei-roster apply roster/ --only ada@example.com --yes         one developer, now; see docs/sync.md
  sei-roster apply roster/ --checksum 9f2c4e1ab0d35c77 --audit audit.jsonl
  sei-roster apply --plan roster.plan`;

async function run(source: readonly string[] | undefined, flags: SourceFlags & OnlyFlags & WriteFlags): Promise<void> {
  const [{ loadSource, planNotes, planRequest, requestOf }, { carryOut }, { writeControl }, { planningSession }] =
    await Promise.all([
      import("./plan-source.js"),
      import("./carry-out.js"),
      import("./write-control.js"),
      import("./planning-session.js"),
    ]);
  const saved = flags.plan === undefined ? null : await savedPlan(flags.plan, source);
  const request = saved?.request ?? requestOf(await loadSource(sourceGiven(source), flags), flags);
  const control = writeControl();
  const client = await connectLive(flags, { stopWrites: control.stopWrites, onWrite: control.onWrite });
  const session = planningSession(client.reader);
  try {
    if (saved !== null)
      (await import("./check-target.js")).checkTarget("saved plan", saved.target, client.reader.target);
    const plan = () => planRequest(request, session);
    const approved = saved === null ? {} : { approved: saved.checksum };
    process.exitCode = await carryOut({
      command: "apply",
      flags,
      client,
      control,
      plan,
      notesOf: planNotes,
      ...approved,
    });
  } finally {
    await client.close();
  }
}

/** @throws Error when a source is named as well, or the file is no saved plan */
async function savedPlan(file: string, source: readonly string[] | undefined): Promise<SavedPlan> {
  if (source !== undefined && source.length > 0) {
    throw new Error("both a source and --plan are named: a saved plan has its source in it");
  }
  const [{ readSavedPlan }, { dayOf }] = await Promise.all([
    import("../apply/saved-plan.js"),
    import("../roster/day.js"),
  ]);
  return readSavedPlan(file, dayOf(new Date()));
}
