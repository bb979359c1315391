import { applyPlan } from "../apply/apply-plan.js";
import { summaryOf } from "../report/summary.js";
import { refusedLines } from "../report/text.js";
import { EMPTY_ROSTER } from "../roster/desired-roster.js";
import { plan } from "../roster/plan.js";
import { beforeWriting } from "./before-writing.js";
import { CleanError } from "./clean-error.js";
import type { RosterOutputs } from "./inputs.js";
import { planDesired } from "./plan-roster.js";
import type { Session } from "./session.js";

/** Nobody declared, nothing mapped: what a destroy wants. */

/**
 * Deletes the people whom this roster manages, and nobody else.
 *
 * @param declaredElsewhere keys that another roster of this account declared in the same run: a resource that is renamed
 *   or replaced is created under its new name first, and then deleted under its old one.
 * @throws CleanError unless `forceDestroy: true` was applied before; when a guard refuses; when it was not completed.
 */
export async function destroyRoster(
  session: Session,
  state: RosterOutputs,
  declaredElsewhere: ReadonlySet<string>,
): Promise<void> {
  if (state.forceDestroy !== true) {
    throw new CleanError(
      "deleting this resource would delete its developers from the account, so it is refused. Set `forceDestroy: true` on the DeveloperRoster, run `pulumi up`, and destroy again; to leave the developers in place, run `pulumi state delete URN` (or set `retainOnDelete`). A resource that was only renamed needs `aliases`",
    );
  }
  const { reader, writer, settings } = session;
  const guards = { maxDelete: "100%", minDevelopers: 0 } as const;
  const wanted = { prune: "managed", strategy: "upsert", guards, emptySourceIsMeant: true } as const;
  const { live, policy: whole } = await planDesired(session, EMPTY_ROSTER, wanted, state.managed);
  if (live.mapping === null) {
    if (live.completeness.proven) return console.log("destroyed: the account is not set up, so nobody is left");
    throw new CleanError(`the live roster could not be read: ${live.completeness.reason}`);
  }
  const leaving = [...whole.managed].filter((email) => !declaredElsewhere.has(email));
  const policy = { ...whole, managed: new Set(leaving) };
  const destroy = plan(EMPTY_ROSTER, live, policy);
  const refused = refusedLines(destroy, settings.people);
  if (refused.length > 0) throw new CleanError(refused.join("\n"));
  if (destroy.changes.length > 0) {
    await beforeWriting(session, destroy, live);
    const outcome = await applyPlan({ plan: destroy, desired: EMPTY_ROSTER, live, policy, reader, writer });
    if (outcome.status !== "applied") {
      const reason = settings.people === "none" ? outcome.reasonWithoutPeople : outcome.reason;
      throw new CleanError(
        `${outcome.done.length} of ${destroy.changes.length} developers were deleted: ${reason}. Destroy again to do the rest`,
      );
    }
  }
  const stay = whole.managed.size - leaving.length;
  const staying = stay === 0 ? "" : `; ${stay} stay, because another DeveloperRoster of this run declares them`;
  console.log(
    `destroyed: ${summaryOf(destroy.changes)}${staying}; the field mapping stays, as the API cannot delete it`,
  );
}
