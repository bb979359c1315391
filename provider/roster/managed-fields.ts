import { columnKey, type FieldMapping } from "./field-mapping.js";

/** Which fields of people who are live already are managed. Who joins gets everything that is declared. */
export interface FieldLimits {
  /** null: all. */
  readonly manage: readonly string[] | null;
  readonly ignore: readonly string[];
}

/** Every declared field is managed. */
export const ALL_FIELDS: FieldLimits = { manage: null, ignore: [] };

/** Whether anything is left out at all. */
export function isLimited({ manage, ignore }: FieldLimits): boolean {
  return manage !== null || ignore.length > 0;
}

/** Tells which fields are managed: `name`, `manager`, `identities`, or an attribute by its column. */
export type IsManaged = (field: string) => boolean;

/**
 * The test of some limits. The NAME and MANAGER_EMAIL columns may be written as `name` and `manager`, or as the account
 * calls them.
 *
 * @example
 * managedFields({ manage: null, ignore: ["Manager Email"] }, mapping)("manager"); // false
 */
export function managedFields(limits: FieldLimits, mapping: FieldMapping): IsManaged {
  if (!isLimited(limits)) return () => true;
  const keys = (names: readonly string[]) => new Set(names.map((name) => fieldKey(name, mapping)));
  const ignore = keys(limits.ignore);
  const manage = limits.manage === null ? null : keys(limits.manage);
  return (field) => {
    const key = columnKey(field);
    return !ignore.has(key) && (manage === null || manage.has(key));
  };
}

/**
 * The key by which a field is known: `name`, `manager`, `identities`, or that of its column.
 *
 * @param mapping null: nobody knows how the account calls its columns
 */
export function fieldKey(name: string, mapping: FieldMapping | null): string {
  const key = columnKey(name);
  if (mapping === null) return key;
  if (key === columnKey(mapping.name)) return "name";
  if (key === columnKey(mapping.managerEmail)) return "manager";
  return key;
}
