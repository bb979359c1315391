import { findRecords } from "../shape/find-records.js";
import { isObject, type JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { ContributorField, ContributorSchema } from "./contributor.js";
import { textIn } from "./fields-of.js";
import { unreadable } from "./page.js";

/**
 * `GET /v1/org/users/schema`.
 *
 * Source: apidocs, Contributors, "Retrieve the schema used by current contributor pages and custom fields".
 */
export function askContributorSchema(): SeiRequest {
  return { method: "GET", path: "/v1/org/users/schema", accept: "application/json", effect: "read" };
}

/**
 * Reads `{ version, created_at, fields: [{ key, display_name, type, ... }] }`, in the order of the answer.
 *
 * @throws UnreadableAnswerError with the shape, when there are no fields in it
 */
export function readContributorSchema(answer: Answer): ContributorSchema {
  const body = answer.json;
  const named = isObject(body) ? pick(body, ["fields"]) : undefined;
  const blank = isObject(body) && body["fields"] === null;
  const records = Array.isArray(named) && named.every(isObject) ? named : (findRecords(body)?.records ?? null);
  if (records === null && !blank) throw unreadable(answer, "no fields can be recognised in it", body ?? answer.text);
  const fields = (records ?? []).map((record) => {
    const field = fieldFrom(record);
    if (field === null) throw unreadable(answer, "an entry in it is not recognised as a field", record);
    return field;
  });
  return { version: (isObject(body) ? textIn(body, ["version"]) : null) ?? null, fields };
}

function fieldFrom(record: JsonObject): ContributorField | null {
  const key = textIn(record, ["key"]) ?? "";
  if (key.trim() === "") return null;
  const displayName = textIn(record, ["display_name", "name"]) ?? "";
  const type = textIn(record, ["type"]) ?? "";
  return { key, displayName: displayName.trim() === "" ? key : displayName, type: type === "" ? "string" : type };
}
