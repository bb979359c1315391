import type { Outcome } from "../apply/outcome.js";
import { maskVerdict } from "../report/mask-verdict.js";
import { outcomeLines } from "../report/outcome.js";
import { summaryOf } from "../report/summary.js";
import { refusedLines } from "../report/text.js";
import { changesOf } from "../roster/change.js";
import { type Plan, refusals } from "../roster/plan.js";
import { byText } from "../roster/strings.js";
import type { Finding } from "../source/finding.js";
import { formatFindings } from "../source/format-findings.js";
import type { SyncOutcome, SyncRefused } from "./sync-outcome.js";

/** A developer that is not valid, whatever is live. */
export function invalid(findings: readonly Finding[]): SyncRefused {
  const by = [...new Set(findings.filter(({ severity }) => severity === "error").map(({ rule }) => rule))].sort(byText);
  return {
    status: "refused",
    reason: `the developer is not valid: ${by.join(", ")}`,
    by,
    explain: () => formatFindings(findings, { sources: new Map() }),
  };
}

/** A plan that its guards refuse. */
export function refused(plan: Plan): SyncRefused {
  const verdicts = refusals(plan);
  return {
    status: "refused",
    reason: verdicts.map((verdict) => maskVerdict(verdict).reason ?? verdict.name).join("; "),
    by: verdicts.map(({ name }) => name).sort(byText),
    explain: () => refusedLines(plan, "names").join("\n"),
  };
}

/** What became of a plan. */
export function outcomeOf(plan: Plan, outcome: Outcome): SyncOutcome {
  const { changes, checksum } = plan;
  if (outcome.status !== "applied") {
    const explain = () => outcomeLines(outcome, "names").join("\n");
    return { status: "failed", reason: outcome.reasonWithoutPeople, touched: outcome.touched, explain };
  }
  const explain = () => `applied and verified: ${summaryOf(changes)}`;
  if (changes.length === 0) return { status: "unchanged", explain: () => "live is as declared" };
  const identities = changesOf(changes, "setIdentity").length;
  if (changesOf(changes, "create").length > 0) return { status: "created", identities, checksum, explain };
  const renamed = changesOf(changes, "rename");
  const fields = [...changesOf(changes, "update"), ...renamed].flatMap((change) => change.fields);
  const columns = [...new Set(fields.filter(({ sameManager }) => sameManager !== true).map(({ field }) => field))];
  return {
    status: "updated",
    columns: columns.sort(byText),
    identities,
    renamed: renamed.length > 0,
    checksum,
    explain,
  };
}
