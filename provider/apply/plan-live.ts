import type { DesiredRoster } from "../roster/desired-roster.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { needsIdentities } from "../roster/needs-identities.js";
import { type Plan, type Policy, plan } from "../roster/plan.js";
import type { RenameEntry } from "../roster/rename-entry.js";
import type { PartWish } from "../sei/part/part-wish.js";
import type { SeiReader } from "../sei/reader.js";
import type { RenameJournal } from "./journal.js";
import { planPeople } from "./plan-people.js";

/** What planning may hold: nothing in it can write to an account. */
export interface PlanningSession {
  readonly reader: SeiReader;
  /** The renames that an apply on this machine began. */
  readonly journal: Pick<RenameJournal, "entries" | "values">;
  /** An earlier apply left people in the account. */
  readonly appliedBefore?: boolean;
}

/** A plan and what it was made of. */
export interface PlannedRoster {
  readonly desired: DesiredRoster;
  readonly live: LiveRoster;
  readonly policy: Policy;
  readonly plan: Plan;
  /** What was read, where that was not everybody: an apply reads no more. */
  readonly only?: PartWish;
}

/** What a plan is made under, as a face of this package says it. */
export type Wanted = Pick<Policy, "prune" | "strategy" | "guards" | "sentAlong" | "only">;

/** Reads live and plans. */
export async function planLive(
  session: PlanningSession,
  desired: DesiredRoster,
  wanted: Wanted,
): Promise<PlannedRoster> {
  const journal = await session.journal.entries();
  const sentAlong = (await session.journal.values?.entries()) ?? [];
  if (wanted.only !== undefined) {
    return planPeople(session, desired, { ...wanted, only: wanted.only }, { journal, sentAlong });
  }
  const live = await session.reader.readRoster({ identities: needsIdentities(desired, journal) });
  return planOn(session, live, journal, desired, { ...wanted, sentAlong });
}

/** Plans on what was read. */
export function planOn(
  { reader, appliedBefore = false }: PlanningSession,
  live: LiveRoster,
  journal: readonly RenameEntry[],
  desired: DesiredRoster,
  wanted: Wanted,
): PlannedRoster {
  const policy: Policy = {
    target: reader.target,
    generation: reader.generation ?? "v2",
    ...wanted,
    managed: new Set(),
    journal,
    appliedBefore,
  };
  return { desired, live, policy, plan: plan(desired, live, policy) };
}
