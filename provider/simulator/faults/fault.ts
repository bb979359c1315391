/** Which requests a fault is for; without a field, any. */
export interface FaultMatch {
  readonly method?: string;
  /** The path behind the base path (`/v2/developers`), whole, or its start followed by `*`. */
  readonly path?: string;
}

/** When a fault happens. */
export interface FaultWhen {
  readonly match?: FaultMatch;
  /** So many matching requests pass before the first that fails. */
  readonly after?: number;
  /** So many matching requests fail; without it, all until the fault is cleared. */
  readonly times?: number;
}

/** What goes wrong. Unless said otherwise the request is not processed. */
export type FaultKind =
  | {
      /** Answers with a status, as the server itself (`json`) or as a gateway in front of it (`html`, `empty`). */
      readonly kind: "status";
      readonly status: number;
      readonly body?: "json" | "html" | "empty";
      /** The `Retry-After` header: seconds, or a date. */
      readonly retryAfter?: number | string;
      /** Processes the request first, as when a gateway gives up on a server that does not. */
      readonly applied?: boolean;
    }
  /** Resets the connection. */
  | { readonly kind: "reset" }
  /** Processes the request, then resets the connection: applied, but no answer. */
  | { readonly kind: "resetAfter" }
  /** Processes the request, and answers so many milliseconds later. */
  | { readonly kind: "slow"; readonly ms: number }
  /** A page (and a CSV) misses its last rows, although the total stands. */
  | { readonly kind: "shortPage"; readonly rows?: number }
  /** A page (and a CSV) has its first row in the place of its last, too. */
  | { readonly kind: "doubledPage" }
  /** A page starts so many rows later than asked, as when somebody was deleted meanwhile; negative: earlier. */
  | { readonly kind: "shiftedPage"; readonly by?: number }
  /** A list (and a CSV) has nobody in it, and says that there is nobody. */
  | { readonly kind: "emptyList" }
  /** Processes the request, and answers the first half of the body as if it were all. */
  | { readonly kind: "truncated" }
  /** Processes the request, and ends the connection in the middle of the body. */
  | { readonly kind: "cut" }
  /** Answers 200 with an HTML page. */
  | { readonly kind: "html" };

export type Fault = FaultWhen & FaultKind;

/** The faults that concern the rows of an answer, not its transport. */
export type RowFault = Extract<FaultKind, { kind: "shortPage" | "doubledPage" | "shiftedPage" | "emptyList" }>;
