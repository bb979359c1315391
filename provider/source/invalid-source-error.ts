import type { Finding } from "./finding.js";
import { formatFindings } from "./format-findings.js";

/** A source that cannot be used. The message is the formatted text of every finding. */
export class InvalidSourceError extends Error {
  override readonly name = "InvalidSourceError";
  /** Sorted by place. */
  readonly findings: readonly Finding[];
  /** The text of each file that a finding is about, by its name in {@link Finding.place}. */
  readonly sources: ReadonlyMap<string, string>;

  constructor(findings: readonly Finding[], sources: ReadonlyMap<string, string> = new Map()) {
    super(formatFindings(findings, { sources }));
    this.findings = findings;
    this.sources = sources;
  }
}
