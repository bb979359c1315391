import { Command, Option } from "commander";
import { counted } from "../source/counted.js";
import type { SourceFile } from "../source/find-files.js";
import type { Finding } from "../source/finding.js";
import type { FormattedFile } from "../source/format/format-file.js";
import type { LeftAsItIs } from "../source/format-yaml.js";
import { sizeFrom, sources } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { sourceGiven } from "./source-given.js";

interface Flags {
  readonly check?: true;
  readonly stdout?: true;
  readonly maxFileSize?: number;
}

/**
 * `sei-roster format SOURCE...`: brings YAML files into order, in place. The names of the files that changed go to
 * stdout, everything else to stderr. It ends with 1 when a file could not be formatted, or with `--check` would change.
 */
export function formatCommand(): Command {
  const command = new Command("format")
    .description("sort the developers of roster files and keep the comments, so that diffs stay small")
    .argument("[source...]", "files, folders and globs; CSV files are left as they are", sources)
    .option("--check", "write nothing; end with 1 when a file would change")
    .addOption(
      new Option("--stdout", "write nothing; the formatted text of one file goes to stdout").conflicts("check"),
    )
    .option("--max-file-size <size>", "the largest file to read, such as 64MiB (default: 32MiB)", sizeFrom);
  return withConfigOption(command).addHelpText("after", HELP).action(format);
}

const HELP = `
Developers stand by email, keys in the order of the documentation. Comments stay with the person they stand at, and
every value keeps the letters and quotes that you wrote. The names of the changed files go to stdout.

Exit code: 0 when every file is in order now, 1 when one could not be formatted or (--check) would change.

Examples:
  sei-roster format roster/
  sei-roster format --check roster/         for a pull request`;

async function format(source: readonly string[] | undefined, flags: Flags): Promise<void> {
  const { findFiles, isCsv } = await import("../source/find-files.js");
  const { files, findings } = await findFiles(sourceGiven(source), process.cwd());
  const yaml = files.filter(({ file }) => !isCsv(file));
  if (flags.stdout === true && yaml.length + findings.length !== 1) {
    throw new Error(`--stdout is for one YAML file, and this source has ${yaml.length}`);
  }
  const results = await formatAll(yaml, flags);
  const changed = [...results].filter(([, result]) => result.kind === "formatted" && result.changed);
  if (flags.stdout === true) writeTexts([...results.values()]);
  else for (const [file] of changed) process.stdout.write(`${file}\n`);
  if (flags.check === true && changed.length > 0) process.exitCode = 1;
  await report(findings, results);
  note(files.length - yaml.length, yaml.length, changed.length, flags);
}

async function formatAll(files: readonly SourceFile[], flags: Flags): Promise<ReadonlyMap<string, FormattedFile>> {
  const [{ formatFile }, { LARGEST_FILE }] = await Promise.all([
    import("../source/format/format-file.js"),
    import("../source/read-text.js"),
  ]);
  const write = flags.check !== true && flags.stdout !== true;
  const maxFileSize = flags.maxFileSize ?? LARGEST_FILE;
  const results = new Map<string, FormattedFile>();
  // One at a time: a large roster takes memory, and there is only one processor to share.
  for (const file of files) results.set(file.file, await formatFile(file, { write, maxFileSize }));
  return results;
}

function writeTexts(results: readonly FormattedFile[]): void {
  for (const result of results) if (result.kind === "formatted") process.stdout.write(result.text);
}

async function report(found: readonly Finding[], results: ReadonlyMap<string, FormattedFile>): Promise<void> {
  const findings = [...found];
  const failures: string[] = [];
  const texts = new Map<string, string>();
  for (const [file, result] of results) {
    if (result.kind === "formatted") findings.push(...result.left.map(warning));
    else if (result.kind === "refused") findings.push(...result.findings);
    else failures.push(`error: ${file} is left as it is: ${result.message}\n  hint: ${result.hint}\n`);
    if (result.kind !== "failed" && result.source !== null) texts.set(file, result.source);
  }
  if (failures.length > 0) process.exitCode = 1;
  process.stderr.write(failures.join(""));
  if (findings.length === 0) return;
  const [{ formatFindings }, { sortFindings }] = await Promise.all([
    import("../source/format-findings.js"),
    import("../source/sort-findings.js"),
  ]);
  process.stderr.write(`${formatFindings(sortFindings(findings), { sources: texts })}\n`);
  if (findings.some(({ severity }) => severity === "error")) process.exitCode = 1;
}

function warning(left: LeftAsItIs): Finding {
  return { severity: "warning", rule: "ORDER_LEFT", ...left };
}

function note(csv: number, yaml: number, changed: number, flags: Flags): void {
  if (csv > 0) process.stderr.write(`${counted(csv, "CSV file")} left alone: only YAML is formatted\n`);
  if (flags.stdout === true || changed === 0) return;
  const what = flags.check === true ? "would change; run sei-roster format" : "changed";
  process.stderr.write(`${changed} of ${counted(yaml, "YAML file")} ${what}\n`);
}
