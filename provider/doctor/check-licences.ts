import { emailKey } from "../roster/email.js";
import { readLicensed } from "../sei/contributors/licensed.js";
import { UnreadableAnswerError } from "../sei/errors/transport-errors.js";
import type { Answer } from "../sei/transport/request.js";
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
  const read = licensedIn(licensed.answer);
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

/** null when it is something else. */
function licensedIn(answer: Answer): { readonly emails: ReadonlySet<string>; readonly count: number } | null {
  try {
    const { contributors, contributorCount } = readLicensed(answer);
    const emails = new Set(contributors.map(({ email }) => emailKey(email)).filter((email) => email !== ""));
    return { emails, count: contributorCount };
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return null;
    throw error;
  }
}
