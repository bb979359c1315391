import { columnKey } from "../../roster/field-mapping.js";
import { isScalar, type JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";

// Names are in the documents' spelling, and compared loosely: `full_name` also stands for fullName.
/** The documented name, and others for the same. */
export type Names = readonly [string, ...string[]];

export const ID: Names = ["id", "ref_id", "org_user_ref_id"];
export const ORG_UUID: Names = ["org_uuid"];
export const FULL_NAME: Names = ["full_name", "name", "display_name"];
export const EMAIL: Names = ["email", "email_address"];
export const INTEGRATION_USERS: Names = ["integration_user_ids", "integration_users"];
export const ADDITIONAL_FIELDS: Names = ["additional_fields", "custom_fields"];
export const VERSION: Names = ["version"];
export const CREATED_AT: Names = ["created_at"];
export const UPDATED_AT: Names = ["updated_at"];
export const INTEGRATION_ID: Names = ["integration_id"];
export const USER_ID: Names = ["user_id", "cloud_id", "identity"];

/** How a record spells one of these names; as the documents do, when it has none of them. */
export function spellingOf(record: JsonObject, names: Names): string {
  const keys = Object.keys(record);
  for (const name of names) {
    const found = keys.find((key) => key === name) ?? keys.find((key) => columnKey(key) === columnKey(name));
    if (found !== undefined) return found;
  }
  return names[0];
}

/** A text, or a number as text; null when there is none, undefined when it is no such thing. */
export function textIn(record: JsonObject, names: readonly string[]): string | null | undefined {
  const value = pick(record, names);
  if (value === undefined) return null;
  return isScalar(value) ? String(value) : undefined;
}

/** Of a number or digits of seconds below, milliseconds above: the year 1973 in milliseconds, 5138 in seconds. */
const SECONDS_BELOW = 1e11;

/**
 * A moment in milliseconds since 1970: from milliseconds, seconds, their digits or an ISO text. null: none that is known.
 *
 * @example
 * momentIn({ created_at: 1710153327.501 }, ["created_at"]); // 1710153327501
 * momentIn({ createdAt: "2024-03-11T10:35:27Z" }, ["created_at"]); // 1710153327000
 */
export function momentIn(record: JsonObject, names: readonly string[]): number | null {
  const value = pick(record, names);
  const number = typeof value === "string" && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
  if (typeof number === "number" && Number.isFinite(number) && number >= 0) {
    return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  }
  const parsed = typeof value === "string" && /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}
