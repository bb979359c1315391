import { backUp } from "../apply/backup.js";
import { keepBackup } from "../apply/keep-backup.js";
import { isApproved } from "../roster/approved-plan.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Plan } from "../roster/plan.js";
import { CleanError, messageOf } from "./clean-error.js";
import type { Session } from "./session.js";
import { NAMESPACE } from "./settings.js";

/**
 * The last that happens before a plan is applied: it must be the one that was reviewed, where only such are applied, and
 * what is live is saved.
 *
 * @throws CleanError when it may not be applied, or nothing can be saved; nothing was sent then
 */
export async function beforeWriting(
  { settings, reader }: Pick<Session, "settings" | "reader">,
  plan: Plan,
  live: LiveRoster,
  applicationTypes?: DesiredRoster["applicationTypes"],
): Promise<void> {
  if (plan.changes.length === 0) return;
  refuseUnapproved(settings.approvedPlans, plan);
  try {
    const { file } = await keepBackup(await backUp(reader, live, plan, new Date(), applicationTypes), undefined);
    console.log(`backup of what is live: ${file} (sei-roster restore FILE plans it back)`);
  } catch (error) {
    throw new CleanError(`nothing was changed: ${messageOf(error)}`);
  }
}

/** @throws CleanError that says both checksums */
export function refuseUnapproved(
  approved: readonly string[] | null,
  plan: { readonly changes: readonly unknown[]; readonly checksum: string },
): void {
  if (approved === null || isApproved(plan, approved)) return;
  throw new CleanError(
    `this is not the plan that was reviewed: ${NAMESPACE}:approvedPlan is ${approved.join(", ")}, and the plan now is ${plan.checksum}. Nothing was changed. Review it again (\`pulumi preview\`), and set ${NAMESPACE}:approvedPlan, or for a plain destroy SEI_APPROVED_PLAN in the environment`,
  );
}
