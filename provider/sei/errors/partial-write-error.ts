import { SeiError } from "./sei-error.js";

/**
 * A write in several requests that stopped on the way: the first `done` items are in, the next are not (or, when the
 * cause is an {@link UncertainWriteError}, perhaps).
 *
 * @example
 * if (error instanceof PartialWriteError) console.error(`${error.done} of ${error.total} were taken`);
 */
export class PartialWriteError extends SeiError {
  /** How many items, in the order given, the API took. */
  readonly done: number;
  readonly total: number;
  /** How many requests the API took. */
  readonly batches: number;
  override readonly cause: SeiError;

  constructor(done: number, total: number, batches: number, cause: SeiError) {
    super(
      `${done} of ${total} were taken, in ${batches} ${batches === 1 ? "request" : "requests"}; then: ${cause.message}`,
      { call: cause.call, status: cause.status, cause },
    );
    this.done = done;
    this.total = total;
    this.batches = batches;
    this.cause = cause;
  }
}

/** The failure itself, out of what wraps it (a half-done or an uncertain write). */
export function failureOf(error: SeiError): SeiError {
  return error.cause instanceof SeiError ? failureOf(error.cause) : error;
}
