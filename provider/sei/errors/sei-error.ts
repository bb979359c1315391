/** Which request: never with its query, which may name people. */
export interface Call {
  readonly method: string;
  /** Below the base URL: `/v2/developers`. */
  readonly path: string;
}

/** What every error of the client knows. */
export interface SeiErrorFacts {
  readonly call?: Call | null | undefined;
  readonly status?: number | null | undefined;
  readonly cause?: unknown;
  /** What to do about it, in words of ours alone. */
  readonly todo?: string | undefined;
}

/**
 * Anything that went wrong between us and the API. There is one small class per failure that a user can act on.
 * The message says which request, what the API said (cut short, without addresses of people) and what to do; it never
 * holds the key.
 *
 * @example
 * try { await reader.readRoster({ identities: false }); }
 * catch (error) { if (error instanceof SeiError) console.error(error.message); else throw error; }
 */
export class SeiError extends Error {
  /** null: the failure belongs to no single request. */
  readonly call: Call | null;
  /** The HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** What to do about it, without a word of the API and without people; "" where the message says no more. */
  declare readonly todo: string;

  constructor(message: string, facts: SeiErrorFacts = {}) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause });
    // Not enumerable, as with the built-in errors: else it is printed twice.
    Object.defineProperty(this, "name", { value: new.target.name, configurable: true, writable: true });
    this.call = facts.call ?? null;
    this.status = facts.status ?? null;
    // Not enumerable: it stands in the message.
    Object.defineProperty(this, "todo", { value: facts.todo ?? "" });
  }
}

/** Of a request no more than a message may have: its body holds people. */
export function callOf({ method, path }: Call): Call {
  return { method, path };
}

/** Whether a failure is an answer with one of these statuses. */
export function hasStatus(
  error: unknown,
  statuses: ReadonlySet<number>,
): error is SeiError & { readonly status: number } {
  return error instanceof SeiError && error.status !== null && statuses.has(error.status);
}

/** `GET /v2/developers`. */
export function callText(call: Call): string {
  return `${call.method} ${call.path}`;
}

/** One message out of its parts; what is "" is left out. */
export function sentences(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** `The API said: "..."`, or "" when it said nothing. */
export function saidText(said: string): string {
  return said === "" ? "" : `The API said: "${said}".`;
}
