import type { Kept } from "../roster/diff-roster.js";
import { type Plan, refusals } from "../roster/plan.js";
import type { Verdict } from "../roster/verdict.js";
import { cutLines } from "./cut-lines.js";
import { developerLines, mappingLines } from "./developer-lines.js";
import { maskVerdict } from "./mask-verdict.js";
import { type People, showEmail } from "./people.js";
import { summaryOf } from "./summary.js";

/** How a plan is shown. */
export interface TextOptions {
  readonly people: People;
  /** At most so many developers get a line; the rest is counted. Default: 200. */
  readonly mostChanges?: number;
  /** How many differences of a drift are accepted, and not shown. Default: 0. */
  readonly accepted?: number;
}

const MOST_CHANGES = 200;
const MOST_NAMED = 10;

/** A plan as lines of text: the summary first, then a line per developer, what is kept, what is doubtful, the way. */
export function planLines(plan: Plan, options: TextOptions): readonly string[] {
  const { people } = options;
  const most = options.mostChanges ?? MOST_CHANGES;
  const developers = people === "none" ? [] : developerLines(plan.changes, people);
  return [
    `plan: ${summaryOf(plan.changes)}`,
    ...mappingLines(plan.changes).map((line) => `  ${line}`),
    ...cutLines(developers, most).map((line) => `  ${line}`),
    ...keptLines(plan, people),
    ...warningLines(plan, people),
    ...(plan.way.kind === "none"
      ? []
      : [
          `  by ${plan.way.kind}, ${plan.way.requests} writing request(s): ${plan.way.why}`,
          `  checksum ${plan.checksum.slice(0, 16)}`,
        ]),
  ];
}

/** Why the guards refuse a plan: nothing when they let it pass. */
export function refusedLines(plan: Plan, people: People): readonly string[] {
  return refusals(plan).flatMap((verdict) => refusalLines(verdict, people));
}

/** Why a guard refuses, whom it concerns (the first of them), and what to do. */
function refusalLines(refusal: Verdict, people: People): readonly string[] {
  const verdict = people === "names" ? refusal : maskVerdict(refusal);
  return [
    `refused by ${verdict.name}: ${verdict.reason ?? ""}`,
    ...(verdict.people.length > 0 && people !== "none" ? [`  ${firstOf(verdict.people, people)}`] : []),
    ...(verdict.hint === undefined ? [] : [`  ${verdict.hint}`]),
  ];
}

/** What a reviewer should look at twice. */
export function warningLines({ warnings }: Plan, people: People): readonly string[] {
  const loss =
    "a new address loses the identities and the history of the old one, unless it is declared under `previousEmails`";
  if (people === "none") {
    return warnings.length === 0
      ? []
      : [`  look: ${warnings.length} who join(s) have the name or an identity of one who leaves: ${loss}`];
  }
  return warnings.map(
    ({ joins, leaves }) =>
      `  look: ${showEmail(joins, people)} joins and ${showEmail(leaves, people)}, of the same name or identity, leaves: ${loss}`,
  );
}

const KEPT: Readonly<Record<Kept["because"], string>> = {
  notOurs: "live but not declared here",
  outOfScope: "outside of this roster's scope",
  joinsLater: "live already, although they join later",
};

/** Who is live, not declared, and stays: counted by reason, and the first of them. */
export function keptLines({ kept }: Plan, people: People): readonly string[] {
  return (Object.keys(KEPT) as Kept["because"][]).flatMap((reason) => {
    const emails = kept.filter(({ because }) => because === reason).map(({ email }) => email);
    if (emails.length === 0) return [];
    return [`  kept, ${KEPT[reason]}: ${emails.length}${people === "none" ? "" : `: ${firstOf(emails, people)}`}`];
  });
}

function firstOf(emails: readonly string[], people: People): string {
  const more = emails.length - MOST_NAMED;
  const named = emails.slice(0, MOST_NAMED).map((email) => showEmail(email, people));
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
