import type { PlannedRoster } from "../apply/plan-live.js";
import type { PlanRequest } from "../apply/saved-plan.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import { type Policy, plan } from "../roster/plan.js";
import { rosterAsLive } from "../roster/roster-as-live.js";

/**
 * Plans a roster against another version of it, as if the account were as that one says: offline, without a key. Who is
 * declared there and not here leaves, as far as `prune` says so. The plan has no way, because nothing can be applied.
 */
export function planAgainst({ desired, wanted }: PlanRequest, base: DesiredRoster): PlannedRoster {
  const live = rosterAsLive(base, desired);
  const policy: Policy = {
    target: { endpoint: "offline", account: "" },
    ...wanted,
    managed: new Set(base.developers.keys()),
  };
  const made = plan(desired, live, policy);
  const way = { kind: "none", requests: 0, why: "two versions of the files are compared" } as const;
  return { desired, live, policy, plan: { ...made, way } };
}
