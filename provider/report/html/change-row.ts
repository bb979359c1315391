import type { OrgState } from "../org-chart.js";

/** What a row of the table says; the table is filtered by it. */
export type RowKind = "joins" | "leaves" | "address" | "manager" | "team" | "value" | "identity" | "column";

/** How a kind is written. */
export interface KindWords {
  readonly kind: RowKind;
  /** On the button that filters by it. */
  readonly label: string;
  /** In the row. */
  readonly word: string;
  /** Its colour and its sign, as in the chart. */
  readonly state: Exclude<OrgState, "stays">;
}

/** Every kind, in the order in which a reviewer asks. */
export const KINDS: readonly KindWords[] = [
  { kind: "joins", label: "Joins", word: "joins", state: "joins" },
  { kind: "leaves", label: "Leaves", word: "leaves", state: "leaves" },
  { kind: "address", label: "New address", word: "new address", state: "changes" },
  { kind: "manager", label: "Manager", word: "moves", state: "moves" },
  { kind: "team", label: "Team", word: "team", state: "changes" },
  { kind: "value", label: "Other values", word: "changes", state: "changes" },
  { kind: "identity", label: "Identities", word: "identity", state: "changes" },
  { kind: "column", label: "Columns", word: "column", state: "changes" },
];

/** The sign of a state: never its colour alone. */
export const SIGNS: Readonly<Record<Exclude<OrgState, "stays">, string>> = {
  joins: "+",
  leaves: "\u2212",
  moves: "\u2192",
  changes: "~",
};

/** What the report itself says in the place of a value. */
export type Said = "not there" | "blank" | "nobody" | "none" | "masked" | "not a column";

/** A value from a user, or what the report says instead. */
export type Value = string | { readonly said: Said };

/** One value, or several with their names. */
export type Cell = Value | readonly (readonly [name: string, value: Value])[];

/** One line of the table. */
export interface ChangeRow {
  readonly kind: RowKind;
  /** The person's number in the chart; null: not in it, or not to be told apart. */
  readonly node: number | null;
  /** "": unknown or masked. */
  readonly name: string;
  /** "" when the row is of no person. */
  readonly email: string;
  /** Which value; "" when the kind says it all. */
  readonly what: string;
  readonly before: Cell;
  readonly after: Cell;
}
