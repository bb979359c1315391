import type { Severity } from "../finding.js";

/** One rule that a finding can name. */
export interface Rule {
  /** As {@link Finding.rule}. */
  readonly name: string;
  readonly severity: Severity;
  /** A few words. */
  readonly title: string;
  /** What a finding of this rule says, in sentences. */
  readonly means: string;
  /** What to do about it, in sentences. */
  readonly fix: string;
  /** Where the API's documents have it, under this name; null for a rule of ours. */
  readonly api: string | null;
}
