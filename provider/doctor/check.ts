/** What a check comes to. `unknown`: it was not tried, or could not be found out; `says` has the reason. */
export type CheckStatus = "ok" | "warning" | "problem" | "unknown";

export const STATUSES: readonly CheckStatus[] = ["ok", "warning", "problem", "unknown"];

/** What is looked at, in the order in which it is told. */
export const CHECK_NAMES = [
  "endpoint",
  "key",
  "may read",
  "may write",
  "generation",
  "setup",
  "whole read",
  "shapes",
  "identities",
  "licences",
  "versions",
] as const;

export type CheckName = (typeof CHECK_NAMES)[number];

/** One answer of the doctor. */
export interface Check {
  readonly name: CheckName;
  readonly status: CheckStatus;
  /** One line. */
  readonly says: string;
  /** What to do; left out when there is nothing to do. */
  readonly todo?: string;
  /** More lines: parts of the answer. */
  readonly details?: readonly string[];
  /** Numbers for tools. */
  readonly counts?: Readonly<Record<string, number>>;
}

/** A check without its name, which whoever runs it knows. */
export type Finding = Omit<Check, "name">;
