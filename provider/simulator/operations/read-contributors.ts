import { type Strings, strings } from "../../roster/strings.js";
import type { Columns } from "../account/columns.js";
import { columnOf } from "../account/columns.js";
import { badRequest } from "../rules/refusal.js";
import { additionalFields } from "../shapes/contributor-json.js";
import { isObject } from "../shapes/mapping-json.js";
import type { Simulation } from "../simulation.js";

/** One record of a PUT. */
export interface GivenRecord {
  readonly id: string;
  readonly email: string;
  /** Every column but blank ones; what the record does not name is blank. */
  readonly values: Strings;
  readonly users: readonly { readonly integrationId: number; readonly identity: string }[];
}

/**
 * The records of `PUT /v1/org/users`. Keys that name no field of ours are passed over, as `org_uuid`, `version`, the times
 * and additional fields that the schema does not have.
 *
 * @throws Refusal 400 for a body that is no list of such records, without a name or an email, or with an unknown integration
 */
export function readContributors(body: unknown, columns: Columns, simulation: Simulation): readonly GivenRecord[] {
  if (!Array.isArray(body)) throw badRequest("The body must be an array of contributors.");
  const fields = additionalFields(columns);
  return body.map((item: unknown): GivenRecord => {
    if (!isObject(item)) throw badRequest("Every contributor must be an object.");
    const { id = "", email, full_name: name } = item;
    if (typeof id !== "string" && typeof id !== "number") throw badRequest("An id must be a string.");
    if (typeof email !== "string" || email.trim() === "") throw badRequest("A contributor needs an email.");
    if (typeof name !== "string" || name.trim() === "") throw badRequest("A contributor needs a full_name.");
    const given = item["additional_fields"] ?? {};
    if (!isObject(given)) throw badRequest("additional_fields must be an object.");
    const values = strings([
      ...fields.map(([key, column]) => [column.name, text(key, given[key])] as const),
      [columnOf(columns, "NAME") ?? "", name],
      [columnOf(columns, "EMAIL") ?? "", email],
    ]);
    return { id: String(id), email, values, users: readUsers(item["integration_user_ids"] ?? [], simulation) };
  });
}

function text(key: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") throw badRequest(`The value of ${key} must be a string.`);
  return String(value);
}

function readUsers(users: unknown, { integrations }: Simulation): GivenRecord["users"] {
  if (!Array.isArray(users)) throw badRequest("integration_user_ids must be an array.");
  return users.map((user: unknown) => {
    const { integration_id: id, user_id: identity } = isObject(user) ? user : {};
    const integrationId = typeof id === "string" && /^\d{1,10}$/.test(id) ? Number(id) : id;
    if (typeof integrationId !== "number" || integrationId < 1 || typeof identity !== "string" || identity === "") {
      throw badRequest("An integration user needs an integration_id and a user_id.");
    }
    if (!integrations.has(integrationId)) throw badRequest(`Unknown integration: ${integrationId}`);
    return { integrationId, identity };
  });
}
