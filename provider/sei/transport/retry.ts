import type { Effect } from "./request.js";

/** How a try failed, as far as retrying is concerned. */
export type Failure =
  /** An answer with this status, and its Retry-After header. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter: string | null }
  /** Surely never received, and it may work in a moment: connection refused, connect timeout, a DNS hiccup. */
  | { readonly kind: "notConnected" }
  /** Surely never received, and it will not work in a moment either: no such host, no trusted certificate. */
  | { readonly kind: "hopeless" }
  /** Sent, or half sent, and no whole answer: reset, timeout, truncated JSON. */
  | { readonly kind: "lost"; readonly slow: boolean };

export interface RetrySettings {
  /** Tries of one request, the first included. */
  readonly attempts: number;
  /** The first wait is up to this, the next up to twice that, and so on. */
  readonly baseMs: number;
  /** No wait of our own is longer. */
  readonly capMs: number;
  /** A Retry-After that asks for more is not waited for: the request fails and says so. */
  readonly maxRetryAfterMs: number;
  /** Waiting that a connection may do in all; answers that come pay a little of it back. */
  readonly budgetMs: number;
}

export const DEFAULT_RETRY: RetrySettings = {
  attempts: 6,
  baseMs: 500,
  capMs: 20_000,
  maxRetryAfterMs: 90_000,
  budgetMs: 300_000,
};

/**
 * Whether the same request may be sent again after this failure. A write is, only when it surely was not received.
 *
 * @example
 * mayRetry("write", { kind: "status", status: 503, retryAfter: null }); // false: it may have been done
 * mayRetry("write", { kind: "status", status: 429, retryAfter: "1" }); // true
 */
function mayRetry(effect: Effect, failure: Failure): boolean {
  switch (failure.kind) {
    case "hopeless":
      return false;
    case "notConnected":
      return true;
    case "lost":
      return effect !== "write";
    case "status":
      return failure.status === 429 || (effect !== "write" && [502, 503, 504].includes(failure.status));
  }
}

/**
 * Milliseconds to wait before try number `attempt` + 1, or null to give up. Exponential with full jitter; a Retry-After
 * is a lower bound.
 *
 * @param attempt the tries so far, from 1
 * @param random 0 to 1
 * @param nowMs for a Retry-After that is a date
 * @example
 * retryDelay("read", { kind: "status", status: 429, retryAfter: "2" }, 1, DEFAULT_RETRY, 0.5, Date.now()); // 2000
 */
export function retryDelay(
  effect: Effect,
  failure: Failure,
  attempt: number,
  settings: RetrySettings,
  random: number,
  nowMs: number,
): number | null {
  if (!mayRetry(effect, failure)) return null;
  // A whole timeout was already spent on each of these.
  const attempts = failure.kind === "lost" && failure.slow ? Math.min(2, settings.attempts) : settings.attempts;
  if (attempt >= attempts) return null;
  const own = random * Math.min(settings.capMs, settings.baseMs * 2 ** (attempt - 1));
  if (failure.kind !== "status") return own;
  const asked = retryAfterMs(failure.retryAfter, nowMs) ?? 0;
  return asked > settings.maxRetryAfterMs ? null : Math.max(own, asked);
}

/**
 * A Retry-After header in milliseconds, never negative; null when there is none or it says nothing.
 *
 * @example
 * retryAfterMs("2", 0); // 2000
 * retryAfterMs("Thu, 01 Jan 1970 00:00:05 GMT", 1000); // 4000
 */
export function retryAfterMs(header: string | null, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  // A date has letters; Date.parse would also take "-1".
  const date = /[a-z]/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/** The waiting that one connection may do, over all its requests. */
export class RetryBudget {
  #leftMs: number;
  readonly #fullMs: number;

  constructor(fullMs: number) {
    this.#fullMs = fullMs;
    this.#leftMs = fullMs;
  }

  /** Takes it, and says whether there was enough. */
  spend(ms: number): boolean {
    if (ms > this.#leftMs) return false;
    this.#leftMs -= ms;
    return true;
  }

  /** An answer came: a long run against a slow-paced API must not run dry while it makes progress. */
  repay(ms: number): void {
    this.#leftMs = Math.min(this.#fullMs, this.#leftMs + ms);
  }
}
