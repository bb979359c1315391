import { findRecords } from "../shape/find-records.js";
import { isObject, type JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { LicensedContributors } from "./contributor.js";
import { EMAIL, FULL_NAME, textIn } from "./fields-of.js";
import { unreadable } from "./page.js";

/**
 * `POST /v1/sei_contributor/list` with `{}`: reads, although it is a POST, and gives everybody at once.
 *
 * Source: apidocs, Contributors, "Retrieve SEI contributors list".
 */
export function askLicensed(): SeiRequest {
  return {
    method: "POST",
    path: "/v1/sei_contributor/list",
    accept: "application/json",
    body: { kind: "json", value: {} },
    effect: "read",
  };
}

/**
 * Reads `{ org_user_count, integration_user_count, org_user_details: [{ org_user_ref_id, email, full_name }] }`.
 *
 * @throws UnreadableAnswerError with the shape, when there is no list in it
 */
export function readLicensed(answer: Answer): LicensedContributors {
  const body = answer.json;
  const named = isObject(body) ? pick(body, ["org_user_details"]) : undefined;
  const records = Array.isArray(named) && named.every(isObject) ? named : (findRecords(body)?.records ?? null);
  const integrationUserCount = countIn(body, "integration_user_count");
  const stated = countIn(body, "org_user_count");
  if (records === null && stated === null) {
    throw unreadable(answer, "no licensed contributors can be recognised in it", body ?? answer.text);
  }
  const contributors = (records ?? []).map((record) => ({
    id: textIn(record, ["org_user_ref_id", "ref_id", "id"]) ?? null,
    email: textIn(record, EMAIL) ?? "",
    fullName: textIn(record, FULL_NAME) ?? "",
  }));
  return { contributorCount: stated ?? contributors.length, integrationUserCount, contributors };
}

function countIn(body: unknown, name: string): number | null {
  const value = isObject(body) ? pick(body as JsonObject, [name]) : undefined;
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
