import { columnKey, columnsOf, type FieldMapping } from "../field-mapping.js";
import { quoted } from "../shown.js";

/** A column that stands twice in a field mapping. */
export interface DuplicateColumn {
  readonly rule: "DUPLICATE_COLUMN";
  readonly message: string;
  readonly hint: string;
  /** The position in {@link columnsOf} of the later one. */
  readonly position: number;
}

/** DUPLICATE_COLUMN: every column of a field mapping has one meaning, however it is spelled. */
export function duplicateColumn(mapping: FieldMapping): readonly DuplicateColumn[] {
  const first = new Map<string, string>();
  return columnsOf(mapping).flatMap(([column], position): DuplicateColumn[] => {
    const key = columnKey(column);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, column);
      return [];
    }
    const message =
      earlier === column
        ? `the column ${quoted(column)} stands twice in the field mapping`
        : `${quoted(column)} and ${quoted(earlier)} are spellings of one column`;
    return [
      {
        rule: "DUPLICATE_COLUMN",
        message,
        hint: "a column is the name, the email, the manager's email or an attribute",
        position,
      },
    ];
  });
}
