import { columnKey, columnsOf, type DeclaredMapping } from "../field-mapping.js";
import { quoted } from "../shown.js";

/** Something that `dropColumns` or `renameColumns` cannot mean. */
export interface ColumnMoveProblem {
  readonly rule: "DUPLICATE_COLUMN" | "UNKNOWN_COLUMN";
  readonly message: string;
  readonly hint: string;
  /** Where: the entry of `dropColumns` by its position, or of `renameColumns` by its key. */
  readonly at: { readonly drop: number } | { readonly rename: string };
}

/**
 * A column that goes is not declared, and one that gets another name is declared under the new one.
 *
 * @example
 * columnMoves({ ...mapping, attributes: ["Site"], dropColumns: ["Site"] }); // [{ rule: "DUPLICATE_COLUMN", ... }]
 */
export function columnMoves(fields: DeclaredMapping): readonly ColumnMoveProblem[] {
  const declared = new Set(columnsOf(fields).map(([column]) => columnKey(column)));
  const drops = (fields.dropColumns ?? []).flatMap((column, drop): ColumnMoveProblem[] => {
    if (!declared.has(columnKey(column))) return [];
    const message = `the column ${quoted(column)} is declared and dropped`;
    return [{ rule: "DUPLICATE_COLUMN", message, hint: "keep one of the two", at: { drop } }];
  });
  const dropped = new Set((fields.dropColumns ?? []).map(columnKey));
  const targets = new Map<string, string>();
  const renames = Object.entries(fields.renameColumns ?? {}).flatMap(([from, to]): ColumnMoveProblem[] => {
    const [old, now] = [columnKey(from), columnKey(to)];
    const problem = (rule: ColumnMoveProblem["rule"], message: string, hint: string): ColumnMoveProblem[] => [
      { rule, message, hint, at: { rename: from } },
    ];
    if (!declared.has(now)) {
      const message = `${quoted(from)} would be called ${quoted(to)}, which is no column of the field mapping`;
      return problem("UNKNOWN_COLUMN", message, "declare the column under its new name");
    }
    if (old !== now && declared.has(old)) {
      const message = `the column ${quoted(from)} is declared, and gets another name`;
      return problem("DUPLICATE_COLUMN", message, "declare it under its new name alone");
    }
    if (dropped.has(old)) {
      return problem(
        "DUPLICATE_COLUMN",
        `the column ${quoted(from)} is dropped, and gets another name`,
        "keep one of the two",
      );
    }
    const other = targets.get(now);
    targets.set(now, from);
    if (other === undefined) return [];
    const message = `${quoted(other)} and ${quoted(from)} would both be called ${quoted(to)}`;
    return problem("DUPLICATE_COLUMN", message, "give each a name of its own, or drop one of them");
  });
  return [...drops, ...renames];
}
