import type { Finding } from "./check.js";
import type { Answers, Evidence } from "./evidence.js";
import { isPast, reactionOf, reactionText } from "./reaction.js";

/** May the key read? */
export function checkReading({ answers, subject }: Evidence): Finding {
  if (answers.kind !== "done") return { status: "unknown", says: saysOf(answers) };
  const reads = readsOf(answers.value);
  const forbidden = reads.filter(({ looked }) => reactionOf(looked) === "forbidden").map(({ what }) => what);
  const read = reads.filter(({ looked }) => isPast(reactionOf(looked))).map(({ what }) => what);
  if (forbidden.length > 0) {
    const hint = subject.account === "" ? ", or name the account: SEI_ACCOUNT (--account)" : "";
    return {
      status: "problem",
      says: `no (403): ${forbidden.join(", ")}${read.length === 0 ? "" : `; yes: ${read.join(", ")}`}`,
      todo: `Give the key the scope developer_records:read (for instance the role SEI Admin)${hint}.`,
    };
  }
  if (read.length === 0) {
    const told = [...new Set(reads.map(({ looked }) => reactionText(looked)))].join(", ");
    return { status: "unknown", says: `no request was answered in a way that says so (${told})` };
  }
  return { status: "ok", says: `yes: ${read.join(", ")}` };
}

function readsOf({ schema, list, identities }: Answers) {
  return [
    { what: "the schema", looked: schema },
    { what: "developers", looked: list },
    { what: "identities", looked: identities },
  ];
}

/** Why something was not found out. */
export function saysOf(
  tried: { readonly kind: "failed"; readonly says: string } | { readonly kind: "notTried"; readonly why: string },
): string {
  return tried.kind === "failed" ? tried.says : `not tried: ${tried.why}`;
}
