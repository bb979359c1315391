import { excused } from "./allowance.js";
import type { Change, CreateChange, DeleteChange, FieldChange, RenameChange, UpdateChange } from "./change.js";
import { desiredRecord } from "./desired-record.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { DesiredDeveloper, Developer } from "./developer.js";
import { diffDeveloper } from "./diff-developer.js";
import { diffIdentities, type IdentityDiff } from "./diff-identities.js";
import type { Absence } from "./effective.js";
import type { FieldMapping } from "./field-mapping.js";
import { heldIdentities } from "./held-identities.js";
import { type KeptValues, refilled } from "./kept-values.js";
import type { LiveRoster } from "./live-roster.js";
import { managedFields } from "./managed-fields.js";
import type { Prune } from "./policy.js";
import { proveRenames, type UnsafeRename } from "./prove-renames.js";
import type { RenameEntry } from "./rename-entry.js";
import { attributeColumns } from "./resolve-mapping.js";
import { type BothLive, type Renames, resolveRenames } from "./resolve-renames.js";
import { type ScopeTest, scopeTest } from "./scope.js";
import { byText } from "./strings.js";

/** A developer who is live, not declared, and stays; and why. */
export interface Kept {
  readonly email: string;
  readonly name: string;
  readonly because: "notOurs" | "outOfScope" | "joinsLater";
}

/** What is ours to delete, and what was begun. */
export interface Ownership {
  readonly prune: Prune;
  /** Keys that an earlier apply of this roster declared; only looked at with `prune: managed`. */
  readonly managed: ReadonlySet<string>;
  /** Renames that an earlier apply began. */
  readonly journal?: readonly RenameEntry[];
  /** Values that an earlier apply sent along; what is blank of them is put back. */
  readonly sentAlong?: readonly KeptValues[];
  /** A record as it is read once another live column is the NAME or the MANAGER_EMAIL. Left out: as it is. */
  readonly reread?: (developer: Developer) => Developer;
}

/** The difference between live and desired, before anybody judges it. */
export interface RosterDiff {
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
  /** Renames that would lose something, or that nobody can tell how to do: none of them is among the changes. */
  readonly unsafe: readonly UnsafeRename[];
}

/** Compares developers and identities. The changes come sorted by kind, then by key. */
export function diffRoster(
  desired: DesiredRoster,
  live: LiveRoster,
  mapping: FieldMapping,
  ownership: Ownership,
): RosterDiff {
  const isManaged = managedFields(desired.fieldLimits, mapping);
  const held = heldIdentities(live.identities ?? [], live.developers);
  const renames = resolveRenames(desired, live, ownership.journal ?? [], held);
  const people = diffPeople(desired, live, mapping, ownership, renames);
  const identities: IdentityDiff = {
    desired,
    isLive: (email) => live.developers.has(email),
    held,
    isManaged: isManaged("identities"),
    sources: sourcesOf(renames),
    entries: renames.entries,
  };
  const { creates, updates, deletes, kept } = people;
  const isExcused = (email: string) => excused(desired.allow, "delete", [email]).people.size > 0;
  const { rest, unsafe } = proveRenames(renames, { mapping, identities, isExcused, ...people });
  const renamed = [...people.renames, ...restOf(rest, live, people.recordOf)].sort(byEmail);
  return { changes: [...creates, ...renamed, ...updates, ...deletes, ...diffIdentities(identities)], kept, unsafe };
}

/** What differs in the records. */
interface PeopleDiff {
  readonly creates: readonly CreateChange[];
  readonly renames: readonly RenameChange[];
  readonly updates: readonly UpdateChange[];
  readonly deletes: readonly DeleteChange[];
  readonly kept: readonly Kept[];
  /** The record that a declared developer should have. */
  readonly recordOf: (email: string) => Developer | undefined;
  /** The record that is live under an old address, whose manager has followed a rename. */
  readonly oldRecord: (previousEmail: string) => Developer | undefined;
  /** The keys of everybody to whom somebody reports who stays. */
  readonly bosses: ReadonlySet<string>;
}

