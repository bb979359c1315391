/** What this package takes for granted about the API. */
export interface Assumption {
  /** Never changes its meaning. */
  readonly id: string;
  /** The line of the gap in docs/dialects.md; null for what is not about one of these. */
  readonly gap: number | null;
  /** Whether the documents say so, or only something near it. */
  readonly source: "documented" | "assumed";
  readonly assumes: string;
  /** What is seen where it holds. */
  readonly expected: string;
  /** What this package does where it does not hold. */
  readonly otherwise: string;
  /** What is seen where this package cannot go on. */
  readonly stuckAt?: readonly string[];
}

/** What a server was found to do. */
export type Verdict =
  | { readonly kind: "holds" }
  /** `copes`: this package works all the same. */
  | { readonly kind: "differs"; readonly seen: string; readonly copes: boolean }
  | { readonly kind: "notTested"; readonly why: string };

export const VERDICTS = ["holds", "differs", "notTested"] as const satisfies readonly Verdict["kind"][];

/** An assumption, and what came of it. */
export interface Judged {
  readonly assumption: Assumption;
  readonly verdict: Verdict;
}

/** Takes down what was seen, by the id of the assumption. */
export class Notebook<Id extends string> {
  readonly #seen = new Map<Id, string>();
  readonly #why = new Map<Id, string>();

  saw(id: Id, what: string): void {
    this.#seen.set(id, what);
  }

  /** Says why something could not be seen; the first reason stands. */
  missed(id: Id, why: string): void {
    if (!this.#why.has(id)) this.#why.set(id, why);
  }

  sawOf(id: Id): string | null {
    return this.#seen.get(id) ?? null;
  }

  judge(assumption: Assumption & { readonly id: Id }, otherwise: string): Judged {
    const { id, expected, stuckAt = [] } = assumption;
    const seen = this.#seen.get(id);
    if (seen === undefined) return { assumption, verdict: { kind: "notTested", why: this.#why.get(id) ?? otherwise } };
    if (seen === expected) return { assumption, verdict: { kind: "holds" } };
    return { assumption, verdict: { kind: "differs", seen, copes: !stuckAt.includes(seen) } };
  }
}
