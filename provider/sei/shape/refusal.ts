import { emailKey, isEmail } from "../../roster/email.js";
import { isDocumentedErrorType, type ValidationIssue, validationIssue } from "../errors/validation-error.js";
import { isObject, places } from "./json.js";
import { coreTypeOf, isUsualName, pick } from "./names.js";

/** What a body says about failure, whatever its status. */
export interface Refusal {
  /** The body itself says that it failed. */
  readonly failed: boolean;
  readonly issues: readonly ValidationIssue[];
  /** The API's message as it came; "" when there is none. */
  readonly said: string;
}

const LISTS = ["errors", "validationErrors", "errorDetails", "issues"];
const FAILED = /^(failure|failed|fail|error)$/i;

/**
 * Recognises the two documented error bodies, `{"status": "FAILURE", "errors": [...]}` and
 * `{"status": "error", "message": "..."}`, the platform's `{"status": "ERROR", "code", "message"}`, and the same one or
 * two objects further down.
 */
export function refusalIn(body: unknown): Refusal {
  const lists = places(body)
    .filter(({ path, value }) => Array.isArray(value) && value.length > 0 && LISTS.includes(path.at(-1) ?? ""))
    .map(({ value }) => value as readonly unknown[]);
  const issues = lists.flatMap((list) => list.map(issueOf)).filter((issue) => issue !== null);
  const root = isObject(body) ? body : {};
  const failed =
    lists.length > 0 ||
    (typeof root["status"] === "string" && FAILED.test(root["status"])) ||
    root["success"] === false;
  return { failed, issues, said: messageOf(body) };
}

function issueOf(entry: unknown): ValidationIssue | null {
  if (typeof entry === "string") {
    if (!isDocumentedErrorType(entry)) return null;
    return validationIssue({ errorType: entry, fieldName: null, count: null, sampleEmails: [] });
  }
  if (!isObject(entry)) return null;
  const type = pick(entry, ["errorType", "type", "errorCode", "code", "error"]);
  if (typeof type !== "string" || !/^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(type)) return null;
  const field = pick(entry, ["fieldName", "field", "column", "columnName"]);
  const count = pick(entry, ["errorDeveloperCount", "count", "developerCount"]);
  const samples = pick(entry, ["sampleErrorDevelopers", "sampleDevelopers", "samples", "developers", "emails"]);
  return validationIssue({
    errorType: type,
    fieldName: typeof field === "string" ? field : null,
    count: typeof count === "number" ? count : null,
    sampleEmails: Array.isArray(samples) ? samples.flatMap(emailOf) : [],
  });
}

function emailOf(sample: unknown): readonly string[] {
  if (typeof sample === "string") return isEmail(emailKey(sample)) ? [emailKey(sample)] : [];
  if (!isObject(sample)) return [];
  const texts = Object.entries(sample).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  const own =
    texts.find(([key]) => isUsualName("EMAIL", key)) ??
    texts.find(([key, value]) => coreTypeOf(key) !== "MANAGER_EMAIL" && isEmail(emailKey(value)));
  return own === undefined ? [] : [emailKey(own[1])];
}

const MESSAGES = ["message", "errorMessage", "error_description", "detail", "error", "title", "reason", "code"];

/** The API's own words, wherever it puts them. */
function messageOf(body: unknown): string {
  if (typeof body === "string") return body;
  if (Array.isArray(body)) return body.length > 0 ? messageOf(body[0]) : "";
  if (!isObject(body)) return "";
  for (const key of MESSAGES) {
    const value = body[key];
    if (typeof value === "string" && value.trim() !== "") return value;
  }
  for (const key of ["error", "errors", "responseMessages", "data", "result"]) {
    const nested: unknown = body[key];
    const text = isObject(nested) || Array.isArray(nested) ? messageOf(nested) : "";
    if (text !== "") return text;
  }
  return "";
}

/** Whether a refusal is about the size of what was sent. */
export function speaksOfSize(said: string): boolean {
  // "Invalid payload or missing authorization." is the documented refusal of identities, and speaks of no size.
  return /too (many|large|big|long)|(more|larger|greater) than|at most|up to \d|batch|maximum|\bmax\b|(?<!invalid )payload|exceed|limit/i.test(
    said,
  );
}
