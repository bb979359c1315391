import { Command, InvalidArgumentError, Option } from "commander";
import type { LiveRoster } from "../roster/live-roster.js";
import type { SeiReader } from "../sei/reader.js";
import { counted } from "../source/counted.js";
import type { SetUpRoster } from "../source/write/declarable-roster.js";
import type { Counts, ExportForm, RosterExport } from "../source/write/export-roster.js";
import { withConfigOption } from "./config.js";
import { connectToRead, LIVE_HELP, type LiveFlags, type ReadingClient, withLiveOptions } from "./connect-live.js";
import type { ExportTarget } from "./export-files.js";
import type { ReadForExport } from "./export-from-v1.js";
import { say } from "./say.js";

interface Flags extends LiveFlags {
  readonly from: "v2" | "v1";
  readonly managerField?: string;
  readonly output?: "yaml" | "csv";
  readonly splitBy?: string;
  readonly directory?: string;
  readonly file?: string;
  /** Names by integrationId. */
  readonly integration?: ReadonlyMap<number, string>;
  readonly force?: true;
}

/**
 * `sei-roster export`: writes the live roster as a source whose plan is empty. It ends with 0, also when something of
 * the account cannot be declared, which stderr says; with 3 when the read is not proven to be whole; else with 1.
 */
export function exportCommand(): Command {
  const command = new Command("export")
    .description("write the live roster as a source: YAML in one file or one for each team, or CSV")
    .addOption(
      new Option("--from <api>", "v1: the contributors of SEI 1.0, to adopt them").choices(["v2", "v1"]).default("v2"),
    )
    .addOption(
      new Option(
        "--manager-field <key>",
        "with --from v1: the custom field that holds the manager's email; without it, nobody's manager is declared",
      ).argParser(notBlank),
    )
    .addOption(
      new Option("--output <format>", "default: yaml, or what the name of --file says").choices(["yaml", "csv"]),
    )
    .addOption(
      new Option("--split-by <column>", "one YAML file for each value of an attribute; needs --directory").conflicts(
        "file",
      ),
    )
    .addOption(new Option("--directory <dir>", "the folder of several files").argParser(notEmpty).conflicts("file"))
    .addOption(new Option("--file <file>", "write to a file, not to stdout").argParser(notEmpty))
    .option("--integration <name=id>", "a name for an integrationId, such as github=101 (repeatable)", integrations)
    .option("--force", "replace files that are there");
  return withConfigOption(withLiveOptions(command)).addHelpText("after", HELP).action(run);
}

const HELP = `
What cannot be declared is said on stderr, and stays as it is in the account. New files are private (0600).
With --output csv, --directory puts the field mapping (roster.yaml) beside the CSV; identities are in YAML only.
With --from v1, custom fields are attributes, called as the account shows them.
${LIVE_HELP}

Exit code: 0 when written, 1 for an error, 3 when the account could not be read with proof that nobody is missing.

Examples:
  sei-roster export > roster.yaml
  sei-roster export --split-by Team --directory roster/ --integration github=101
  sei-roster export --file people.csv
  sei-roster export --from v1 --manager-field manager_email --file roster.yaml`;

async function run(flags: Flags): Promise<void> {
  const form = formOf(flags);
  const target = targetOf(flags);
  if (target !== null) await (await import("./export-files.js")).checkTarget(target, flags.force === true);
  const client = await connectToRead(flags);
  try {
    const read = flags.from === "v1" ? await fromV1(client, form, flags) : await fromV2(client.reader);
    if (read !== null) await exportFrom(read, form, target, flags);
  } finally {
    await client.close();
  }
}

/** null: it cannot be exported, and why was said. */
async function fromV2(reader: SeiReader): Promise<ReadForExport | null> {
  const live = await readWithIdentities(reader);
  const { unprovenPart } = await import("../roster/unproven.js");
  const unproven = unprovenPart(live);
  if (unproven !== null) return refused(unproven.reason);
  if (!isSetUp(live)) {
    throw new Error("the account is not set up: it has no field mapping and nobody to export. Run the initial setup");
  }
  return { live, managers: "known", notes: [] };
}

async function fromV1(
  { contributors }: ReadingClient,
  form: ExportForm,
  { managerField }: Flags,
): Promise<ReadForExport | null> {
  const [{ readFromV1 }, { UnprovenListError }] = await Promise.all([
    import("./export-from-v1.js"),
    import("../sei/errors.js"),
  ]);
  try {
    return await readFromV1(contributors.reader, managerField, form);
  } catch (error) {
    if (error instanceof UnprovenListError) return refused(error.message);
    throw error;
  }
}

function refused(reason: string): null {
  say(`refused: ${reason}`);
  say("an export of some people would delete the others later; run it again");
  process.exitCode = 3;
  return null;
}

async function exportFrom(
  { live, managers, notes }: ReadForExport,
  form: ExportForm,
  target: ExportTarget | null,
  flags: Flags,
): Promise<void> {
  const [{ exportRoster }, { dayOf }] = await Promise.all([
    import("../source/write/export-roster.js"),
    import("../roster/day.js"),
  ]);
  const spelled = await inSpelling(form, live);
  const made = exportRoster(live, spelled, flags.integration ?? new Map(), dayOf(new Date()), managers);
  checkPlan(made, form);
  if (target === null) for (const { text } of made.files) process.stdout.write(text);
  else await writeTo(target, made, flags.force === true);
  for (const note of notes) say(`note: ${note}`);
  await report(made, live);
}

