import { Command, InvalidArgumentError } from "commander";
import type { Change } from "../roster/change.js";
import { sources } from "./arguments.js";
import { connectToRead, LIVE_HELP } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { type SourceFlags, withShowOptions, withSourceOptions } from "./plan-options.js";

type Kind = Change["kind"];

interface Flags extends SourceFlags {
  readonly failOn?: readonly Kind[];
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
    .argument("<source...>", "files, folders and globs, which make one roster", sources)
    .option("--fail-on <kinds>", `only these end with 2: ${Object.keys(KINDS).join(",")}`, kindsFrom);
  return withShowOptions(withSourceOptions(command)).addHelpText("after", HELP).action(run);
}

const HELP = `
What differs goes to stdout, everything else to stderr. Limits of the guards do not matter here: they judge what an
apply would do, and are said.
${LIVE_HELP}

Exit code: 0 no drift (with --fail-on: none of these kinds), 2 drift, 3 the account could not be read with proof that
nobody is missing, 1 for an error.

Examples:
  sei-roster drift roster/
  sei-roster drift roster/ --prune all --fail-on delete,update`;

async function run(source: readonly string[], flags: Flags): Promise<void> {
  const [{ loadSource, planNotes, planSource }, { showPlan }, { driftLines }, { refusals }, { renameJournal }] =
    await Promise.all([
      import("./plan-source.js"),
      import("./show-plan.js"),
      import("../report/drift.js"),
      import("../roster/plan.js"),
      import("../apply/rename-journal.js"),
    ]);
  const loaded = await loadSource(source, flags);
  const { reader, close } = await connectToRead(flags);
  try {
    const planned = await planSource(loaded, flags, { reader, journal: renameJournal(reader.target) });
    const { plan } = planned;
    showPlan(plan, flags, driftLines);
    if (flags.quiet !== true) for (const note of planNotes(planned)) process.stderr.write(`${note}\n`);
    const counted = plan.changes.filter(({ kind }) => flags.failOn === undefined || flags.failOn.includes(kind));
    const differs = counted.length > 0 ? EXIT.changes : EXIT.fine;
    process.exitCode = refusals(plan).some(({ name }) => name === "completeRead") ? EXIT.refused : differs;
  } finally {
    await close();
  }
}

function kindsFrom(text: string): readonly Kind[] {
  const words = text.split(",").map((word) => word.trim());
  const kinds = words.filter((word): word is Kind => Object.hasOwn(KINDS, word));
  if (kinds.length === words.length) return kinds;
  throw new InvalidArgumentError(`The kinds are ${Object.keys(KINDS).join(", ")}, with commas between them.`);
}
