import { columnKey, columnsOf, type FieldMapping, type FieldType } from "../field-mapping.js";
import { quoted } from "../shown.js";

/** A column whose name says that it is another field than it is. */
export interface MisleadingColumn {
  readonly rule: "MISLEADING_COLUMN";
  readonly message: string;
  readonly hint: string;
  /** The position in {@link columnsOf}. */
  readonly position: number;
}

type CoreType = Exclude<FieldType, "ATTRIBUTE">;

/** How the documents and their examples call the three fields, as keys. */
const NAMES: Readonly<Record<CoreType, readonly string[]>> = {
  NAME: ["name", "fullname", "displayname"],
  EMAIL: ["email", "emailaddress"],
  MANAGER_EMAIL: ["manageremail", "manager"],
};

/**
 * MISLEADING_COLUMN: no column is called as another field is, unless that field is called so too.
 *
 * The API maps the columns of an upload by their names before anybody tells it the mapping, and speaks of records by the
 * names of their fields. Beside `email: Work Email` it takes a column `Email` for the key: the upload is refused with
 * errors that nobody understands, such as DUPLICATE_EMAIL.
 */
export function misleadingColumn(mapping: FieldMapping): readonly MisleadingColumn[] {
  const columns: Readonly<Record<CoreType, string>> = {
    NAME: mapping.name,
    EMAIL: mapping.email,
    MANAGER_EMAIL: mapping.managerEmail,
  };
  return columnsOf(mapping).flatMap(([column, type], position): MisleadingColumn[] => {
    const said = fieldCalled(column);
    if (said === null || said === type) return [];
    const real = columns[said];
    if (type === "ATTRIBUTE" && fieldCalled(real) === said) return [];
    return [
      {
        rule: "MISLEADING_COLUMN",
        message: `the API would take the column ${quoted(column)} for the ${said} column, which is ${quoted(real)} here`,
        hint:
          type === "ATTRIBUTE"
            ? "rename it in the account and in the export, or take it out of fields.attributes; in a CSV, list it under `ignoreFields`"
            : "give each field the column that has its values",
        position,
      },
    ];
  });
}

/** The field that is usually called so. */
function fieldCalled(column: string): CoreType | null {
  const key = columnKey(column);
  return (Object.keys(NAMES) as CoreType[]).find((type) => NAMES[type].includes(key)) ?? null;
}
