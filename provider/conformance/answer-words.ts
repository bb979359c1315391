import { isHtml } from "../sei/errors/from-answer.js";
import type { Looked } from "../sei/look.js";
import { isObject, type JsonObject } from "../sei/shape/json.js";

/** The status of an answer; null for none. */
export function statusOf(looked: Looked): number | null {
  return looked.kind === "answer" ? looked.answer.status : null;
}

/** Whether it was answered, and not refused; a 2xx whose body says that it failed is a refusal. */
export function isTaken(looked: Looked): boolean {
  const status = statusOf(looked);
  return status !== null && status < 300 && !saysFailed(jsonOf(looked));
}

/** Whether it was refused, and not broken: nothing was done. */
export function isRefused(looked: Looked): boolean {
  const status = statusOf(looked);
  return status !== null && ((status >= 400 && status < 500 && status !== 429) || (status < 300 && !isTaken(looked)));
}

export function jsonOf(looked: Looked): unknown {
  return looked.kind === "answer" ? looked.answer.json : undefined;
}

/** What kind of body it has, in the words of the assumptions. */
export function bodyKind(looked: Looked): string {
  if (looked.kind === "none") return "no answer";
  const { text, json } = looked.answer;
  if (text.trim() === "") return "empty";
  if (isHtml(text)) return "html";
  if (!isObject(json)) return json === undefined ? "text" : "other JSON";
  if ("code" in json) return "platform";
  if (json["status"] === "FAILURE") return "failure";
  return "status" in json && "message" in json ? "status-message" : "other JSON";
}

/** `answered 500`, for why something could not be found out. */
export function answerText(looked: Looked): string {
  if (looked.kind === "none") return looked.timedOut ? "there was no answer in time" : "there was no answer";
  return `it was answered with ${looked.answer.status}${saysFailed(looked.answer.json) ? " and a failure" : ""}`;
}

function saysFailed(json: unknown): boolean {
  return isObject(json) && typeof json["status"] === "string" && /^(failure|error)$/i.test(json["status"]);
}

/** The key of the objects down to the first list of objects: `data.content`; "" is a bare list, null none. */
export function listPathIn(json: unknown, depth = 3): string | null {
  if (Array.isArray(json)) return json.every(isObject) ? "" : null;
  if (!isObject(json) || depth === 0) return null;
  const entries = Object.entries(json);
  const direct = entries.find(([, value]) => Array.isArray(value) && value.every(isObject));
  if (direct !== undefined) return direct[0];
  for (const [key, value] of entries) {
    const inner = listPathIn(value, depth - 1);
    if (isObject(value) && inner !== null) return `${key}.${inner}`;
  }
  return null;
}

/** The keys down to a number whose name says that it is a total; null for none. */
export function totalPathIn(json: unknown): string | null {
  if (!isObject(json)) return null;
  for (const [key, value] of Object.entries(json)) {
    if (typeof value === "number" && /^total/i.test(key)) return key;
    const inner = isObject(value) ? totalPathIn(value) : null;
    // `data` wraps the whole answer.
    if (inner !== null) return key === "data" ? inner : `${key}.${inner}`;
  }
  return null;
}

/** Whether any value in it, however deep, is one that fits. */
export function hasValue(json: unknown, fits: (value: unknown) => boolean): boolean {
  if (fits(json)) return true;
  if (Array.isArray(json)) return json.some((one) => hasValue(one, fits));
  return isObject(json) && Object.values(json).some((one) => hasValue(one, fits));
}

/** The objects and lists in a record, by key. */
export function nestedIn(record: JsonObject): readonly (readonly [string, "object" | "list"])[] {
  const found: (readonly [string, "object" | "list"])[] = [];
  for (const [key, value] of Object.entries(record)) {
    if (Array.isArray(value)) found.push([key, "list"]);
    else if (isObject(value)) found.push([key, "object"]);
  }
  return found;
}
