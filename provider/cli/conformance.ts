import { Command, InvalidArgumentError, Option } from "commander";
import { withConfigOption } from "./config.js";
import { LIVE_HELP, type LiveFlags, withLiveOptions } from "./connect-live.js";
import { secondsFrom } from "./doctor.js";

/** The options of `sei-roster conformance`. */
export interface ConformanceFlags extends LiveFlags {
  readonly output: "text" | "json";
  readonly timeout: number;
  readonly write?: true;
  readonly clean?: true;
  readonly maxDevelopers: number;
  readonly integration?: number;
  readonly yes?: true;
}

/** `sei-roster conformance`: says which of the things that this package takes for granted hold on a server. */
export function conformanceCommand(): Command {
  const command = new Command("conformance")
    .description("say which assumptions about undocumented behaviour hold on an account; only reads, without --write")
    .addOption(new Option("--output <format>", "how it is told").choices(["text", "json"]).default("text"))
    .option("--write", "try writes too, on people made up for it, in the account that --account names")
    .option("--max-developers <n>", "with --write: an account with more developers is refused", countFrom, 200)
    .option(
      "--integration <id>",
      "with --write: where identities are tried (default: one that somebody has)",
      countFrom,
    )
    .option("--clean", "with --write: only delete made-up people that an earlier run has left")
    .option("--yes", "with --write: do not ask")
    .option("--timeout <seconds>", "for one request", secondsFrom, 15);
  return withConfigOption(withLiveOptions(command))
    .addHelpText("after", HELP)
    .action(async (flags: ConformanceFlags) => {
      const named = command.getOptionValueSource("account") === "cli";
      const { runConformance } = await import("./run-conformance.js");
      process.exitCode = await runConformance(flags, named);
    });
}

const HELP = `
The documents do not show every answer. This looks at how an account really answers, and says for each assumption
whether it holds, differs (and whether that does harm), or could not be tested.

With --write it makes people up (conformance-…@example.com), tries on them what only writes show, and deletes them, also
when it fails or is interrupted (Ctrl-C). Use a project that is made for tests: an approved re-upload is among the trials,
and everybody in the account is in it. Nobody else is written about, and none is approved that would change anybody else.
${LIVE_HELP}

Exit code: 0 all that was tested holds; 2 some differ; 3 refused; 130 interrupted; 1 for an error, or when made-up people
may be left.

Examples:
  sei-roster conformance
  sei-roster conformance --output json
  sei-roster conformance --write --account ACCOUNT --yes`;

function countFrom(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}
