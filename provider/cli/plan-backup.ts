import type { Backup } from "../apply/backup.js";
import { type PlannedRoster, type PlanningSession, planOn } from "../apply/plan-live.js";
import type { Plan } from "../roster/plan.js";
import { restoredRoster } from "../roster/restored-roster.js";
import { doubted } from "./plan-source.js";

/** A plan that brings a backup back. */
export interface PlannedRestore extends PlannedRoster {
  /** What cannot be restored. */
  readonly notes: readonly string[];
}

/**
 * Reads live and plans a backup back. Who names the plan by its checksum has seen whom it concerns, so that plan may go
 * beyond the limits; what is no limit refuses it all the same.
 *
 * @throws Error when there is nothing in the backup
 */
export async function planBackup(
  { mapping, developers, identities, applicationTypes, people }: Backup,
  checksum: string | undefined,
  session: PlanningSession,
): Promise<PlannedRestore> {
  if (mapping === null)
    throw new Error("the account was not set up when this backup was made: there is nothing to restore");
  const journal = await session.journal.entries();
  const live = await session.reader.readRoster({ identities: identities !== null || journal.length > 0 });
  const restored = restoredRoster({ mapping, developers, identities }, live);
  const { notes } = restored;
  const types = applicationTypes === undefined ? {} : { applicationTypes: new Map(applicationTypes) };
  const desired = { ...restored.desired, ...types };
  const named = { people: {}, plan: checksum ?? "", reason: "--checksum names it", until: "9999-12-31" } as const;
  const allowing = checksum === undefined ? desired : { ...desired, allow: [named] };
  const planned = planOn(session, live, journal, allowing, {
    prune: "all",
    strategy: "auto",
    guards: {},
    // Of everybody else it says nothing.
    ...(people === undefined ? {} : { only: people }),
  });
  return { ...planned, plan: withHints(doubted(planned)), notes };
}

export function restoreNotes(planned: PlannedRoster): readonly string[] {
  return "notes" in planned ? (planned as PlannedRestore).notes.map((note) => `note: ${note}`) : [];
}

/** There is no roster file to write an exception into: the checksum is the exception. */
function withHints(plan: Plan): Plan {
  const guards = plan.guards.map((verdict) =>
    verdict.verdict === "refused" && verdict.name.startsWith("max")
      ? { ...verdict, hint: `if this is meant, restore this plan by its name: --checksum ${plan.checksum}` }
      : verdict,
  );
  return { ...plan, guards };
}
