import { applyPlan } from "../apply/apply-plan.js";
import { summaryOf } from "../report/summary.js";
import { refusedLines } from "../report/text.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import { CleanError } from "./clean-error.js";
import type { RosterOutputs } from "./inputs.js";
import { planDesired } from "./plan-roster.js";
import type { Session } from "./session.js";

/** Nobody declared, nothing mapped: what a destroy wants. */
const NOBODY: DesiredRoster = { fields: null, developers: new Map(), guards: {} };

/**
 * Deletes the people whom this roster manages, and nobody else. The field mapping stays: the API cannot delete it.
 *
 * @throws CleanError unless `forceDestroy: true` was applied before; when a guard refuses; when it was not completed.
 */
export async function destroyRoster(session: Session, state: RosterOutputs): Promise<void> {
  if (state.forceDestroy !== true) {
    throw new CleanError(
      "deleting this resource would delete its developers from the account, so it is refused. Set `forceDestroy: true` on the DeveloperRoster, run `pulumi up`, and destroy again; to leave the developers in place, run `pulumi state delete URN` (or set `retainOnDelete`)",
    );
  }
  const guards = { maxDelete: "100%", minDevelopers: 0 } as const;
  const wanted = { prune: "managed", strategy: "upsert", guards, emptySourceIsMeant: true } as const;
  const planned = await planDesired(session, NOBODY, wanted, state.managed);
  const refused = refusedLines(planned.plan, session.settings.people);
  if (refused.length > 0) throw new CleanError(refused.join("\n"));
  if (planned.plan.changes.length > 0) {
    const outcome = await applyPlan({ ...planned, reader: session.reader, writer: session.writer });
    if (outcome.status !== "applied") {
      throw new CleanError(
        `${outcome.done.length} of ${planned.plan.changes.length} developers were deleted: ${outcome.reason}. Destroy again to do the rest`,
      );
    }
  }
  console.log(`destroyed: ${summaryOf(planned.plan.changes)}; the field mapping stays, as the API cannot delete it`);
}
