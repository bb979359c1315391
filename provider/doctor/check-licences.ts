import { emailKey } from "../roster/email.js";
import { findRecords } from "../sei/shape/find-records.js";
import { isObject } from "../sei/shape/json.js";
import { pick } from "../sei/shape/names.js";
import type { Finding } from "./check.js";
import { saysOf } from "./check-reading.js";
import type { Evidence } from "./evidence.js";
import { reactionOf, reactionText } from "./reaction.js";
import { someOf } from "./some-of.js";

/** Who is licensed (v1), compared with who is on the roster. */
export function checkLicences({ answers, live, subject }: Evidence): Finding {
  if (answers.kind !== "done") return { status: "unknown", says: saysOf(answers) };
  const { licensed } = answers.value;
  if (licensed.kind === "none" || reactionOf(licensed) !== "fine") {
    return {
      status: "unknown",
      says: `not answered here: POST /v1/sei_contributor/list (v1): ${reactionText(licensed)}`,
    };
  }
  const read = readLicensed(licensed.answer.json);
  if (read === null) return { status: "unknown", says: "the answer is not recognised: see shapes" };
  const { emails, count } = read;
  if (live.kind !== "done" || live.value.mapping === null) {
    return { status: "ok", says: `${count} licensed; no roster to compare with`, counts: { licensed: count } };
  }
  const everybody = [...live.value.developers.keys()].sort();
  const outside = [...emails].filter((email) => !live.value.developers.has(email)).sort();
  const unlicensed = everybody.filter((email) => !emails.has(email));
  const counts = { licensed: count, notOnRoster: outside.length, notLicensed: unlicensed.length };
  const details = [
    ...(outside.length === 0 ? [] : [`licensed, not on the roster: ${someOf(outside, emails.size, subject.people)}`]),
    ...(unlicensed.length === 0
      ? []
      : [`on the roster, not licensed: ${someOf(unlicensed, everybody.length, subject.people)}`]),
  ];
  const says = `${count} licensed; ${outside.length} of them not on the roster; ${unlicensed.length} of ${everybody.length} on the roster not licensed`;
  if (outside.length === 0) return { status: "ok", says, details, counts };
  return {
    status: "warning",
    says,
    todo: "Who left, or is there twice under two addresses, may still take a licence.",
    details,
    counts,
  };
}

/** `{ org_user_count, org_user_details: [{ email }] }`; null when it is something else. */
function readLicensed(json: unknown): { readonly emails: ReadonlySet<string>; readonly count: number } | null {
  const named = isObject(json) ? pick(json, ["org_user_details"]) : undefined;
  const records = Array.isArray(named) ? named.filter(isObject) : (findRecords(json)?.records ?? null);
  if (records === null) return null;
  const texts = records.map((record) => pick(record, ["email"])).filter((email) => typeof email === "string");
  const emails = new Set(texts.map(emailKey).filter((email) => email !== ""));
  const stated = isObject(json) ? pick(json, ["org_user_count"]) : undefined;
  return { emails, count: typeof stated === "number" ? stated : emails.size };
}
