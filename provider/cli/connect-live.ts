import { type Command, Option } from "commander";
import type { Progress } from "../report/progress.js";
import type { Generation } from "../roster/generation.js";
import type { AnswerSeen, ConnectOptions, SeiClient } from "../sei/client.js";
import { progressOnStderr } from "./progress-on-stderr.js";
import { say } from "./say.js";

/** The options of a command that talks to an account. */
export interface LiveFlags {
  readonly endpoint?: string;
  readonly region?: string;
  readonly account?: string;
  readonly generation?: Generation;
  readonly verbose?: true;
  readonly quiet?: true;
}

/** Where to connect, as whom. */
export interface LiveSettings {
  readonly endpoint: string;
  readonly region: string;
  /** "" when the key alone names it. */
  readonly account: string;
  readonly apiKey: string;
  readonly auth: Auth;
  readonly generation: Generation;
}

/** What a command gets that changes nothing. */
export type ReadingClient = Pick<SeiClient, "reader" | "close"> & {
  readonly contributors: Pick<SeiClient["contributors"], "reader">;
};

const AUTHS = ["auto", "x-api-key", "authorization"] as const;
type Auth = (typeof AUTHS)[number];
/** As `GENERATIONS`: a command starts without its module. */
const SPOKEN: readonly Generation[] = ["v2", "previous"];

/** Adds the options that say which account is meant. The key has none: a command line is seen by everybody. */
export function withLiveOptions(command: Command): Command {
  return command
    .option("--endpoint <url>", "base URL of the API (default: SEI_ENDPOINT)")
    .option("--region <name>", "instead of an endpoint: prod1, prod2 or eu (default: SEI_REGION)")
    .option("--account <id>", "sent as Harness-Account (default: SEI_ACCOUNT)")
    .addOption(
      new Option(
        "--generation <which>",
        "the endpoints that the account speaks (default: SEI_GENERATION, or v2)",
      ).choices(SPOKEN),
    )
    .option("--verbose", "a line on stderr for every answer, with the server's id of the request");
}

/** Explains the environment, for the help of such a command. */
export const LIVE_HELP = `
Environment: SEI_API_KEY (required), SEI_ENDPOINT or SEI_REGION, SEI_ACCOUNT, SEI_GENERATION (v2 or previous), SEI_AUTH
(${AUTHS.join(", ")}).
An option comes before a variable.`;

/**
 * Reads the settings: options come before the environment.
 *
 * @throws Error of one sentence that says what to set
 */
export function liveSettings(flags: LiveFlags, env: NodeJS.ProcessEnv): LiveSettings {
  const variable = (name: string): string => env[name]?.trim() ?? "";
  const apiKey = variable("SEI_API_KEY");
  if (apiKey === "") throw new Error("there is no API key: set the environment variable SEI_API_KEY");
  const generation = flags.generation ?? oneOf("SEI_GENERATION", variable, SPOKEN, "v2");
  const auth = oneOf("SEI_AUTH", variable, AUTHS, "auto");
  return { ...placeOf(flags, variable), account: accountOf(flags, variable), apiKey, auth, generation };
}

/**
 * A connection that can only read.
 *
 * @throws Error when something is not set, or cannot be used; nothing is sent before the first call
 */
export function connectToRead(flags: LiveFlags): Promise<ReadingClient> {
  return connectLive(flags);
}

/** What a command that writes wants besides: to end it, and to know of it. */
export type WriteControl = Pick<ConnectOptions, "stopWrites" | "onWrite">;

/** A connection, and how far the work on it is. */
export interface LiveClient extends SeiClient {
  readonly progress: Progress;
}

/** A connection that reads and writes. Waits and retries are told on stderr. */
export async function connectLive(flags: LiveFlags, control: WriteControl = {}): Promise<LiveClient> {
  const settings = liveSettings(flags, process.env);
  const { connect, resolveEndpoint } = await import("../sei/client.js");
  const { region, account, ...rest } = settings;
  const endpoint = resolveEndpoint({ endpoint: settings.endpoint, region });
  const stop = new AbortController();
  const progress = progressOnStderr(flags.quiet === true);
  const client = connect({
    ...rest,
    ...control,
    endpoint,
    account,
    signal: stop.signal,
    onWait: say,
    onAnswer(seen) {
      if (flags.verbose === true) say(answerLine(seen));
      progress.answered();
    },
  });
  return {
    ...client,
    progress,
    // One of several requests has failed, the others would be tried again and again.
    close() {
      progress.end();
      stop.abort();
      return client.close();
    },
  };
}

/** An answer as `--verbose` tells it. */
export function answerLine({ call: { method, path }, status, ms, requestId }: AnswerSeen): string {
  return `${method} ${path} ${status} in ${Math.round(ms)} ms${requestId === null ? "" : `, request ${requestId}`}`;
}

type Variable = (name: string) => string;

/** An option replaces both variables: a region on the command line is not in conflict with SEI_ENDPOINT. */
function placeOf(flags: LiveFlags, variable: Variable): Pick<LiveSettings, "endpoint" | "region"> {
  const flagged = flags.endpoint !== undefined || flags.region !== undefined;
  const endpoint = flagged ? given("--endpoint", flags.endpoint) : variable("SEI_ENDPOINT");
  const region = flagged ? given("--region", flags.region) : variable("SEI_REGION");
  if (endpoint !== "" && region !== "") {
    const names = flagged ? "--endpoint and --region" : "SEI_ENDPOINT and SEI_REGION";
    throw new Error(`both ${names} are set: set one of them`);
  }
  if (endpoint === "" && region === "") {
    throw new Error(
      "there is no endpoint: set SEI_REGION (prod1, prod2 or eu) or SEI_ENDPOINT, or give --endpoint URL",
    );
  }
  return { endpoint, region };
}

function accountOf({ account }: LiveFlags, variable: Variable): string {
  return account === undefined ? variable("SEI_ACCOUNT") : given("--account", account);
}

/** An empty option is what a variable of a script leaves that was never set: nobody means the default by it. */
function given(option: string, text: string | undefined): string {
  if (text === undefined) return "";
  if (text.trim() === "") throw new Error(`${option} is empty: give it a value, or leave it out`);
  return text.trim();
}

function oneOf<T extends string>(name: string, variable: Variable, known: readonly T[], standard: T): T {
  const text = variable(name);
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  if (text === "") return standard;
  throw new Error(`${name} is ${JSON.stringify(text)}; it must be one of ${known.join(", ")}`);
}
