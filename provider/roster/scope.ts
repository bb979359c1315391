import { columnKey, type FieldMapping } from "./field-mapping.js";
import type { Strings } from "./strings.js";

/**
 * The part of the live roster that a roster owns: by column, the values that belong to it. Somebody is in scope when
 * every column has one of its values.
 */
export type Scope = ReadonlyMap<string, readonly string[]>;

/** Tells who is in a scope. */
export interface ScopeTest {
  has(developer: { readonly attributes: Strings }): boolean;
  /** Columns of the scope that the field mapping does not have: nobody can be in such a scope. */
  readonly unknown: readonly string[];
}

/**
 * Makes the test of a scope; without a scope everybody is in it.
 *
 * @example
 * scopeTest(new Map([["Team", ["Payments"]]]), mapping).has({ attributes: { Team: "Payments" } }); // true
 */
export function scopeTest(scope: Scope | null, mapping: FieldMapping): ScopeTest {
  if (scope === null) return { has: () => true, unknown: [] };
  const spelling = new Map(mapping.attributes.map((column) => [columnKey(column), column]));
  const tests = [...scope].map(([column, values]) => ({
    written: column,
    column: spelling.get(columnKey(column)),
    values: new Set(values),
  }));
  return {
    has: ({ attributes }) =>
      tests.every(({ column, values }) => column !== undefined && values.has(attributes[column] ?? "")),
    unknown: tests.filter(({ column }) => column === undefined).map(({ written }) => written),
  };
}
