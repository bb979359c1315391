import { Command, InvalidArgumentError, Option } from "commander";
import type { ConnectOptions } from "../sei/client.js";
import { fileFrom } from "./arguments.js";
import { withConfigOption } from "./config.js";
import { answerLine, LIVE_HELP, type LiveFlags, liveSettings, withLiveOptions } from "./connect-live.js";
import { EXIT } from "./exit-codes.js";
import { print, say } from "./say.js";

interface Flags extends LiveFlags {
  readonly output: "text" | "json";
  readonly maskEmails?: true;
  readonly shapes?: string;
  readonly timeout: number;
}

/** Tries are cheaper than patience here: what does not answer is what the doctor is to say. */
const RETRY = { attempts: 2, capMs: 2_000, maxRetryAfterMs: 10_000, budgetMs: 20_000 };
/** Reading everybody takes many requests. */
const REQUESTS_OF_PATIENCE = 8;

/** `sei-roster doctor`: says whether the key, the endpoint and the account are fit for the other commands. Only reads. */
export function doctorCommand(): Command {
  const command = new Command("doctor")
    .description("say whether the key, the endpoint and the account are as they should be; nothing is written")
    .addOption(new Option("--output <format>", "how it is told").choices(["text", "json"]).default("text"))
    .option("--mask-emails", "name nobody, only counts; for what is public")
    .option("--shapes <file>", "write how the API answers: keys and types, no values; a new private file", fileFrom)
    .option("--timeout <seconds>", "for one request", secondsFrom, 15);
  return withConfigOption(withLiveOptions(command)).addHelpText("after", HELP).action(run);
}

const HELP = `
One line for each check: ok, warning, problem or unknown, and what to do. Only reads are sent, and the key only to the host
that you name.
${LIVE_HELP}

Exit code: 0 without a problem (warnings are none), 1 with one.

Examples:
  sei-roster doctor --region prod1
  sei-roster doctor --output json --mask-emails
  sei-roster doctor --shapes shapes.json`;

async function run(flags: Flags): Promise<void> {
  const { apiKey, endpoint: named, region, account, auth, generation } = liveSettings(flags, process.env);
  const [{ examinationJson }, { examinationLines }, { examine, hasProblem }, { connect, resolveEndpoint }, { lookAt }] =
    await Promise.all([
      import("../doctor/examination-json.js"),
      import("../doctor/examination-text.js"),
      import("../doctor/examine.js"),
      import("../sei/client.js"),
      import("../sei/look.js"),
    ]);
  const { packageVersion } = await import("../sei/package-version.js");
  if (flags.shapes !== undefined) await mustBeNew(flags.shapes);
  const endpoint = resolveEndpoint({ endpoint: named, region });
  const timeoutMs = flags.timeout * 1_000;
  const stop = new AbortController();
  const settings = { endpoint, account, apiKey, auth, timeoutMs, signal: stop.signal, ...watched(flags) };
  const client = connect({ ...settings, generation, retry: RETRY });
  const looker = lookAt(settings);
  try {
    const examination = await examine({
      endpoint,
      account,
      generation,
      looker,
      reader: client.reader,
      deadlineMs: REQUESTS_OF_PATIENCE * timeoutMs,
      people: flags.maskEmails === true ? "masked" : "names",
      versions: { package: packageVersion(), node: process.versions.node },
    });
    const people = flags.maskEmails === true ? "masked" : "names";
    print(flags.output === "json" ? [examinationJson(examination, people)] : examinationLines(examination, people));
    process.exitCode = hasProblem(examination) ? EXIT.error : EXIT.fine;
    if (flags.shapes === undefined) return;
    const [{ writePrivateFile }, { shapeReportJson }] = await Promise.all([
      import("../apply/private-file.js"),
      import("../doctor/shape/shape-report.js"),
    ]);
    await writePrivateFile(flags.shapes, shapeReportJson(examination.shapes));
    say(`shapes: ${flags.shapes} has keys and types, no values. Read it before you send it to anybody.`);
  } finally {
    stop.abort();
    await Promise.all([client.close(), looker.close()]);
  }
}

function watched({ verbose }: Flags): Pick<ConnectOptions, "onAnswer"> {
  return verbose === true ? { onAnswer: (seen) => say(answerLine(seen)) } : {};
}

async function mustBeNew(file: string): Promise<void> {
  const { access } = await import("node:fs/promises");
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new Error(`--shapes ${file} is there already: name a new file`);
}

/** A time in seconds, as a number. */
export function secondsFrom(text: string): number {
  const seconds = Number(text);
  if (/^\d+(\.\d+)?$/.test(text) && seconds >= 0.1 && seconds <= 600) return seconds;
  throw new InvalidArgumentError("A time is a number of seconds from 0.1 to 600.");
}
