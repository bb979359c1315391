import { setTimeout as sleep } from "node:timers/promises";
import { askLicensed } from "./contributors/licensed.js";
import { resolveEndpoint } from "./endpoint.js";
import type { SeiError } from "./errors/sei-error.js";
import { packageVersion } from "./package-version.js";
import { previousRoutes } from "./routes/previous.js";
import { Auth, type AuthChoice, type AuthForm } from "./transport/auth.js";
import { dispatcherFor } from "./transport/dispatcher.js";
import { brokenTry } from "./transport/failure.js";
import { Limiter } from "./transport/limiter.js";
import { scrubber } from "./transport/quote.js";
import type { Answer, AnswerSeen, SeiRequest } from "./transport/request.js";
import { requestIdOf } from "./transport/request-id.js";
import { retryAfterMs } from "./transport/retry.js";
import { type EncodedBody, encodeBody, sendOnce } from "./transport/send.js";

/** What one request came to, of any status; a redirect is not followed. Nothing in it holds the key. */
export type Looked =
  | { readonly kind: "answer"; readonly answer: Answer; readonly ms: number }
  | { readonly kind: "none"; readonly error: SeiError; readonly timedOut: boolean };

/** What to look at, and with what. */
export interface LookWish {
  /** Below the base URL: `/v2/developers/schema`. */
  readonly path: string;
  readonly accept?: SeiRequest["accept"];
  readonly query?: SeiRequest["query"];
  /** How the key is sent; null: not at all. */
  readonly form: AuthForm | null;
  /** Leaves the account out. */
  readonly withoutAccount?: boolean;
  /** The path of another base on the same host, such as `/gratis/sei/api`. The key goes to no other host. */
  readonly basePath?: string;
}

/** Looks at an API without the reading of answers that a client does. It can change nothing. */
export interface Looker {
  /** The forms in which the key may be sent, the likeliest first. */
  readonly forms: readonly AuthForm[];
  get(wish: LookWish): Promise<Looked>;
  /**
   * `POST /v1/sei_contributor/list` with `{}`: a read, although a POST (apidocs, Contributors: "Get list of licensed
   * users").
   */
  licensed(form: AuthForm): Promise<Looked>;
  /** `POST /v2/developers/list`, the first ten: how the previous generation reads. */
  previousList(form: AuthForm): Promise<Looked>;
  close(): Promise<void>;
}

/**
 * Sends single requests, writes too, and tells what came of each: for measuring, not for work. No call rejects, and what
 * an answer means is for the caller to judge.
 */
export interface Trier {
  send(request: SeiRequest, form: AuthForm): Promise<Looked>;
  close(): Promise<void>;
}

export interface LookOptions {
  readonly endpoint: string;
  /** "" when the key alone names it. */
  readonly account: string;
  readonly apiKey: string;
  readonly auth: AuthChoice;
  /** For one request, to the last byte of its answer. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Told of every answer. */
  readonly onAnswer?: ((seen: AnswerSeen) => void) | undefined;
}

/** Some servers count requests by the second: so many at once, and one more try for a 429 or 503. */
const AT_ONCE = 3;
const LONGEST_WAIT_MS = 5_000;

/**
 * Connects to look. Nothing is sent before the first call, and no call rejects.
 *
 * @throws EndpointError when the endpoint cannot be used
 * @example
 * const looked = await lookAt(options).get({ path: "/v2/developers/schema", form: "x-api-key" });
 * if (looked.kind === "answer") console.log(looked.answer.status);
 */
export function lookAt(options: LookOptions): Looker {
  const { auth, look, close } = sender(options);
  return {
    forms: auth.forms(),
    get: ({ path, accept = "application/json", query = [], ...wish }) =>
      look({ method: "GET", path, accept, query, effect: "read" }, wish),
    licensed: (form) => look(askLicensed(), { form }),
    previousList: (form) => look(previousRoutes.list({ index: 0, size: 10 }), { form }),
    close,
  };
}

/**
 * Connects to try. Nothing is sent before the first call. A request is sent a second time only after a 429 or a 503.
 *
 * @throws EndpointError when the endpoint cannot be used
 */
export function trierAt(options: LookOptions): Trier {
  const { look, close } = sender(options);
  return { send: (request, form) => look(request, { form }), close };
}

function sender(options: LookOptions) {
  const endpoint = resolveEndpoint({ endpoint: options.endpoint });
  const key = options.apiKey.trim();
  const scrub = scrubber(key);
  const auth = new Auth(key, options.account, options.auth);
  const withoutAccount = new Auth(key, "", options.auth);
  const dispatcher = dispatcherFor(endpoint, options.timeoutMs);
  const limiter = new Limiter(AT_ONCE);

  async function once(
    url: string,
    request: SeiRequest,
    headers: Record<string, string>,
    body: EncodedBody | null,
  ): Promise<Looked> {
    const call = { method: request.method, path: request.path };
    const timer = AbortSignal.timeout(options.timeoutMs);
    const signal = options.signal === undefined ? timer : AbortSignal.any([timer, options.signal]);
    const begun = performance.now();
    try {
      const raw = await sendOnce(dispatcher, url, request, headers, body, signal);
      const text = scrub(raw.text);
      const seen = new Map([...raw.headers].map(([name, value]) => [name, scrub(value)]));
      const answer = { call, status: raw.status, headers: seen, text, json: parseJson(text) };
      const ms = Math.round(performance.now() - begun);
      options.onAnswer?.({ call, status: raw.status, requestId: requestIdOf(seen, answer.json), ms });
      return { kind: "answer", answer, ms };
    } catch (thrown) {
      const stopped = options.signal?.aborted === true ? "cancelled" : timer.aborted ? "timeout" : null;
      const { error } = brokenTry(thrown, call, endpoint, options.timeoutMs, stopped);
      return { kind: "none", error, timedOut: stopped === "timeout" };
    }
  }

  function look(request: SeiRequest, { form, ...wish }: Omit<LookWish, "path">): Promise<Looked> {
    const base = wish.basePath === undefined ? endpoint : `${new URL(endpoint).origin}${wish.basePath}`;
    const query = new URLSearchParams((request.query ?? []).map(([name, value]): [string, string] => [name, value]));
    const url = `${base}${request.path}${query.size === 0 ? "" : `?${query}`}`;
    const key = form === null ? {} : (wish.withoutAccount === true ? withoutAccount : auth).headers(form);
    const headers = { accept: request.accept, "user-agent": `pulumi-harness-sei/${packageVersion()}`, ...key };
    return limiter.run(async () => {
      const body = request.body === undefined ? null : await encodeBody(request.body);
      const first = await once(url, request, headers, body);
      const wait = waitFor(first);
      if (wait === null) return first;
      await sleep(wait);
      return once(url, request, headers, body);
    });
  }

  return { auth, look, close: () => dispatcher.destroy() };
}

/** Milliseconds until a second try; null when the first stands. */
function waitFor(looked: Looked): number | null {
  if (looked.kind === "none" || ![429, 503].includes(looked.answer.status)) return null;
  const asked = retryAfterMs(looked.answer.headers.get("retry-after") ?? null, Date.now()) ?? 1_000;
  return asked > LONGEST_WAIT_MS ? null : asked;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
