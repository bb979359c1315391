import { canonicalJson } from "../../roster/checksum.js";
import { emailKey } from "../../roster/email.js";
import { isObject, type JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { Contributor, IntegrationUser } from "./contributor.js";
import { contributorFrom, integrationUserFrom } from "./contributor-record.js";
import {
  ADDITIONAL_FIELDS,
  EMAIL,
  FULL_NAME,
  ID,
  INTEGRATION_ID,
  INTEGRATION_USERS,
  type Names,
  spellingOf,
  USER_ID,
} from "./fields-of.js";

/**
 * `PUT /v1/org/users` with an array of whole records: each replaces the one with its id, and a new version is made and
 * activated.
 *
 * Source: apidocs, Contributors, "Update existing contributors".
 */
export function askUpdate(contributors: readonly Contributor[]): SeiRequest {
  return {
    method: "PUT",
    path: "/v1/org/users",
    accept: "application/json",
    body: { kind: "json", value: contributors.map(updateRecord) },
    effect: "write",
    about: contributors.map(({ email }) => emailKey(email)),
  };
}

/**
 * A record to send: the one that came, with what is other now put over it, each key spelled as it came. Whatever else
 * the record holds goes back as it is, and a custom field that is left out keeps its value.
 */
function updateRecord(contributor: Contributor): JsonObject {
  const { raw } = contributor;
  const was = contributorFrom(raw);
  const record = new Map(Object.entries(raw));
  const put = (names: Names, isSame: boolean, value: () => unknown) => {
    if (!isSame) record.set(spellingOf(raw, names), value());
  };
  put(ID, was?.id === contributor.id, () => contributor.id);
  put(FULL_NAME, was?.fullName === contributor.fullName, () => contributor.fullName);
  put(EMAIL, was?.email === contributor.email, () => contributor.email);
  // Null and nothing are not the same to every server: the documented list is.
  const hasUsers = Array.isArray(pick(raw, INTEGRATION_USERS));
  const sameUsers = was !== null && hasUsers && isSameList(was.integrationUsers, contributor.integrationUsers);
  put(INTEGRATION_USERS, sameUsers, () => usersOf(contributor));
  const fields = pick(raw, ADDITIONAL_FIELDS);
  const whole = { ...(isObject(fields) ? fields : {}), ...contributor.additionalFields };
  const sameFields = isObject(fields) && canonicalJson(fields) === canonicalJson(whole);
  put(ADDITIONAL_FIELDS, sameFields, () => whole);
  return Object.fromEntries(record);
}

function isSameList(a: readonly IntegrationUser[], b: readonly IntegrationUser[]): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

/** Entries that stay are sent as they came, and so are those that name nobody; new ones are spelled like the others. */
function usersOf({ raw, integrationUsers }: Contributor): readonly JsonObject[] {
  const came = pick(raw, INTEGRATION_USERS);
  const entries = Array.isArray(came) ? came.filter(isObject) : [];
  const wanted = new Set(integrationUsers.map(keyOf));
  const known = new Set<string>();
  const kept = entries.filter((entry) => {
    const user = integrationUserFrom(entry);
    if (user === null) return true;
    known.add(keyOf(user));
    return wanted.has(keyOf(user));
  });
  const like = entries[0] ?? {};
  const [idKey, userKey] = [spellingOf(like, INTEGRATION_ID), spellingOf(like, USER_ID)];
  const isNumber = typeof like[idKey] === "number";
  const added = integrationUsers
    .filter((user) => !known.has(keyOf(user)))
    .map(({ integrationId, userId }) => {
      const id = isNumber && /^\d+$/.test(integrationId) ? Number(integrationId) : integrationId;
      return { [idKey]: id, [userKey]: userId };
    });
  return [...kept, ...added];
}

function keyOf({ integrationId, userId }: IntegrationUser): string {
  return JSON.stringify([integrationId, userId]);
}

/**
 * Whether a 2xx says that the update was done: nothing at all, the text `ok`, or `{ "message": "..." }`. Anything else
 * says neither yes nor no.
 */
export function saysTaken({ text, json, status }: Answer): boolean {
  const said = text.trim().replace(/^"(.*)"$/, "$1");
  if (said === "" || status === 204) return true;
  if (json === undefined || typeof json === "string") return /^(ok|success|updated|done)\b/i.test(said);
  if (!isObject(json)) return json === true;
  const error = pick(json, ["error", "errors", "error_message"]);
  if (error !== undefined && !(Array.isArray(error) && error.length === 0)) return false;
  return typeof pick(json, ["message", "status", "success", "result"]) !== "undefined";
}

/** What an update would show in a list: compared as the server keeps it, which lower-cases emails and drops blanks. */
export function contentOf({ id, email, fullName, integrationUsers, additionalFields }: Contributor): string {
  const fields = Object.entries(additionalFields).filter(([, value]) => value !== null && value !== "");
  return canonicalJson({
    id,
    email: emailKey(email),
    fullName: fullName.trim(),
    users: integrationUsers.map(keyOf).sort(),
    fields: Object.fromEntries(fields),
  });
}
