import type { DesiredRoster } from "../roster/desired-roster.js";
import type { DesiredDeveloper } from "../roster/developer.js";
import type { KeptValues } from "../roster/kept-values.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { needsIdentities } from "../roster/needs-identities.js";
import { meantBy } from "../roster/only.js";
import { type Plan, refusals } from "../roster/plan.js";
import type { RenameEntry } from "../roster/rename-entry.js";
import type { PartWish } from "../sei/part/part-wish.js";
import { type PlannedRoster, type PlanningSession, planOn, type Wanted } from "./plan-live.js";

/** What the journals of this machine remember. */
export interface Remembered {
  readonly journal: readonly RenameEntry[];
  readonly sentAlong: readonly KeptValues[];
}

/**
 * Reads and plans some people alone.
 *
 * What is created or updated needs little proof: the field mapping, these records, whoever is above them, who holds the
 * identities that they get. So the account is asked for that alone, where it can be. A delete, a rename and a share of
 * the roster need everybody, so they, and every refusal that somebody else's record could lift, are founded on a whole
 * read.
 */
export async function planPeople(
  session: PlanningSession,
  desired: DesiredRoster,
  wanted: Wanted & { readonly only: readonly string[] },
  remembered: Remembered,
): Promise<PlannedRoster> {
  const { people } = meantBy(wanted.only, desired);
  const narrow = { ...wanted, only: people };
  const named = people.flatMap((email) => desired.developers.get(email) ?? []);
  const sentAlong = remembered.sentAlong.filter(({ email }) => people.includes(email));
  const planned = (live: LiveRoster, journal: readonly RenameEntry[]) =>
    planOn(session, live, journal, desired, { ...narrow, sentAlong });
  const identities = needsIdentities({ ...desired, developers: byEmail(named) }, remembered.journal);

  const isBegun = remembered.journal.some(concerns(named, people));
  // Whoever is not declared, or has left, may be a leaver.
  if (named.length === people.length && !isBegun) {
    const only = partOf(named);
    const live = await session.reader.readRoster({ identities, only });
    if (live.part !== true) return planned(live, remembered.journal);
    const part = planned(live, []);
    if (isSmall(part.plan)) return { ...part, only: again(only, live) };
  }
  return planned(await session.reader.readRoster({ identities }), remembered.journal);
}

/** These people, whom they are to report to, whom they may have been, and what they are to hold. */
function partOf(named: readonly DesiredDeveloper[]): PartWish {
  const people = named.flatMap(({ email, managerEmail = "", previousEmails = [] }) => [
    email,
    ...previousEmails,
    ...(managerEmail === "" ? [] : [managerEmail]),
  ]);
  return {
    people: [...new Set(people)],
    identitiesOf: named.map(({ email }) => email),
    claims: named.flatMap(({ identities }) =>
      [...identities].map(([integrationId, identity]) => ({ integrationId, identity })),
    ),
  };
}

/** Whoever was read before is read again, so that two reads can be compared. */
function again(only: PartWish, { developers }: LiveRoster): PartWish {
  return { ...only, people: [...new Set([...only.people, ...developers.keys()])] };
}

/** Whether a plan hangs on nobody who was not read, but the manager who is missing and was asked for. */
function isSmall(plan: Plan): boolean {
  const kinds = ["create", "update", "setIdentity"];
  const refusing = refusals(plan).map(({ name }) => name);
  return plan.changes.every(({ kind }) => kinds.includes(kind)) && refusing.every((name) => name === "consistency");
}

function concerns(named: readonly DesiredDeveloper[], people: readonly string[]): (entry: RenameEntry) => boolean {
  const addresses = new Set([...people, ...named.flatMap(({ previousEmails = [] }) => previousEmails)]);
  return ({ email, previousEmail }) => addresses.has(email) || addresses.has(previousEmail);
}

function byEmail(named: readonly DesiredDeveloper[]): ReadonlyMap<string, DesiredDeveloper> {
  return new Map(named.map((one) => [one.email, one]));
}
