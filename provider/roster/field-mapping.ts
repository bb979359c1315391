/**
 * The field mapping of an account: which CSV column is the NAME, the EMAIL and the MANAGER_EMAIL, and which columns
 * are attributes. Column names are kept as the account shows them.
 *
 * Source: Upload and Manage Developer Records, "Initial setup (Upload and save)".
 */
export interface FieldMapping {
  readonly name: string;
  readonly email: string;
  readonly managerEmail: string;
  /** The other columns, in the account's order. */
  readonly attributes: readonly string[];
}

/** The three field types that the API's documents name, plus ours for every other column. */
export type FieldType = "NAME" | "EMAIL" | "MANAGER_EMAIL" | "ATTRIBUTE";

/** The column names that a source has when it declares no `fields`. */
export const DEFAULT_COLUMNS = { name: "Name", email: "Email", managerEmail: "Manager Email" } as const;

/**
 * Two spellings of one column: `Manager Email`, `manager_email` and `managerEmail` have the same key.
 *
 * @example
 * columnKey("Manager Email") === columnKey("manager_email"); // true
 */
export function columnKey(column: string): string {
  return column
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_\-.]+/g, "");
}

/**
 * Every column with its type, in upload order: name, email, manager, then the attributes.
 *
 * @example
 * columnsOf({ name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] });
 * // [["Name", "NAME"], ["Email", "EMAIL"], ["Manager Email", "MANAGER_EMAIL"], ["Team", "ATTRIBUTE"]]
 */
export function columnsOf(mapping: FieldMapping): readonly (readonly [column: string, type: FieldType])[] {
  return [
    [mapping.name, "NAME"],
    [mapping.email, "EMAIL"],
    [mapping.managerEmail, "MANAGER_EMAIL"],
    ...mapping.attributes.map((column) => [column, "ATTRIBUTE"] as const),
  ];
}
