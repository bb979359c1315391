import { applyPlan } from "../apply/apply-plan.js";
import type { Outcome } from "../apply/outcome.js";
import type { PlannedRoster } from "../apply/plan-live.js";
import { renameJournal } from "../apply/rename-journal.js";
import { summaryOf } from "../report/summary.js";
import { refusedLines } from "../report/text.js";
import { desiredRecord } from "../roster/desired-record.js";
import { managedFields } from "../roster/managed-fields.js";
import { protectedPeople } from "../roster/protected-people.js";
import { attributeColumns } from "../roster/resolve-mapping.js";
import { beforeWriting } from "./before-writing.js";
import { CleanError, PartialFailure } from "./clean-error.js";
import type { RosterInputs, RosterOutputs } from "./inputs.js";
import { declaredFields, type Managed, type Remembered, remember } from "./managed.js";
import { planRoster } from "./plan-roster.js";
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
  await beforeWriting(session, planned.plan, planned.live, planned.desired.applicationTypes);
  const { changes } = planned.plan;
  const { settings, reader, writer, contributors } = session;
  const journal = renameJournal(settings.target);
  session.progress.willWrite(planned.plan.way.requests);
  const outcome = await applyPlan({ ...planned, reader, writer, contributors, journal });
  const state = stateOf(session, planned, outcome, before);
  if (outcome.status === "applied") {
    const planSummary = summaryOf(changes);
    if (changes.length > 0) console.log(`applied and verified: ${planSummary}`);
    return { ...inputs, ...state, planSummary, drift: "" };
  }
  const reason = settings.people === "none" ? outcome.reasonWithoutPeople : outcome.reason;
  if (!outcome.touched) throw new CleanError(`nothing was changed: ${reason}`);
  console.log(reason);
  const { done, failed, notTried } = outcome;
  const told = `${done.length} of ${changes.length} changes done, ${failed.length} failed, ${notTried.length} not tried: ${outcome.reasonWithoutPeople}`;
  // The fingerprint stays empty: it names what was applied, and this was not, so the next `up` sees a difference.
  const kept = { ...inputs, ...state, fingerprint: "", planSummary: told, drift: "the last apply was not completed" };
  throw new PartialFailure(id, kept, [told, "run `pulumi up` again: it reads what is live and does the rest"]);
}

function stateOf(
  { settings }: Session,
  planned: PlannedRoster,
  outcome: Outcome,
  before: Managed,
): Pick<RosterOutputs, "endpoint" | "account" | "managed"> {
  const seen = outcome.live?.completeness.proven === true ? outcome.live.developers.keys() : null;
  const managed = remember(before, {
    people: remembered(planned, outcome),
    mapping: planned.plan.mapping,
    live: seen,
    protect: protectedPeople(planned.desired),
  });
  return { endpoint: settings.target.endpoint, account: settings.target.account, managed };
}

/** Everybody who is declared, with the record that live shows now, or should show. */
function remembered({ desired, live, plan }: PlannedRoster, outcome: Outcome): readonly Remembered[] {
  const seen = outcome.live ?? live;
  const columns = attributeColumns(plan.mapping);
  const isManaged = managedFields(desired.fieldLimits, plan.mapping);
  return [...desired.developers.values()].map((declared) => ({
    developer:
      seen.developers.get(declared.email) ??
      desiredRecord(declared, live.developers.get(declared.email), plan.mapping, columns, isManaged),
    identities: [...declared.identities].map(([integrationId, identity]) => ({
      email: declared.email,
      integrationId,
      identity,
    })),
    fields: declaredFields(declared, isManaged),
  }));
}
