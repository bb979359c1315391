import { columnKey } from "../../roster/field-mapping.js";

// Spellings are compared with columnKey, so `manager_email` also stands for managerEmail and "Manager Email".

const NAME = keys("name", "full_name", "display_name", "developer_name", "employee_name");
const EMAIL = keys(
  "email",
  "email_address",
  "email_id",
  "mail",
  "work_email",
  "primary_email",
  "developer_email",
  "user_email",
  "employee_email",
);
const MANAGER_EMAIL = keys(
  "manager_email",
  "manager",
  "manager_email_address",
  "manager_email_id",
  "managers_email",
  "line_manager",
  "line_manager_email",
  "reports_to",
  "supervisor",
  "supervisor_email",
);

/** The documented key of the server's own number for a developer. */
const REFERENCE = keys("developer_ref_id", "developer_ref_ids", "ref_id");

/** What the API may add to a record, and what people call a column just as well. */
const VAGUE = keys("version", "status", "active", "is_active", "source");

/** What the API may add to a record on its own, when the schema does not make it a column. */
const SYSTEM = keys(
  "id",
  "uuid",
  "org_uuid",
  "ref_id",
  "developer_id",
  "developer_ref_id",
  "developer_uuid",
  "version",
  "version_id",
  "account_id",
  "created",
  "created_at",
  "created_by",
  "created_on",
  "updated",
  "updated_at",
  "updated_by",
  "updated_on",
  "last_modified",
  "last_updated",
  "modified_at",
  "deleted_at",
  "status",
  "active",
  "is_active",
  "source",
  "identities",
  "integration_user_ids",
  "errors",
  "change_type",
  "manager_name",
  "manager_id",
  "manager_ref_id",
  "links",
  "self",
  "href",
);

function keys(...names: readonly string[]): ReadonlySet<string> {
  return new Set(names.map(columnKey));
}

export type CoreType = "NAME" | "EMAIL" | "MANAGER_EMAIL";
export const CORE_TYPES: readonly CoreType[] = ["NAME", "EMAIL", "MANAGER_EMAIL"];

/** Whether a key is a usual spelling of this field. */
export function isUsualName(type: CoreType, key: string): boolean {
  switch (type) {
    case "NAME":
      return NAME.has(columnKey(key));
    case "EMAIL":
      return EMAIL.has(columnKey(key));
    case "MANAGER_EMAIL":
      return MANAGER_EMAIL.has(columnKey(key));
  }
}

/** Which field a text means, as a type (`MANAGER_EMAIL`, `FULL_NAME`) or as a usual column name; null for others. */
export function coreTypeOf(text: string): CoreType | null {
  return CORE_TYPES.find((type) => isUsualName(type, text)) ?? null;
}

export function isSystemName(key: string): boolean {
  return SYSTEM.has(columnKey(key));
}

/** Whether a key is the server's own number for a developer, as the documents call it. */
export function isReferenceName(key: string): boolean {
  return REFERENCE.has(columnKey(key));
}

/** Whether a key may be the server's own or a column. */
export function isVagueName(key: string): boolean {
  return VAGUE.has(columnKey(key));
}

/** The value of the first of these properties that the object has and that is not null. Names are compared loosely. */
export function pick(object: Readonly<Record<string, unknown>>, names: readonly string[]): unknown {
  for (const name of names) {
    const direct = object[name];
    if (direct !== undefined && direct !== null && Object.hasOwn(object, name)) return direct;
  }
  const wanted = names.map(columnKey);
  const loose = Object.entries(object)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ({ rank: wanted.indexOf(columnKey(key)), value }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank);
  return loose[0]?.value;
}
