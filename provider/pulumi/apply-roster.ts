import { applyPlan } from "../apply/apply-plan.js";
import type { Outcome } from "../apply/outcome.js";
import { summaryOf } from "../report/summary.js";
import { refusedLines } from "../report/text.js";
import { changesOf } from "../roster/change.js";
import { desiredRecord } from "../roster/desired-record.js";
import { identitiesByEmail } from "../roster/identities-by-email.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { attributeColumns } from "../roster/resolve-mapping.js";
import { CleanError, PartialFailure } from "./clean-error.js";
import type { RosterInputs, RosterOutputs } from "./inputs.js";
import { declaredFields, type Managed, type Remembered, remember } from "./managed.js";
import { type PlannedRoster, planRoster } from "./plan-roster.js";
import type { Session } from "./session.js";

/**
 * Carries a roster out: reads, plans and judges again (what a preview said is never trusted), applies, and says what to
 * keep as state.
 *
 * @throws CleanError when a guard refuses, or nothing could be written.
 * @throws PartialFailure when something was written, or may have been; the next `up` goes on from there.
 */
export async function applyRoster(
  session: Session,
  id: string,
  inputs: RosterInputs,
  before: Managed,
): Promise<RosterOutputs> {
  const planned = await planRoster(session, inputs, before);
  const refused = refusedLines(planned.plan, session.settings.people);
  if (refused.length > 0) throw new CleanError(refused.join("\n"));
  const outcome =
    planned.plan.changes.length === 0
      ? nothingToDo(planned.live)
      : await applyPlan({ ...planned, reader: session.reader, writer: session.writer });
  const summary = summaryOf(planned.plan.changes);
  if (outcome.status === "applied") {
    if (planned.plan.changes.length > 0) console.log(`applied and verified: ${summary}`);
    return outputsOf(session, inputs, planned, outcome, before, summary, "");
  }
  if (outcome.status === "failed" && outcome.done.length === 0 && outcome.live?.completeness.proven === true) {
    throw new CleanError(`nothing was changed: ${outcome.reason}`);
  }
  const told = `${outcome.done.length} of ${planned.plan.changes.length} changes done, ${outcome.failed.length} failed, ${outcome.notTried.length} not tried: ${outcome.reason}`;
  // The fingerprint stays empty: it names what was applied, and this was not, so the next `up` sees a difference.
  const kept = outputsOf(
    session,
    { ...inputs, fingerprint: "" },
    planned,
    outcome,
    before,
    told,
    "the last apply was not completed",
  );
  throw new PartialFailure(id, { ...kept }, [told, "run `pulumi up` again: it reads what is live and does the rest"]);
}

function nothingToDo(live: LiveRoster): Outcome {
  return { status: "applied", done: [], failed: [], notTried: [], reason: "", elsewhere: 0, live };
}

function outputsOf(
  { settings }: Session,
  inputs: RosterInputs,
  planned: PlannedRoster,
  outcome: Outcome,
  before: Managed,
  planSummary: string,
  drift: string,
): RosterOutputs {
  const verified = outcome.status === "applied" && outcome.live?.completeness.proven === true;
  const gone = verified ? changesOf(outcome.done, "delete").map(({ email }) => email) : [];
  return {
    ...inputs,
    endpoint: settings.target.endpoint,
    account: settings.target.account,
    planSummary,
    drift,
    managed: remember(before, remembered(planned, outcome), planned.plan.mapping, gone, planned.desired.guards.protect),
  };
}

/** Everybody who is declared, with the record that live shows now, or should show. */
function remembered({ desired, live, plan }: PlannedRoster, outcome: Outcome): readonly Remembered[] {
  const seen = outcome.live ?? live;
  const columns = attributeColumns(plan.mapping);
  const identities = identitiesByEmail(seen.identities ?? []);
  return [...desired.developers.values()].map((declared) => ({
    developer:
      seen.developers.get(declared.email) ??
      desiredRecord(declared, live.developers.get(declared.email), plan.mapping, columns),
    identities: identities.get(declared.email) ?? [],
    fields: declaredFields(declared),
  }));
}