/** Where no request reads identities, everything else can be exported all the same: what is left out is not managed. */
async function readWithIdentities(reader: SeiReader): Promise<LiveRoster> {
  const live = await reader.readRoster({ identities: true });
  const { identityCompleteness, ...rest } = live;
  if (identityCompleteness?.proven !== false || identityCompleteness.unavailable === undefined) return live;
  say(`note: the identities are left out: ${identityCompleteness.reason}`);
  return { ...rest, identities: [] };
}

function isSetUp(live: LiveRoster): live is SetUpRoster {
  return live.mapping !== null;
}

/** A column as the account spells it. */
async function inSpelling(form: ExportForm, { mapping }: SetUpRoster): Promise<ExportForm> {
  if (form.kind !== "split") return form;
  const [{ columnKey }, { nearest }] = await Promise.all([
    import("../roster/field-mapping.js"),
    import("../roster/rules/nearest.js"),
  ]);
  const column =
    mapping.attributes.find((one) => one === form.column) ??
    mapping.attributes.find((one) => columnKey(one) === columnKey(form.column));
  if (column !== undefined) return { ...form, column };
  const meant = nearest(form.column, mapping.attributes);
  const names = mapping.attributes.map((name) => JSON.stringify(name)).join(", ");
  const help =
    meant === null ? `attributes: ${names === "" ? "none" : names}` : `did you mean ${JSON.stringify(meant)}?`;
  throw new Error(`the account has no attribute ${JSON.stringify(form.column)}; ${help}`);
}

/** The promise of an export: nothing is written that would change the account. */
function checkPlan({ planIs }: RosterExport, form: ExportForm): void {
  if (planIs !== "changes" && planIs !== "fields") return;
  if (form.kind !== "csv") throw new Error("the export would not be what the account holds; please report this");
  throw new Error(
    planIs === "fields"
      ? "the columns of this account are not called as a CSV usually calls them, and would be taken for others: --directory DIR puts the field mapping beside it"
      : "this account has values that a CSV cannot hold (half of a character, such as a lone surrogate): use YAML",
  );
}

async function writeTo(target: ExportTarget, made: RosterExport, force: boolean): Promise<void> {
  const { writeExport } = await import("./export-files.js");
  const written = await writeExport(target, made.files, force);
  const where = target.kind === "folder" ? `${counted(written.length, "file")} in ${target.path}` : target.path;
  say(`written: ${where}`);
}

async function report({ files, notes, errors, warnings }: RosterExport, live: LiveRoster): Promise<void> {
  const [{ noteText }, { LARGEST_FILE }] = await Promise.all([
    import("../source/write/note.js"),
    import("../source/read-text.js"),
  ]);
  for (const note of notes) say(`note: ${noteText(note)}`);
  if (warnings.size > 0) say(`warning: written as they are, see \`sei-roster validate\`: ${listed(warnings)}`);
  if (errors.size > 0)
    say(`warning: \`sei-roster validate\` refuses this roster until somebody corrects it: ${listed(errors)}`);
  for (const { name, text } of files) {
    if (Buffer.byteLength(text) <= LARGEST_FILE) continue;
    say(`warning: ${name} is larger than 32 MiB: use --split-by, or read it with --max-file-size`);
  }
  say(`exported ${counted(live.developers.size, "developer")}`);
}

function listed(counts: Counts): string {
  return [...counts].map(([rule, count]) => `${count} ${rule}`).join(", ");
}

function formOf({ output, splitBy, directory, file, integration, from, managerField }: Flags): ExportForm {
  if (managerField !== undefined && from !== "v1") {
    throw new Error("--manager-field is for --from v1; in v2, the field mapping of the account says who manages whom");
  }
  const csv = output === "csv" || (output === undefined && file !== undefined && /\.csv$/i.test(file));
  if (file !== undefined && !(csv ? /\.csv$/i : /\.ya?ml$/i).test(file)) {
    throw new Error(
      `--file ${file} is not named as a roster is read: ${csv ? "a CSV ends in .csv" : "YAML ends in .yaml or .yml"}`,
    );
  }
  if (splitBy !== undefined) {
    if (csv) throw new Error("--split-by is for YAML; leave --output csv out");
    if (directory === undefined) throw new Error("--split-by makes several files: say where with --directory DIR");
    return { kind: "split", column: splitBy };
  }
  if (csv && directory === undefined && integration !== undefined) {
    throw new Error("--integration names identities, and a CSV holds none: leave it out, or give --directory DIR");
  }
  if (csv) return { kind: "csv", beside: directory !== undefined };
  if (directory !== undefined)
    throw new Error("--directory is for --split-by COLUMN or --output csv; for one file, use --file");
  return { kind: "yaml" };
}

function targetOf({ directory, file }: Flags): ExportTarget | null {
  if (directory !== undefined) return { kind: "folder", path: directory };
  return file === undefined ? null : { kind: "file", path: file };
}

function integrations(text: string, before?: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  const [, name = "", digits = ""] = /^(.*)=\s*(\d+)\s*$/su.exec(text) ?? [];
  const id = Number(digits);
  if (name.trim() === "" || /^[\s\d]*$/.test(name) || !Number.isSafeInteger(id) || id < 1) {
    throw new InvalidArgumentError("An integration is NAME=ID, such as github=101; the name is not a number.");
  }
  for (const [otherId, other] of before ?? []) {
    if (other === name.trim() || otherId === id) {
      throw new InvalidArgumentError(`${other}=${otherId} was given before; a name has one id, and an id one name.`);
    }
  }
  return new Map([...(before ?? []), [id, name.trim()]]);
}

function notBlank(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Name a field by its key.");
  return text;
}

function notEmpty(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("A path must not be empty; for this folder, write a dot.");
  return text;
}
