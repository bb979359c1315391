import { emailKey, isEmail } from "../../roster/email.js";
import { isObject, type JsonObject, places } from "../shape/json.js";
import { isUsualName, pick } from "../shape/names.js";
import type { Answer } from "../transport/request.js";

/** What a re-upload would change, as far as the answer says. */
export interface ReviewData {
  readonly added: number | null;
  readonly updated: number | null;
  readonly removed: number | null;
  readonly removedEmails: readonly string[] | null;
}

type Kind = "added" | "updated" | "removed";

const WORDS: Readonly<Record<Kind, readonly string[]>> = {
  added: ["added", "add", "created", "create", "new", "inserted", "insert", "additions"],
  updated: ["updated", "update", "modified", "modify", "changed", "updates", "modifications"],
  removed: ["removed", "remove", "deleted", "delete", "removals", "deletions", "missing"],
};
const KINDS: readonly Kind[] = ["added", "updated", "removed"];
/** `addedCount`, `numberOfAddedDevelopers`, `developersAdded`: what may stand around the word. */
const AROUND = ["count", "total", "numberof", "num", "developers", "developer", "records", "record", "emails", "users"];
const CHANGE_NAMES = ["changeType", "change", "action", "operation", "type", "status", "state"];

/**
 * Reads the review data of `PUT /v2/developers`, of which the documents only say that it shows the changes: counts or
 * lists under words for the three kinds, wherever they stand, or one list whose entries say their kind.
 */
export function readReview(answer: Answer): ReviewData {
  const found = places(answer.json);
  const counted = new Map<Kind, unknown>();
  for (const { value } of found) {
    if (!isObject(value)) continue;
    for (const [key, one] of Object.entries(value)) {
      const kind = kindOf(key);
      if (kind === null || !(typeof one === "number" || Array.isArray(one))) continue;
      // A list says more than a count.
      if (!counted.has(kind) || (Array.isArray(one) && !Array.isArray(counted.get(kind)))) counted.set(kind, one);
    }
  }
  if (counted.size > 0) return reviewOf(counted);
  const lists = found
    .map(({ value }) => value)
    .filter(
      (value): value is readonly JsonObject[] => Array.isArray(value) && value.length > 0 && value.every(isObject),
    );
  const changes = lists.find((list) => list.some((entry) => changeOf(entry) !== null));
  if (changes === undefined) return { added: null, updated: null, removed: null, removedEmails: null };
  return reviewOf(new Map(KINDS.map((kind) => [kind, changes.filter((entry) => changeOf(entry) === kind)])));
}

function reviewOf(counted: ReadonlyMap<Kind, unknown>): ReviewData {
  const removed = counted.get("removed");
  return {
    added: countOf(counted.get("added")),
    updated: countOf(counted.get("updated")),
    removed: countOf(removed),
    removedEmails: Array.isArray(removed) ? emailsOf(removed) : null,
  };
}

function countOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return typeof value === "number" ? value : null;
}

/** null when one of them has no email: half a list would be read as the whole. */
function emailsOf(list: readonly unknown[]): readonly string[] | null {
  const emails = list.map(emailIn);
  return emails.includes(null) ? null : emails.filter((email) => email !== null);
}

function emailIn(entry: unknown): string | null {
  if (typeof entry === "string") return isEmail(emailKey(entry)) ? emailKey(entry) : null;
  if (!isObject(entry)) return null;
  const own = Object.entries(entry).find(([key, value]) => isUsualName("EMAIL", key) && typeof value === "string")?.[1];
  if (typeof own === "string") return emailKey(own);
  const nested = pick(entry, ["developer", "record", "before", "old", "oldValue", "current", "user"]);
  return isObject(nested) ? emailIn(nested) : null;
}

function kindOf(key: string): Kind | null {
  let word = key.toLowerCase().replace(/[^a-z]/g, "");
  for (const one of AROUND) word = word.replace(one, "");
  return KINDS.find((kind) => WORDS[kind].includes(word)) ?? null;
}

function changeOf(entry: JsonObject): Kind | null {
  const value = pick(entry, CHANGE_NAMES);
  return typeof value === "string" ? kindOf(value) : null;
}
