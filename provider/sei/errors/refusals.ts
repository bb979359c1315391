import { type Call, callText, hasStatus, SeiError, saidText, sentences } from "./sei-error.js";

/** What a refusal is made of. */
export interface RefusalFacts {
  readonly call: Call;
  readonly status: number;
  /** The message of the API, already quoted safely; "" when it said nothing. */
  readonly said: string;
  /** Whether the request only reads: decides which scope is probably missing. */
  readonly reads: boolean;
}

/** 401 in every form of authentication that was allowed. */
export class UnauthorizedError extends SeiError {
  constructor(facts: RefusalFacts, formsTried: readonly string[]) {
    super(
      sentences(
        `${callText(facts.call)} answered 401: the API does not accept the key (sent as ${formsTried.join(", ")}).`,
        saidText(facts.said),
        "Check that the key is an SEI key of this account and region and has not expired; the API also answers 401 to a path it does not know, so check the endpoint too.",
      ),
      facts,
    );
  }
}

/** 403: the key is known and may not do this. */
export class ForbiddenError extends SeiError {
  /** The scope that the documents ask for here. */
  readonly scope: "developer_records:read" | "developer_records:write";
  constructor(facts: RefusalFacts) {
    const scope = facts.reads ? "developer_records:read" : "developer_records:write";
    const todo = `The key probably lacks the scope ${scope}, belongs to another account, or needs the account named (SEI_ACCOUNT).`;
    super(sentences(`${callText(facts.call)} answered 403: the key may not do this.`, saidText(facts.said), todo), {
      ...facts,
      todo,
    });
    this.scope = scope;
  }
}

/** 404. */
export class NotFoundError extends SeiError {
  constructor(facts: RefusalFacts) {
    super(
      sentences(
        `${callText(facts.call)} answered 404: not found.`,
        saidText(facts.said),
        "Check the endpoint (it must end before /v2) and, for a version, that it still exists.",
      ),
      facts,
    );
  }
}

/** 409: somebody else changed the account in between, or the version is in another state. */
export class ConflictError extends SeiError {
  constructor(facts: RefusalFacts) {
    super(
      sentences(
        `${callText(facts.call)} answered 409: it conflicts with what the account holds now.`,
        saidText(facts.said),
        "Plan again: the account may have changed since it was read.",
      ),
      facts,
    );
  }
}

/** 412: the documents' "Precondition Failed", until the initial setup is done. */
export class SetupRequiredError extends SeiError {
  constructor(facts: RefusalFacts) {
    super(
      sentences(
        `${callText(facts.call)} answered 412: the account has no developer schema yet.`,
        saidText(facts.said),
        "Run the initial setup (upload a CSV and save the field mapping): an apply does it for an account without one.",
      ),
      facts,
    );
  }
}

/** 413, or a 400 that speaks of a size limit, for a request that cannot be made smaller. */
export class TooLargeError extends SeiError {
  constructor(facts: RefusalFacts) {
    super(
      sentences(
        `${callText(facts.call)} answered ${facts.status}: the request is too large for the API.`,
        saidText(facts.said),
      ),
      facts,
    );
  }
}

/** 415. */
export class UnsupportedMediaTypeError extends SeiError {
  constructor(facts: RefusalFacts) {
    super(
      sentences(
        `${callText(facts.call)} answered 415: the API does not take this kind of body here.`,
        saidText(facts.said),
      ),
      facts,
    );
  }
}

/** 429, after every retry that the budget allows. */
export class RateLimitedError extends SeiError {
  /** What the API asked for; null when it did not say. */
  readonly retryAfterMs: number | null;
  constructor(facts: RefusalFacts, retryAfterMs: number | null) {
    const after = retryAfterMs === null ? "later" : `in ${Math.ceil(retryAfterMs / 1000)} s`;
    super(
      sentences(
        `${callText(facts.call)} answered 429: too many requests.`,
        saidText(facts.said),
        `Run it again ${after}.`,
      ),
      facts,
    );
    this.retryAfterMs = retryAfterMs;
  }
}

/** Any other refusal: 400 without a validation list, 405, 406, 422, or a 2xx whose body says that it failed. */
export class RefusedError extends SeiError {
  /** What the API said, safe to print. */
  readonly said: string;
  constructor(facts: RefusalFacts, todo = "") {
    const how =
      facts.status < 300 ? `answered ${facts.status}, but says that it failed` : `was refused with ${facts.status}`;
    super(sentences(`${callText(facts.call)} ${how}.`, saidText(facts.said), todo), facts);
    this.said = facts.said;
  }
}

const METHOD_MISSING = new Set([405, 501]);

/** Whether there is no such method here, whatever is sent with it: 405, or 501 as some gateways say it. */
export function isMethodMissing(error: unknown): boolean {
  return hasStatus(error, METHOD_MISSING);
}
