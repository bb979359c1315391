import { setTimeout as sleep } from "node:timers/promises";
import { GENERATIONS, type Generation } from "../roster/generation.js";
import type { SeiApi } from "./api/api.js";
import type { SeiApiWriter } from "./api/api-writer.js";
import { LiveApi } from "./api/live-api.js";
import { LiveApiWriter } from "./api/live-api-writer.js";
import { type Connection, callsOver } from "./connection.js";
import type { ContributorReader, ContributorWriter } from "./contributors/contributors.js";
import { LiveContributorReader } from "./contributors/live-contributor-reader.js";
import { LiveContributorWriter } from "./contributors/live-contributor-writer.js";
import { type EndpointOptions, type Region, resolveEndpoint } from "./endpoint.js";
import { type Call, SeiError } from "./errors/sei-error.js";
import { CancelledError } from "./errors/transport-errors.js";
import { nothingLearned } from "./learned.js";
import { LiveReader } from "./live-reader.js";
import { LiveWriter } from "./live-writer.js";
import { packageVersion } from "./package-version.js";
import type { SeiReader } from "./reader.js";
import { listCall, ROUTES } from "./routes/generations.js";
import { Auth, type AuthChoice } from "./transport/auth.js";
import { dispatcherFor } from "./transport/dispatcher.js";
import { scrubber } from "./transport/quote.js";
import type { AnswerSeen, WriteSeen } from "./transport/request.js";
import { DEFAULT_RETRY, type RetrySettings } from "./transport/retry.js";
import { Transport } from "./transport/transport.js";
import type { SeiWriter } from "./writer.js";

export type { Generation } from "../roster/generation.js";
export { type Region, resolveEndpoint } from "./endpoint.js";
export type { AnswerSeen, WriteSeen } from "./transport/request.js";

/** Where to connect, as whom, and how patiently. */
export interface ConnectOptions extends EndpointOptions {
  /** The base URL, which ends before `/v2`; or a region. */
  readonly endpoint?: string | undefined;
  readonly region?: Region | undefined;
  /** The account id, sent as `Harness-Account`; leave it out when the key alone names the account. */
  readonly account?: string | undefined;
  readonly apiKey: string;
  /** Which endpoints the account speaks: `previous` for one that has not moved. Default `v2`. */
  readonly generation?: Generation | undefined;
  /** How the key is sent. Default `auto`: `x-api-key`, and if that is refused, `Authorization: ApiKey`, then the older forms. */
  readonly auth?: AuthChoice | undefined;
  /** For one request, from sending to the last byte of the answer. Default 60,000. */
  readonly timeoutMs?: number | undefined;
  /** Stops everything that is under way. */
  readonly signal?: AbortSignal | undefined;
  /** From then on no write is begun, nor tried again: the one under way is finished, and reads go on. */
  readonly stopWrites?: AbortSignal | undefined;
  /** Told of every answer to a write, also of one that is an error. */
  readonly onWrite?: ((seen: WriteSeen) => void) | undefined;
  /** Told of every answer to any request, also of one that is an error. */
  readonly onAnswer?: ((seen: AnswerSeen) => void) | undefined;
  /** Requests under way at once. Writes go one by one in any case. Default 4. */
  readonly concurrency?: number | undefined;
  /** Told before every wait: which request, why, how long. */
  readonly onWait?: ((message: string) => void) | undefined;
  readonly retry?: Partial<RetrySettings> | undefined;
  /** Waits before reading again when two answers of the API disagree. Default 300 and 1,500. */
  readonly rereadMs?: readonly number[] | undefined;
}

export interface SeiClient {
  readonly reader: SeiReader;
  readonly writer: SeiWriter;
  /** The v1 API (SEI 1.0) of the same account; it need not have one. */
  readonly contributors: { readonly reader: ContributorReader; readonly writer: ContributorWriter };
  /** One function for each documented request that reads. */
  readonly api: SeiApi;
  /** One function for each documented request that changes the account: no plan, no guards. */
  readonly apiWriter: SeiApiWriter;
  /** Drops the connections. */
  close(): Promise<void>;
}

/** Longer than any header: kept out of the error, and refused before undici quotes it. */
const FIT_FOR_A_HEADER = /^[\x21-\x7e]+$/;

/**
 * A client of the live API. Nothing is sent before the first call.
 *
 * @throws EndpointError when there is no usable endpoint; SeiError when there is no usable key
 * @example
 * const options = { endpoint: process.env.SEI_ENDPOINT, apiKey: process.env.SEI_API_KEY ?? "" }; // or region: "prod1"
 * const { reader, close } = connect(options);
 * const live = await reader.readRoster({ identities: false });
 * console.log(live.developers.size, live.completeness.proven); // 3 true
 * await close();
 */
export function connect(options: ConnectOptions): SeiClient {
  const endpoint = resolveEndpoint(options);
  const key = options.apiKey.trim();
  if (key === "") throw new SeiError("There is no API key. Set SEI_API_KEY.");
  if (!FIT_FOR_A_HEADER.test(key))
    throw new SeiError("The API key has characters that no key has (white space or non-ASCII).");
  const account = options.account?.trim() ?? "";
  if (account !== "" && !FIT_FOR_A_HEADER.test(account))
    throw new SeiError("The account id has characters that no id has.");
  const generation = options.generation ?? "v2";
  if (!GENERATIONS.includes(generation)) {
    throw new SeiError(`The generation is ${JSON.stringify(generation)}; it must be one of ${GENERATIONS.join(", ")}.`);
  }
  const timeoutMs = options.timeoutMs ?? 60_000;
  const concurrency = options.concurrency ?? 4;
  const scrub = scrubber(key);
  const transport = new Transport(
    {
      endpoint,
      timeoutMs,
      concurrency,
      retry: { ...DEFAULT_RETRY, ...options.retry },
      userAgent: `pulumi-harness-sei/${packageVersion()}`,
      signal: options.signal,
      stopWrites: options.stopWrites,
      onWait: options.onWait,
      onWrite: options.onWrite,
      onAnswer: options.onAnswer,
    },
    new Auth(key, account, options.auth ?? "auto"),
    dispatcherFor(endpoint, timeoutMs),
    scrub,
  );
  const routes = ROUTES[generation];
  const shared = {
    ...callsOver(transport, scrub),
    concurrency,
    rereadMs: options.rereadMs ?? [300, 1500],
    wait: (ms: number) => wait(ms, options.signal, listCall(routes)),
  };
  const contributors = new LiveContributorReader(shared);
  const target = { endpoint, account };
  const connection: Connection = { ...shared, target, generation, routes, contributors, learned: nothingLearned() };
  return {
    reader: new LiveReader(connection),
    writer: new LiveWriter(connection),
    contributors: { reader: contributors, writer: new LiveContributorWriter(connection, contributors) },
    api: new LiveApi(connection),
    apiWriter: new LiveApiWriter(connection),
    close: () => transport.close(),
  };
}

/** @param before what is read again after it */
async function wait(ms: number, signal: AbortSignal | undefined, before: Call): Promise<void> {
  try {
    await sleep(ms, undefined, signal === undefined ? {} : { signal });
  } catch {
    throw new CancelledError(before);
  }
}
