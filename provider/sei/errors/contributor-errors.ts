import { type Call, callText, SeiError, sentences } from "./sei-error.js";

/**
 * The v1 API does not answer here: an account of SEI 2.0 alone, or another endpoint. `cause` has what came instead.
 *
 * @example
 * if (error instanceof ContributorsMissingError) console.error("this account has no SEI 1.0");
 */
export class ContributorsMissingError extends SeiError {
  override readonly cause: SeiError;
  constructor(call: Call, cause: SeiError & { readonly status: number }) {
    const todo =
      cause.status === 401
        ? "The API answers 401 also to a path that it does not have: if the same key reads v2, this account has no v1. Else check the key."
        : "This account may have no SEI 1.0; if it has, check the endpoint: it must end before /v1.";
    super(sentences(`The v1 API (SEI 1.0) does not answer here: ${callText(call)} gave ${cause.status}.`, todo), {
      call,
      status: cause.status,
      cause,
      todo,
    });
    this.cause = cause;
  }
}

/** 404 to an update: one of the contributors is not there, and v1 does not say which. */
export class ContributorNotFoundError extends SeiError {
  override readonly cause: SeiError;
  constructor(call: Call, cause: SeiError) {
    const todo = "List the contributors again: somebody may have removed one of them.";
    super(sentences(`${callText(call)} answered 404: there is no contributor with one of these ids.`, todo), {
      call,
      status: 404,
      cause,
      todo,
    });
    this.cause = cause;
  }
}

/** The pages of a v1 list contradict each other, also after they were read again: somebody may be missing or double. */
export class UnprovenListError extends SeiError {
  /** Counts and page numbers, never people. */
  readonly flaw: string;
  constructor(call: Call, flaw: string) {
    super(`${callText(call)}: the list could not be read as a whole: ${flaw}. Run it again.`, { call });
    this.flaw = flaw;
  }
}
