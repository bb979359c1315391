/** A place in a source. Lines and columns start at 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error refuses the source; a warning is only said. */
export type Severity = "error" | "warning";

/** One thing that is wrong with a source, or that somebody should look at. */
export interface Finding {
  readonly severity: Severity;
  /** A stable name: the API's own error type for its documented rules, else ours in the same style. */
  readonly rule: string;
  /** What is wrong, in one sentence, with the value that is wrong. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
  /** null for a roster declared in code. */
  readonly place: Place | null;
}
