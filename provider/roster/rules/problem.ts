/**
 * What a problem is about. `index` is the position of the developer in the list that was checked: two developers may
 * have one email, so an email alone does not say which.
 */
export type Subject =
  | { readonly kind: "roster" }
  | { readonly kind: "developer"; readonly index: number }
  | { readonly kind: "name"; readonly index: number }
  | { readonly kind: "manager"; readonly index: number }
  | { readonly kind: "attribute"; readonly index: number; readonly column: string }
  | { readonly kind: "effective"; readonly index: number }
  | { readonly kind: "previousEmail"; readonly index: number; readonly item: number }
  | { readonly kind: "identity"; readonly index: number; readonly integrationId: number }
  | { readonly kind: "scope"; readonly column: string }
  | { readonly kind: "guard"; readonly guard: string; readonly item?: number };

/** One rule that a roster breaks. */
export interface Problem {
  /** The API's own error type for its documented rules, else ours in the same style. */
  readonly rule: string;
  readonly message: string;
  readonly hint?: string;
  /** The hint where the value stands in a cell of a CSV, which has no keys and no null. */
  readonly cellHint?: string;
  /** The keys of the developers concerned. */
  readonly emails: readonly string[];
  /** Where it is wrong. */
  readonly subject: Subject;
  /** The other place that it clashes with. */
  readonly other?: Subject;
}
