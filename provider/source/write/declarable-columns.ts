import { columnKey, columnsOf, type FieldMapping } from "../../roster/field-mapping.js";
import { misleadingColumn } from "../../roster/rules/misleading-column.js";
import { isBroken } from "../broken-characters.js";
import type { Note } from "./note.js";

/** An attribute column that can be declared. */
export interface DeclarableColumn {
  /** As the account spells it. */
  readonly live: string;
  /** As a source spells it: without white space around it, which makes no difference to a plan. */
  readonly name: string;
}

/** What a source can say about the columns of an account. */
export interface DeclarableColumns {
  /** null: the three core columns cannot be told apart from others, so the source leaves the mapping alone. */
  readonly fields: FieldMapping | null;
  /** The attribute columns that can be declared, in the order of the account. */
  readonly attributes: readonly DeclarableColumn[];
  readonly notes: readonly Note[];
}

/**
 * Leaves out what a source cannot name: a column without a name, columns that only case or spaces tell apart, and those
 * that are called as another field is or hold half of a character.
 */
export function declarableColumns(mapping: FieldMapping): DeclarableColumns {
  const uses = new Map<string, number>();
  for (const [column] of columnsOf(mapping)) uses.set(columnKey(column), (uses.get(columnKey(column)) ?? 0) + 1);
  const all = columnsOf(mapping);
  const misleading = new Set(misleadingColumn(mapping).map(({ position }) => all[position]?.[0]));
  const isClear = (column: string): boolean =>
    column.trim() !== "" && uses.get(columnKey(column)) === 1 && !misleading.has(column) && !isBroken(column);
  const attributes = mapping.attributes.filter(isClear).map((live) => ({ live, name: live.trim() }));
  const leftOut = mapping.attributes.filter((column) => !isClear(column));
  const { name, email, managerEmail } = mapping;
  const fields = [name, email, managerEmail].every(isClear)
    ? {
        name: name.trim(),
        email: email.trim(),
        managerEmail: managerEmail.trim(),
        attributes: attributes.map((column) => column.name),
      }
    : null;
  return {
    fields,
    attributes,
    notes: [
      ...(fields === null ? [{ kind: "fieldsLeftOut" } as const] : []),
      ...(leftOut.length === 0 ? [] : [{ kind: "columnsLeftOut", columns: leftOut } as const]),
    ],
  };
}
