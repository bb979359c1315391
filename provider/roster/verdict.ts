/** What one guard says of a plan. */
export interface Verdict {
  /** The guard: a key of `guards` in the roster file, or one that is always on. */
  readonly name: string;
  /** The limit in words, with where it comes from. */
  readonly limit: string;
  readonly actual: number;
  readonly verdict: "passed" | "refused";
  /** Why, when it refuses: what would be lost. */
  readonly reason?: string;
  /** What to do, when it refuses. */
  readonly hint?: string;
  /** The limit and the reason without the words of users that are in them, such as values and why of exceptions: for what is public. */
  readonly impersonal?: { readonly limit: string; readonly reason?: string };
  /** The keys of the developers concerned, when it refuses; sorted. */
  readonly people: readonly string[];
}

/** A verdict that lets the plan pass. */
export function passed(name: string, limit: string, actual: number, impersonal = limit): Verdict {
  const plain = impersonal === limit ? {} : { impersonal: { limit: impersonal } };
  return { name, limit, actual, verdict: "passed", ...plain, people: [] };
}
