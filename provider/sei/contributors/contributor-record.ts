import { isObject, type JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Contributor, IntegrationUser } from "./contributor.js";
import {
  ADDITIONAL_FIELDS,
  CREATED_AT,
  EMAIL,
  FULL_NAME,
  ID,
  INTEGRATION_ID,
  INTEGRATION_USERS,
  momentIn,
  ORG_UUID,
  textIn,
  UPDATED_AT,
  USER_ID,
  VERSION,
} from "./fields-of.js";

/** The id of a user of an integration who is nobody's. */
const NOBODY = "0";

/**
 * A record as a contributor. An id may be a number, null is blank, and keys may be in camel case.
 *
 * @returns null for a shape that is not known
 */
export function contributorFrom(record: JsonObject): Contributor | null {
  const [id, email, fullName] = [textIn(record, ID), textIn(record, EMAIL), textIn(record, FULL_NAME)];
  const [orgUuid, version] = [textIn(record, ORG_UUID), textIn(record, VERSION)];
  const users = pick(record, INTEGRATION_USERS) ?? [];
  const additional = pick(record, ADDITIONAL_FIELDS) ?? {};
  const isNothing = id === null && email === null && fullName === null;
  const unknown = [id, email, fullName, orgUuid, version].includes(undefined) || isNothing;
  if (unknown || !Array.isArray(users) || !users.every(isObject) || !isObject(additional)) return null;
  return {
    id: id ?? "",
    orgUuid: orgUuid ?? null,
    fullName: fullName ?? "",
    email: email ?? "",
    integrationUsers: users.map(integrationUserFrom).filter((one) => one !== null),
    additionalFields: additional,
    version: version ?? null,
    createdAt: momentIn(record, CREATED_AT),
    updatedAt: momentIn(record, UPDATED_AT),
    raw: record,
  };
}

/** Whether somebody is only seen in an integration, and nobody's: id 0 or none, and no email. */
export function isDangling({ id, email }: Pick<Contributor, "id" | "email">): boolean {
  return (id === "" || id === NOBODY) && email.trim() === "";
}

/** Whether an id names one contributor. */
export function isOwnId(id: string): boolean {
  return id.trim() !== "" && id !== NOBODY;
}

/** null: the entry names no integration, or nobody in it. It stays in `raw`. */
export function integrationUserFrom(entry: JsonObject): IntegrationUser | null {
  const integrationId = textIn(entry, INTEGRATION_ID)?.trim() ?? "";
  const userId = textIn(entry, USER_ID) ?? "";
  return integrationId === "" || userId.trim() === "" ? null : { integrationId, userId };
}
