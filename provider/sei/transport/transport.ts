import { setTimeout as sleep } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { errorFromAnswer, htmlTitle, isHtml } from "../errors/from-answer.js";
import { type Call, callOf, callText, type SeiError } from "../errors/sei-error.js";
import {
  CancelledError,
  GatewayError,
  RedirectedError,
  UncertainWriteError,
  UnreadableAnswerError,
} from "../errors/transport-errors.js";
import { type Auth, type AuthForm, authFormText } from "./auth.js";
import { brokenTry } from "./failure.js";
import { Limiter } from "./limiter.js";
import type { Answer, AnswerSeen, SeiRequest, WriteSeen } from "./request.js";
import { requestIdOf } from "./request-id.js";
import { type Failure, RetryBudget, type RetrySettings, retryDelay } from "./retry.js";
import { type EncodedBody, encodeBody, type RawAnswer, sendOnce } from "./send.js";

export interface TransportSettings {
  readonly endpoint: string;
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly retry: RetrySettings;
  readonly userAgent: string;
  readonly signal?: AbortSignal | undefined;
  /** From then on no write is begun, nor tried again; the one under way is finished, and reads go on. */
  readonly stopWrites?: AbortSignal | undefined;
  readonly onWait?: ((message: string) => void) | undefined;
  /** Told of every answer to a write, before anything is made of it. */
  readonly onWrite?: ((seen: WriteSeen) => void) | undefined;
  /** Told of every answer to anything. */
  readonly onAnswer?: ((seen: AnswerSeen) => void) | undefined;
}

/** What one try came to. */
type Try =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "failure"; readonly failure: Failure; readonly error: SeiError };

/** Sends requests with the key, one timeout each, retries out of one budget, and turns what is no success into errors. */
export class Transport {
  readonly settings: TransportSettings;
  readonly #auth: Auth;
  readonly #dispatcher: Dispatcher;
  readonly #scrub: (text: string) => string;
  readonly #limiter: Limiter;
  readonly #budget: RetryBudget;
  /** After a 429 the whole connection waits, not only the request that got it. */
  #pausedUntil = 0;

  constructor(settings: TransportSettings, auth: Auth, dispatcher: Dispatcher, scrub: (text: string) => string) {
    this.settings = settings;
    this.#auth = auth;
    this.#dispatcher = dispatcher;
    this.#scrub = scrub;
    this.#limiter = new Limiter(settings.concurrency);
    this.#budget = new RetryBudget(settings.retry.budgetMs);
  }

