import type { Change, CreateChange, DeleteChange, SetIdentityChange, UpdateChange } from "./change.js";
import { desiredRecord } from "./desired-record.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { Developer } from "./developer.js";
import { diffDeveloper } from "./diff-developer.js";
import type { Absence } from "./effective.js";
import type { FieldMapping } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import { managedFields } from "./managed-fields.js";
import type { Prune } from "./policy.js";
import { attributeColumns } from "./resolve-mapping.js";
import { type ScopeTest, scopeTest } from "./scope.js";
import { byText } from "./strings.js";

/** A developer who is live, not declared, and stays; and why. */
export interface Kept {
  readonly email: string;
  readonly name: string;
  readonly because: "notOurs" | "outOfScope" | "joinsLater";
}

/** What is ours to delete. */
export interface Ownership {
  readonly prune: Prune;
  /** Keys that an earlier apply of this roster declared; only looked at with `prune: managed`. */
  readonly managed: ReadonlySet<string>;
}

/** The difference between live and desired, before anybody judges it. */
export interface RosterDiff {
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
}

/** Compares developers and identities. The changes come sorted by kind, then by key. */
export function diffRoster(
  desired: DesiredRoster,
  live: LiveRoster,
  mapping: FieldMapping,
  ownership: Ownership,
): RosterDiff {
  const columns = attributeColumns(mapping);
  const isManaged = managedFields(desired.fieldLimits, mapping);
  const scope = scopeTest(desired.scope, mapping);
  const creates: CreateChange[] = [];
  const updates: UpdateChange[] = [];
  for (const declared of desired.developers.values()) {
    const before = live.developers.get(declared.email);
    const after = desiredRecord(declared, before, mapping, columns, isManaged);
    if (before === undefined) {
      const due = declared.effective?.from;
      creates.push({ kind: "create", email: declared.email, after, ...(due === undefined ? {} : { due }) });
      continue;
    }
    const fields = diffDeveloper(before, after, mapping);
    if (fields.length > 0) updates.push({ kind: "update", email: declared.email, before, after, fields });
  }
  const deletes: DeleteChange[] = [];
  const kept: Kept[] = [];
  for (const before of live.developers.values()) {
    const { email, name } = before;
    if (desired.developers.has(email)) continue;
    const absence = desired.absent.get(email);
    const because = whyKept(before, absence, scope, ownership);
    if (because !== null) kept.push({ email, name, because });
    else deletes.push({ kind: "delete", email, before, ...(absence === undefined ? {} : { due: absence.on }) });
  }
  const identities = diffIdentities(desired, live, isManaged("identities"));
  return {
    changes: [...creates.sort(byEmail), ...updates.sort(byEmail), ...deletes.sort(byEmail), ...identities],
    kept: kept.sort(byEmail),
  };
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

/** @param isManaged whether identities of people who are live may change */
function diffIdentities(desired: DesiredRoster, live: LiveRoster, isManaged: boolean): readonly SetIdentityChange[] {
  // A developer may hold several identities in one integration: the declared one only has to be among them.
  const held = new Map<string, string[]>();
  const holder = new Map<string, string>();
  for (const { email, integrationId, identity } of live.identities ?? []) {
    const key = `${integrationId} ${email}`;
    const own = held.get(key);
    if (own === undefined) held.set(key, [identity]);
    else own.push(identity);
    holder.set(`${integrationId} ${identity}`, email);
  }
  const changes: SetIdentityChange[] = [];
  for (const { email, identities } of desired.developers.values()) {
    if (!isManaged && live.developers.has(email)) continue;
    for (const [integrationId, after] of identities) {
      const own = held.get(`${integrationId} ${email}`) ?? [];
      if (own.includes(after)) continue;
      const before = [...own].sort(byText)[0] ?? null;
      const movedFrom = holder.get(`${integrationId} ${after}`) ?? null;
      changes.push({ kind: "setIdentity", email, integrationId, before, after, movedFrom });
    }
  }
  return changes.sort((a, b) => byEmail(a, b) || a.integrationId - b.integrationId);
}

function byEmail(a: { readonly email: string }, b: { readonly email: string }): number {
  return byText(a.email, b.email);
}
