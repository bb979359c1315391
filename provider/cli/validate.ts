import { Command, Option } from "commander";
import type { Day } from "../roster/day.js";
import { dayOf } from "../roster/day.js";
import type { Validation } from "../source/findings/validation.js";
import { dayFrom, sizeFrom, sources } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { sourceGiven } from "./source-given.js";

const OUTPUTS = ["text", "json", "github", "sarif"] as const;
type Output = (typeof OUTPUTS)[number];

interface Flags {
  readonly asOf?: Day;
  readonly output: Output;
  readonly maxFileSize?: number;
  readonly all?: true;
  readonly quiet?: true;
}

/**
 * `sei-roster validate SOURCE...`: checks a source without an account. The findings are the data of this command and
 * go to stdout. It ends with 0 when there is no error, and with 1 else.
 */
export function validateCommand(): Command {
  const command = new Command("validate")
    .description("check roster files, offline: every finding at once, with its place and what to do")
    .argument("[source...]", "files, folders and globs, which make one roster", sources)
    .option("--as-of <date>", "the day that dates are compared with (default: today in UTC)", dayFrom)
    .addOption(new Option("--output <format>", "how the findings are written").choices(OUTPUTS).default("text"))
    .option("--max-file-size <size>", "the largest file to read, such as 64MiB (default: 32MiB)", sizeFrom)
    .option("--all", "show every finding; text shows the first 500 else")
    .option("--quiet", "say nothing when all is well (text and github)");
  return withConfigOption(command).addHelpText("after", HELP).action(validate);
}

const HELP = `
Exit code: 0 without errors (warnings are not), 1 with errors or for wrong usage.

Examples:
  sei-roster validate roster/
  sei-roster validate people.csv "teams/**/*.yaml" --as-of 2026-12-01
  sei-roster validate roster/ --output github                  annotations in GitHub Actions
  sei-roster validate roster/ --output sarif > roster.sarif    for code scanning`;

async function validate(source: readonly string[] | undefined, flags: Flags): Promise<void> {
  const [{ validateSource }, { whileParsing }] = await Promise.all([
    import("../source/findings/validation.js"),
    import("./while-parsing.js"),
  ]);
  const options = {
    asOf: flags.asOf ?? dayOf(new Date()),
    ...(flags.maxFileSize === undefined ? {} : { maxFileSize: flags.maxFileSize }),
  };
  const validation = await whileParsing(flags.quiet === true, (onParsing) =>
    validateSource(sourceGiven(source), { ...options, onParsing }),
  );
  process.exitCode = validation.valid ? 0 : 1;
  const text = await written(validation, flags);
  if (text !== "") process.stdout.write(`${text}\n`);
}

async function written(validation: Validation, { output, all, quiet }: Flags): Promise<string> {
  switch (output) {
    case "text": {
      const { findingsAsText } = await import("../source/findings/findings-as-text.js");
      return findingsAsText(validation, { all: all ?? false, quiet: quiet ?? false });
    }
    case "json": {
      const { findingsAsJson } = await import("../source/findings/findings-as-json.js");
      return findingsAsJson(validation);
    }
    case "github": {
      const { findingsForGitHub } = await import("../source/findings/findings-for-github.js");
      return findingsForGitHub(validation, { quiet: quiet ?? false });
    }
    case "sarif": {
      const [{ findingsAsSarif }, { packageVersion }] = await Promise.all([
        import("../source/findings/findings-as-sarif.js"),
        import("../sei/package-version.js"),
      ]);
      return findingsAsSarif(validation, packageVersion());
    }
  }
}