function diffPeople(
  desired: DesiredRoster,
  live: LiveRoster,
  mapping: FieldMapping,
  ownership: Ownership,
  { begun, rest, spokenFor }: Renames,
): PeopleDiff {
  const columns = attributeColumns(mapping);
  const isManaged = managedFields(desired.fieldLimits, mapping);
  const scope = scopeTest(desired.scope, mapping);
  const follow = follower([...begun].map(([email, previousEmail]) => ({ email, previousEmail })).concat(rest), mapping);
  const creates: CreateChange[] = [];
  const renames: RenameChange[] = [];
  const updates: UpdateChange[] = [];
  const records = new Map<string, Developer>();
  const refill = refiller(ownership.sentAlong ?? [], live.developers);
  const { reread } = ownership;
  const whole = reread === undefined ? refill : (developer: Developer) => reread(refill(developer));
  const recordOver = (declared: DesiredDeveloper, before: Developer | undefined) =>
    follow.record(desiredRecord(declared, before && whole(before), mapping, columns, isManaged));
  const bosses = new Set<string>();
  for (const declared of desired.developers.values()) {
    const { email } = declared;
    const previousEmail = begun.get(email);
    const before = live.developers.get(previousEmail ?? email);
    const after = recordOver(declared, before);
    records.set(email, after);
    bosses.add(after.managerEmail);
    if (before === undefined) {
      const due = declared.effective?.from;
      creates.push({ kind: "create", email, after, ...(due === undefined ? {} : { due }) });
      continue;
    }
    const fields = follow.fields(diffDeveloper(before, after, mapping), refill(before));
    if (previousEmail !== undefined) {
      const own = fields.filter(({ field, sameManager }) => field !== mapping.email && sameManager !== true);
      renames.push({ kind: "rename", email, previousEmail, before, after, fields: own });
    } else if (fields.length > 0) updates.push({ kind: "update", email, before, after, fields });
  }
  const deletes: DeleteChange[] = [];
  const kept: Kept[] = [];
  for (const before of live.developers.values()) {
    const { email, name } = before;
    if (desired.developers.has(email) || spokenFor.has(email)) continue;
    const absence = desired.absent.get(email);
    const because = whyKept(before, absence, scope, ownership);
    if (because === null) {
      deletes.push({ kind: "delete", email, before, ...(absence === undefined ? {} : { due: absence.on }) });
      continue;
    }
    kept.push({ email, name, because });
    const after = follow.record(whole(before));
    bosses.add(after.managerEmail);
    // Not declared, and yet theirs is the one value that has to follow: the API refuses to leave them without a manager.
    // And what a write of ours may have blanked comes back.
    const fields = after === before ? [] : follow.fields(diffDeveloper(before, after, mapping), refill(before));
    if (fields.length > 0) updates.push({ kind: "update", email, before, after, fields });
  }
  return {
    creates: creates.sort(byEmail),
    renames,
    updates: updates.sort(byEmail),
    deletes: deletes.sort(byEmail),
    kept: kept.sort(byEmail),
    recordOf: (email) => records.get(email),
    oldRecord(previousEmail) {
      const old = live.developers.get(previousEmail);
      return old === undefined ? undefined : follow.record(old);
    },
    bosses,
  };
}

/** Puts back what is blank of the values that were sent along. */
function refiller(
  sentAlong: readonly KeptValues[],
  live: ReadonlyMap<string, Developer>,
): (record: Developer) => Developer {
  if (sentAlong.length === 0) return (record) => record;
  const byEmail = new Map<string, KeptValues[]>();
  for (const one of sentAlong) byEmail.set(one.email, [...(byEmail.get(one.email) ?? []), one]);
  // The latest first: what it holds is not blank for the ones before it.
  return (record) =>
    (byEmail.get(record.email) ?? []).reduceRight((whole, values) => refilled(whole, values, live), record);
}

/** Makes the reports of who is renamed follow to the new address. */
function follower(
  renamed: readonly { readonly email: string; readonly previousEmail: string }[],
  mapping: FieldMapping,
) {
  const newAddress = new Map(renamed.map(({ email, previousEmail }) => [previousEmail, email]));
  return {
    record(developer: Developer): Developer {
      const managerEmail = newAddress.get(developer.managerEmail);
      return managerEmail === undefined ? developer : { ...developer, managerEmail };
    },
    /** @param whole the record before, with what an interrupted run of ours took from it */
    fields(fields: readonly FieldChange[], whole: Developer): readonly FieldChange[] {
      const manager = newAddress.get(whole.managerEmail) ?? whole.managerEmail;
      return fields.map(
        (change): FieldChange =>
          change.field === mapping.managerEmail && change.after === manager ? { ...change, sameManager: true } : change,
      );
    },
  };
}

/** Whose identities come along with whom. */
function sourcesOf({ begun, rest }: Renames): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>([...begun].map(([email, previous]) => [email, [previous]]));
  for (const { email, previousEmail } of rest) {
    const own = sources.get(email);
    if (own === undefined) sources.set(email, [previousEmail]);
    else own.push(previousEmail);
  }
  return sources;
}

/** The old records of people whose new ones are there, or come with another of their old ones. */
function restOf(
  rest: readonly BothLive[],
  live: LiveRoster,
  recordOf: PeopleDiff["recordOf"],
): readonly RenameChange[] {
  return rest.flatMap(({ email, previousEmail }): RenameChange[] => {
    const before = live.developers.get(previousEmail);
    const after = recordOf(email);
    if (before === undefined || after === undefined) return [];
    return [{ kind: "rename", email, previousEmail, before, after, fields: [], isRest: true }];
  });
}

/** null: nothing keeps them, so they leave. */
function whyKept(
  developer: Developer,
  absence: Absence | undefined,
  scope: ScopeTest,
  ownership: Ownership,
): Kept["because"] | null {
  if (!scope.has(developer)) return "outOfScope";
  if (absence?.kind === "joinsLater") return "joinsLater";
  return isOurs(developer, ownership) ? null : "notOurs";
}

function isOurs(developer: Developer, { prune, managed }: Ownership): boolean {
  switch (prune) {
    case "none":
      return false;
    case "managed":
      return managed.has(developer.email);
    case "all":
      return true;
  }
}

interface Keyed {
  readonly email: string;
  readonly previousEmail?: string;
}

function byEmail(a: Keyed, b: Keyed): number {
  return byText(a.email, b.email) || byText(a.previousEmail ?? "", b.previousEmail ?? "");
}
