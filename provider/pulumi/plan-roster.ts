import type { PlannedRoster } from "../apply/plan-live.js";
import { renameJournal } from "../apply/rename-journal.js";
import { parseCanonicalRoster } from "../roster/canonical-roster.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { needsIdentities } from "../roster/needs-identities.js";
import { type Policy, plan } from "../roster/plan.js";
import { CleanError } from "./clean-error.js";
import type { RosterInputs } from "./inputs.js";
import { type Managed, managedAmong, protectedAmong } from "./managed.js";
import { rosterStore } from "./roster-store.js";
import type { Session } from "./session.js";

/** What planning may hold of a session: nothing in it can write to an account. */
export type ReadingSession = Pick<Session, "settings" | "reader">;

/** The roster that a fingerprint names; null when its file is not on this machine, or of another version's form. */
export async function storedRoster(fingerprint: string): Promise<DesiredRoster | null> {
  const text = await rosterStore().get(fingerprint);
  if (text === null) return null;
  try {
    return parseCanonicalRoster(text);
  } catch {
    return null;
  }
}

/** Reads live and plans, for the roster that the program put aside. */
export async function planRoster(
  session: ReadingSession,
  inputs: RosterInputs,
  managed: Managed,
): Promise<PlannedRoster> {
  const desired = await storedRoster(inputs.fingerprint);
  if (desired === null) {
    throw new CleanError(
      "the roster that the program loaded is not in the cache folder of this machine (PULUMI_HARNESS_SEI_CACHE, else the user's cache folder). Run the program again: `pulumi preview` or `pulumi up`",
    );
  }
  return planDesired(session, desired, inputs, managed);
}

/** Reads live and plans. */
export async function planDesired(
  session: ReadingSession,
  desired: DesiredRoster,
  wanted: Pick<RosterInputs, "prune" | "strategy" | "guards"> & Pick<Policy, "emptySourceIsMeant" | "managedColumns">,
  managed: Managed,
): Promise<PlannedRoster> {
  const journals = renameJournal(session.settings.target);
  const [journal, sentAlong] = [await journals.entries(), await journals.values?.entries()];
  const live = await session.reader.readRoster({ identities: needsIdentities(desired, journal) });
  const policy: Policy = {
    target: session.settings.target,
    prune: wanted.prune,
    strategy: wanted.strategy,
    guards: { ...wanted.guards, protect: protectedPeople(desired, managed, live) },
    ...(wanted.emptySourceIsMeant === true ? { emptySourceIsMeant: true } : {}),
    managed: managedAmong(managed, live.developers.keys()),
    ...(wanted.managedColumns === undefined ? {} : { managedColumns: wanted.managedColumns }),
    journal,
    ...(sentAlong === undefined ? {} : { sentAlong }),
    appliedBefore: managed.seen,
    generation: session.settings.generation,
  };
  return { desired, live, policy, plan: plan(desired, live, policy) };
}

/** Whom the source protects now, and whom it protected at the last apply: a destroy has no source. */
function protectedPeople(desired: DesiredRoster, managed: Managed, live: LiveRoster): readonly string[] {
  if (desired.developers.size > 0) return desired.guards.protect ?? [];
  return [...protectedAmong(managed, live.developers.keys())];
}
