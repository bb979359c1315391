/**
 * How a field mapping is written in JSON. The documents name the field types `NAME`, `EMAIL` and `MANAGER_EMAIL` and
 * nothing else, so the rest is a choice of the dialect (section 12, lines 3 and 46).
 */
export type MappingForm = ListForm | MapForm;

/** `[{"columnName": "Email", "fieldType": "EMAIL"}]`, bare or under a key. */
export interface ListForm {
  readonly kind: "list";
  /** The key that holds the list; null for a bare array. `a.b` nests. */
  readonly wrapper: string | null;
  readonly columnKey: string;
  readonly typeKey: string;
  /** What a custom column has as its type; null stands for JSON null. */
  readonly customType: string | null;
}

/** One object, bare or under a key. */
export interface MapForm {
  /** `{"EMAIL": "Email", "CUSTOM": ["Team"]}` or `{"Email": "EMAIL", "Team": "CUSTOM"}`. */
  readonly kind: "typeToColumn" | "columnToType";
  readonly wrapper: string | null;
  readonly customType: string;
}

/** `{"fieldMappings": [{"columnName", "fieldType"}]}` with `CUSTOM`: the form that section 12 suggests. */
export const SUGGESTED_FORM: ListForm = {
  kind: "list",
  wrapper: "fieldMappings",
  columnKey: "columnName",
  typeKey: "fieldType",
  customType: "CUSTOM",
};
