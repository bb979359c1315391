import { type Command, Option } from "commander";
import type { Day } from "../roster/day.js";
import type { Prune, Strategy } from "../roster/policy.js";
import type { Scope } from "../roster/scope.js";
import { checksumFrom, dayFrom, emailFrom, fileFrom, scopeFrom, sizeFrom } from "./arguments.js";
import { type LiveFlags, withLiveOptions } from "./connect-live.js";
import { FORMATS, type Format, type OutFile, outFrom } from "./report-formats.js";

/** How a plan is shown. */
export interface ShowFlags {
  readonly output: Format;
  /** Files that the same plan is written to as well. */
  readonly out?: readonly OutFile[];
  readonly maskEmails?: true;
  readonly all?: true;
  readonly quiet?: true;
}

/** A plan that is kept for later. */
export interface PlanFlags extends SourceFlags, OnlyFlags {
  readonly plan?: string;
  /** Another version of the source. */
  readonly against?: readonly string[];
}

/** How a source is planned: flags may only be stricter than what it says itself. */
export interface SourceFlags extends LiveFlags, ShowFlags {
  readonly prune?: Prune;
  readonly strategy: Strategy;
  readonly scope?: Scope;
  readonly asOf?: Day;
  readonly maxFileSize?: number;
}

/** A source of which only some people are planned. */
export interface OnlyFlags {
  /** Keys. */
  readonly only?: readonly string[];
}

/** How a plan is carried out. */
export interface WriteFlags extends LiveFlags, ShowFlags {
  readonly yes?: true;
  readonly checksum?: string;
  readonly audit?: string;
  readonly backup?: string;
  /** A saved plan. */
  readonly plan?: string;
}

/** Adds the options of {@link SourceFlags}. */
export function withSourceOptions(command: Command): Command {
  const PRUNE: readonly Prune[] = ["none", "managed", "all"];
  const STRATEGY: readonly Strategy[] = ["auto", "upsert", "reupload"];
  return command
    .addOption(new Option("--prune <mode>", "who is deleted; may only be stricter than the source").choices(PRUNE))
    .addOption(new Option("--strategy <way>", "how changes are sent").choices(STRATEGY).default("auto"))
    .option("--scope <column=value>", "the part of the account to own; may only be narrower (repeatable)", scopeFrom)
    .option("--as-of <date>", "the day that dates are compared with (default: today in UTC)", dayFrom)
    .option("--max-file-size <size>", "the largest file to read, such as 64MiB (default: 32MiB)", sizeFrom);
}

/** Adds the option of {@link OnlyFlags}. */
export function withOnlyOption(command: Command): Command {
  return command.option("--only <email>", "plan this developer and nobody else (repeatable)", emailFrom);
}

/** Adds the options of {@link ShowFlags}, and where the account is. */
export function withShowOptions(command: Command): Command {
  command
    .addOption(new Option("--output <format>", "how the plan is written").choices(FORMATS).default("text"))
    .option("--out <file>", "write the same plan to a .txt, .json, .md or .html file as well (repeatable)", outFrom)
    .option("--mask-emails", "name nobody: a***@example.com, no names and no values; for what is public")
    .option("--all", "a line for every developer; text shows the first 200 else")
    .option("--quiet", "say nothing when there is nothing to say");
  return withLiveOptions(command);
}

/** Adds the options of {@link WriteFlags}. */
export function withWriteOptions(command: Command): Command {
  return command
    .option("--yes", "do not ask")
    .option("--checksum <sum>", "apply this reviewed plan and no other: its checksum, 16 digits or more", checksumFrom)
    .option("--audit <file>", "append a JSON line for everything that is done", fileFrom)
    .option("--backup <file>", "where the live roster is saved first (default: the cache folder)", fileFrom);
}
