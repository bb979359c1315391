import type { Strings } from "./strings.js";

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

/** A field mapping as somebody declares it: what it should be, and what becomes of columns that are live and not in it. */
export interface DeclaredMapping extends FieldMapping {
  /** Columns that go, with everybody's values. A live column that is not declared stays, unless it is named here. */
  readonly dropColumns?: readonly string[];
  /** New names of live columns, by their old ones; the values stay. One that is not live any more was renamed already. */
  readonly renameColumns?: Strings;
}

/**
 * The mapping alone.
 *
 * @example
 * mappingOf({ ...mapping, dropColumns: ["Site"] }); // mapping
 */
export function mappingOf({ name, email, managerEmail, attributes }: FieldMapping): FieldMapping {
  return { name, email, managerEmail, attributes };
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
  const known = KEYS.get(column);
  if (known !== undefined) return known;
  const key = column
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_\-.]+/g, "");
  if (KEYS.size < MOST_KEYS) KEYS.set(column, key);
  return key;
}

/** Asked for once a value, while the names of columns are few: to find the key again costs more than comparing a record. */
const KEYS = new Map<string, string>();
const MOST_KEYS = 1_000;

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
