import type { Column, Columns } from "../account/columns.js";
import { timeOfVersion } from "../account/contributor-lists.js";
import type { Person } from "../account/people.js";
import type { Dialect } from "../dialect/dialect.js";
import { keyNames } from "./key-names.js";
import { blankJson, type Json, present } from "./record-json.js";

/**
 * The columns that v1 has as additional fields, with their keys: every column but name and email, in snake case. A manager
 * is an additional field like any other, for v1 knows none.
 */
export function additionalFields(columns: Columns): readonly (readonly [key: string, column: Column])[] {
  const keys = keyNames(columns, "snake");
  return columns
    .filter(({ type }) => type === "CUSTOM" || type === "MANAGER_EMAIL")
    .map((column) => [keys.get(column.name) ?? column.name, column]);
}

/** One record of `POST /v1/org/users/list`, in the names of "Update existing contributors". */
export function contributorJson(person: Person, columns: Columns, version: number, dialect: Dialect): Json {
  return {
    id: String(person.refId),
    org_uuid: orgUuid(person.refId, version),
    full_name: person.fullName,
    email: person.email,
    integration_user_ids: person.users.map(([id, userId]) => ({ integration_id: String(id), user_id: userId })),
    additional_fields: present(
      additionalFields(columns).map(([key, { name }]) => [key, blankJson(person.values[name] ?? "", dialect)] as const),
    ),
    version: String(version),
    created_at: timeOfVersion(0),
    updated_at: timeOfVersion(version),
  };
}

/** A user of an integration that is nobody's: `number` from 1 on. */
export function danglingJson(number: number): Json {
  return {
    id: "0",
    org_uuid: null,
    full_name: `login-${number}`,
    email: "",
    integration_user_ids: [{ integration_id: "1", user_id: `login-${number}` }],
    additional_fields: {},
    version: "0",
    created_at: timeOfVersion(0),
    updated_at: timeOfVersion(0),
  };
}

/** The id of a row: another one in every version. */
export function orgUuid(refId: number, version: number): string {
  return `${hex(version, 8)}-0000-4000-8000-${hex(refId, 12)}`;
}

/** The id of a version. */
export function versionUuid(version: number): string {
  return `${hex(version, 8)}-0000-4000-9000-000000000000`;
}

/** The id of somebody's user in one integration. */
export function userUuid(refId: number, integrationId: number): string {
  return `${hex(integrationId, 8)}-0000-4000-a000-${hex(refId, 12)}`;
}

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, "0");
}