  /**
   * Sends until there is a 2xx, read to its end.
   *
   * @throws SeiError of the class that fits; for a write that may have been received, an UncertainWriteError.
   */
  async send(request: SeiRequest): Promise<Answer> {
    const body = request.body === undefined ? null : await encodeBody(request.body);
    for (let attempt = 1; ; attempt += 1) {
      const outcome = await this.#limiter.run(async () => {
        await this.#wait(this.#pausedUntil - Date.now(), request);
        if (this.#isStopped(request)) throw new CancelledError(callOf(request));
        return this.#try(request, body);
      });
      if (outcome.kind === "answer") {
        this.#budget.repay(this.settings.retry.baseMs);
        return outcome.answer;
      }
      const delay = this.#nextDelay(request, outcome.failure, attempt);
      if (delay === null) throw finalError(request, outcome.failure, outcome.error);
      this.settings.onWait?.(
        `${outcome.error.status === null ? outcome.error.message : `${callText(request)} answered ${outcome.error.status}.`} Trying again in ${(delay / 1000).toFixed(1)} s (try ${attempt + 1} of ${this.settings.retry.attempts}).`,
      );
      await this.#wait(delay, request);
      if (this.#isStopped(request)) throw finalError(request, outcome.failure, outcome.error);
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  /** null: give up. */
  #nextDelay(request: SeiRequest, failure: Failure, attempt: number): number | null {
    if (this.settings.signal?.aborted === true || this.#isStopped(request)) return null;
    const now = Date.now();
    const delay = retryDelay(request.effect, failure, attempt, this.settings.retry, Math.random(), now);
    if (delay === null) return null;
    if (failure.kind !== "status" || failure.status !== 429) return this.#budget.spend(delay) ? delay : null;
    // Requests that wait side by side wait once.
    const more = Math.max(0, now + delay - Math.max(now, this.#pausedUntil));
    if (!this.#budget.spend(more)) return null;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + delay);
    return delay;
  }

  #isStopped({ effect }: SeiRequest): boolean {
    return effect !== "read" && this.settings.stopWrites?.aborted === true;
  }

  /** A write that must not be begun any more is not waited for: this returns early. */
  async #wait(ms: number, request: SeiRequest): Promise<void> {
    if (ms <= 0) return;
    const { signal, stopWrites } = this.settings;
    const ends = [signal, request.effect === "read" ? undefined : stopWrites].filter((one) => one !== undefined);
    try {
      await sleep(ms, undefined, ends.length === 0 ? {} : { signal: AbortSignal.any(ends) });
    } catch {
      if (signal?.aborted === true) throw new CancelledError(callOf(request));
    }
  }

  /** One try in every form of authentication that is still open. */
  async #try(request: SeiRequest, body: EncodedBody | null): Promise<Try> {
    const forms = this.#auth.forms();
    let first: Try | null = null;
    for (const [index, form] of forms.entries()) {
      const tried = forms.slice(0, index + 1).map(authFormText);
      const outcome = await this.#tryForm(request, body, form, tried);
      const status = outcome.kind === "failure" ? outcome.error.status : null;
      // Some gateways answer 403 when they do not find the key where they look for it.
      const unknownKey = status === 401 || (status === 403 && forms.length > 1);
      if (!unknownKey) {
        if (outcome.kind === "answer") this.#auth.accept(form);
        return outcome;
      }
      // A 403 says more than the 401 of the other form.
      if (first === null || status === 403) first = outcome;
      else if (first.kind === "failure" && first.error.status === 401) first = outcome;
    }
    if (first === null) throw new Error("no form of authentication");
    return first;
  }

  async #tryForm(
    request: SeiRequest,
    body: EncodedBody | null,
    form: AuthForm,
    tried: readonly string[],
  ): Promise<Try> {
    const call = callOf(request);
    const start = performance.now();
    const raw = await this.#follow(request, body, form, call);
    if ("failure" in raw) return raw;
    this.#tell(request, call, raw, performance.now() - start);
    return this.#read(request, call, raw, tried);
  }

  #tell({ effect, about }: SeiRequest, call: Call, { status, headers, text }: RawAnswer, ms: number): void {
    const { onAnswer, onWrite } = this.settings;
    const told = effect === "read" ? undefined : onWrite;
    if (onAnswer === undefined && told === undefined) return;
    // A page of people is not parsed once more for an id that nobody has ever seen in one.
    const id = requestIdOf(headers, effect === "read" && status < 300 ? undefined : parseJson(text));
    const seen = { call, status, requestId: id === null ? null : this.#scrub(id) };
    onAnswer?.({ ...seen, ms });
    told?.({ ...seen, about: about ?? null });
  }

  /** Sends, and follows redirects within the endpoint's origin. */
  async #follow(
    request: SeiRequest,
    body: EncodedBody | null,
    form: AuthForm,
    call: Call,
  ): Promise<RawAnswer | (Try & { kind: "failure" })> {
    const { endpoint, timeoutMs, userAgent } = this.settings;
    const origin = new URL(endpoint).origin;
    let url = urlOf(endpoint, request);
    const headers = { accept: request.accept, "user-agent": userAgent, ...this.#auth.headers(form) };
    for (let hop = 0; ; hop += 1) {
      const timer = deadline(timeoutMs, this.settings.signal);
      let raw: RawAnswer;
      try {
        raw = await sendOnce(this.#dispatcher, url, request, headers, body, timer.signal);
      } catch (thrown) {
        return { kind: "failure", ...brokenTry(thrown, call, endpoint, timeoutMs, timer.stopped()) };
      } finally {
        timer.clear();
      }
      const location = raw.headers.get("location");
      if (raw.status < 300 || raw.status > 399 || location === undefined) return raw;
      const to = URL.canParse(location, url) ? new URL(location, url) : null;
      const keepsMethod = request.effect === "read" || raw.status === 307 || raw.status === 308;
      if (to === null || to.origin !== origin || !keepsMethod || hop >= 3) {
        const where = to === null ? "an unreadable address" : this.#scrub(`${to.origin}${to.pathname}`);
        return {
          kind: "failure",
          failure: { kind: "hopeless" },
          error: new RedirectedError(call, raw.status, where),
        };
      }
      url = to.href;
    }
  }

  #read(request: SeiRequest, call: Call, raw: RawAnswer, authFormsTried: readonly string[]): Try {
    const { status } = raw;
    const type = raw.headers.get("content-type") ?? "";
    const json = parseJson(raw.text);
    if (status < 200 || status > 299) {
      const retryAfter = raw.headers.get("retry-after") ?? null;
      const text = this.#scrub(raw.text);
      // Parsed again, so that nothing which quotes it can hold the key.
      const answer = { call, effect: request.effect, status, retryAfter, text, json: parseJson(text), authFormsTried };
      return {
        kind: "failure",
        failure: { kind: "status", status, retryAfter },
        error: errorFromAnswer(answer, Date.now()),
      };
    }
    if (isHtml(raw.text)) {
      const error = new GatewayError(call, status, this.#scrub(htmlTitle(raw.text)));
      return { kind: "failure", failure: { kind: "status", status, retryAfter: null }, error };
    }
    if (json === undefined && raw.text.trim() !== "" && claimsJson(type, raw.text)) {
      const error = new UnreadableAnswerError(
        call,
        status,
        `its JSON is cut off or broken after ${raw.text.length} characters. Run it again`,
      );
      return { kind: "failure", failure: { kind: "lost", slow: false }, error };
    }
    return { kind: "answer", answer: { call, status, headers: raw.headers, text: raw.text, json } };
  }
}

function finalError(request: SeiRequest, failure: Failure, error: SeiError): SeiError {
  if (request.effect !== "write") return error;
  const maybeReceived =
    failure.kind === "lost" || (failure.kind === "status" && (failure.status < 300 || failure.status >= 500));
  return maybeReceived ? new UncertainWriteError(callOf(request), error) : error;
}

function urlOf(endpoint: string, request: SeiRequest): string {
  const query = new URLSearchParams(request.query?.map(([name, value]): [string, string] => [name, value]) ?? []);
  return `${endpoint}${request.path}${query.size === 0 ? "" : `?${query}`}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Some servers label everything as JSON, also the plain text `ok`; text that starts like JSON is meant to be JSON. */
function claimsJson(contentType: string, text: string): boolean {
  return /^\s*[[{]/.test(text) && (/json/i.test(contentType) || !/csv/i.test(contentType));
}

/** A signal that fires after a time or with the caller's, and says which it was. */
function deadline(ms: number, outer: AbortSignal | undefined) {
  const inner = new AbortController();
  let stopped: "timeout" | "cancelled" | null = null;
  function stop(why: "timeout" | "cancelled"): void {
    stopped ??= why;
    inner.abort();
  }
  const onOuter = () => stop("cancelled");
  const timer = setTimeout(() => stop("timeout"), ms);
  if (outer?.aborted === true) onOuter();
  else outer?.addEventListener("abort", onOuter, { once: true });
  return {
    signal: inner.signal,
    stopped: () => stopped as "timeout" | "cancelled" | null,
    clear: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", onOuter);
    },
  };
}
