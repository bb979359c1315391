import { diff } from "deep-diff";
import type { FieldChange } from "./change.js";
import type { Developer } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";
import { byText, type Strings, strings } from "./strings.js";

/**
 * A developer as one row: every column of the mapping with its value.
 *
 * @example
 * rowOf(ada, mapping); // { Name: "Ada Lovelace", Email: "ada@example.com", "Manager Email": "", Team: "Engines" }
 */
export function rowOf(developer: Developer, mapping: FieldMapping): Strings {
  return strings([
    [mapping.name, developer.name],
    [mapping.email, developer.email],
    [mapping.managerEmail, developer.managerEmail],
    ...mapping.attributes.map((column): [string, string] => [column, developer.attributes[column] ?? ""]),
  ]);
}

/**
 * The values in which two records of one developer differ, by column name, sorted. Columns of which both sides know
 * nothing but blanks do not differ.
 */
export function diffDeveloper(before: Developer, after: Developer, mapping: FieldMapping): readonly FieldChange[] {
  if (sameRecord(before, after, mapping)) return [];
  const differences = diff({ ...rowOf(before, mapping) }, { ...rowOf(after, mapping) }) ?? [];
  return differences
    .flatMap((difference): FieldChange[] => {
      const field = String(difference.path?.[0]);
      return difference.kind === "E" ? [{ field, before: String(difference.lhs), after: String(difference.rhs) }] : [];
    })
    .sort((a, b) => byText(a.field, b.field));
}

/** The common case, 10,000 times over, deserves no allocation. */
function sameRecord(a: Developer, b: Developer, mapping: FieldMapping): boolean {
  return (
    a.name === b.name &&
    a.managerEmail === b.managerEmail &&
    mapping.attributes.every((column) => (a.attributes[column] ?? "") === (b.attributes[column] ?? ""))
  );
}
