import { type Change, changesOf } from "./change.js";
import { checksum } from "./checksum.js";
import { judgeConsistency } from "./consistency.js";
import type { DesiredRoster } from "./desired-roster.js";
import { diffRoster, type Kept } from "./diff-roster.js";
import type { FieldMapping } from "./field-mapping.js";
import type { Generation } from "./generation.js";
import { judge } from "./guards.js";
import { judgeApplicationTypes } from "./judge-application-types.js";
import { judgeMapping, judgeMappingDrop } from "./judge-mapping.js";
import { judgeOnly } from "./judge-only.js";
import { judgeRenames } from "./judge-renames.js";
import { judgeScope } from "./judge-scope.js";
import type { KeptValues } from "./kept-values.js";
import type { LiveRoster } from "./live-roster.js";
import { isLimited } from "./managed-fields.js";
import { underNewColumns } from "./moved-columns.js";
import { narrowed } from "./only.js";
import type { GuardSettings, Prune, Strategy } from "./policy.js";
import type { RenameEntry } from "./rename-entry.js";
import { resolveMapping } from "./resolve-mapping.js";
import { rosterAfter } from "./roster-after.js";
import { type ScopeTest, scopeTest } from "./scope.js";
import type { Target } from "./target.js";
import { passed, type Verdict } from "./verdict.js";
import { type Warning, warningsOf } from "./warnings.js";
import { chooseWay, type Way } from "./way.js";

/** What a plan is made under. */
export interface Policy {
  readonly target: Target;
  readonly prune: Prune;
  /** Keys that an earlier apply of this roster declared; only looked at with `prune: managed`. */
  readonly managed: ReadonlySet<string>;
  /** Columns that an earlier apply of this mapping declared: one that is left out now is to go, if that is said. */
  readonly managedColumns?: readonly string[];
  readonly guards: GuardSettings;
  readonly strategy: Strategy;
  /** Renames that an earlier apply began, from the journal of the machine that it ran on. */
  readonly journal?: readonly RenameEntry[];
  /** Values that upserts of an earlier apply sent along, from the journal of the machine that it ran on. */
  readonly sentAlong?: readonly KeptValues[];
  /** An earlier apply is on record, so an account that looks empty is suspicious. */
  readonly appliedBefore?: boolean;
  /** Keys: the plan is theirs alone, and nothing else of the whole plan is in it. Left out: everybody's. */
  readonly only?: readonly string[];
  /** Only a destroy means it when it declares nobody. */
  readonly emptySourceIsMeant?: boolean;
  /** How the account is spoken to. Left out: v2. */
  readonly generation?: Generation;
}

/** Everything that an apply would do, and what the guards say of it. Immutable. */
export interface Plan {
  readonly target: Target;
  readonly changes: readonly Change[];
  /** The field mapping that holds after the apply. */
  readonly mapping: FieldMapping;
  readonly way: Way;
  /** Live, not declared, and not ours to delete. */
  readonly kept: readonly Kept[];
  readonly warnings: readonly Warning[];
  readonly guards: readonly Verdict[];
  /** Over the target and the changes alone. */
  readonly checksum: string;
}

/**
 * Compares desired with live and judges the difference. Pure and total: the same inputs give the same bytes, in
 * whatever order they come.
 *
 * @example
 * plan(desired, live, policy).changes; // [] when live is as declared
 */
export function plan(desired: DesiredRoster, read: LiveRoster, policy: Policy): Plan {
  const { only } = policy;
  const whole = { desired, ownership: policy };
  const part =
    only === undefined ? whole : narrowed(desired, read, resolveMapping(desired, read.mapping).mapping, policy, only);
  const resolved = resolveMapping(part.desired, read.mapping, policy.managedColumns);
  const { mapping, unknownAttributes } = resolved;
  const { live, changes: mapped, reread } = underNewColumns(read, resolved);
  const { changes: people, kept, unsafe } = diffRoster(part.desired, live, mapping, { ...part.ownership, reread });
  const changes = [...mapped, ...people];
  const after = rosterAfter(live.developers, changes);
  const sum = checksum({ target: policy.target, changes });
  const way = chooseWay(changes, {
    isSetUp: live.mapping !== null,
    everythingIsOurs:
      only === undefined && policy.prune === "all" && desired.scope === null && !isLimited(desired.fieldLimits),
    strategy: only === undefined ? policy.strategy : "auto",
  });
  return {
    target: policy.target,
    changes,
    mapping,
    way,
    kept: only === undefined ? kept : kept.filter(({ email }) => only.includes(email)),
    warnings: warningsOf(changes),
    guards: [
      judgeEmptySource(desired, changes, policy),
      ...judge(
        {
          changes,
          live,
          mapping,
          owned: countOwned(desired, live, changes, policy, scopeTest(desired.scope, mapping)),
          after: after.size,
          way: way.kind,
          appliedBefore: policy.appliedBefore === true,
          allow: desired.allow,
          checksum: sum,
        },
        policy.guards,
      ),
      judgeMappingDrop({ changes, declared: part.desired.fields, live, mapping, after }),
      ...judgeMapping({ changes, declared: part.desired.fields, live, mapping, after }),
      judgeScope(part.desired, live.developers, changes, after, mapping),
      judgeRenames({ changes, unsafe, way: way.kind, identitiesWereRead: live.identities !== null }),
      judgeConsistency(changes, after, unknownAttributes, only === undefined ? null : desired.developers),
      ...(policy.generation === "previous" ? [judgeApplicationTypes(changes, part.desired)] : []),
      ...(only === undefined ? [] : [judgeOnly({ changes, desired, live, only, unknownAttributes })]),
    ],
    checksum: sum,
  };
}

/** The verdicts that refuse a plan; none: it may be applied. */
export function refusals({ guards }: Plan): readonly Verdict[] {
  return guards.filter(({ verdict }) => verdict === "refused");
}

/** An empty source is a broken export until somebody says otherwise. */
function judgeEmptySource(desired: DesiredRoster, changes: readonly Change[], policy: Policy): Verdict {
  const name = "emptySource";
  const limit = "a source that declares nobody deletes nobody";
  const people = changesOf(changes, "delete").map(({ email }) => email);
  if (desired.developers.size > 0 || people.length === 0 || policy.emptySourceIsMeant === true) {
    return passed(name, limit, desired.developers.size);
  }
  return {
    name,
    limit,
    actual: 0,
    verdict: "refused",
    reason: `the source declares nobody, and ${people.length} developers would be deleted`,
    hint: "check the source; to delete everybody, destroy the resource",
    people,
  };
}

function countOwned(
  desired: DesiredRoster,
  live: LiveRoster,
  changes: readonly Change[],
  { prune, managed }: Policy,
  scope: ScopeTest,
): number {
  const renamed = new Set(changesOf(changes, "rename").map(({ previousEmail }) => previousEmail));
  const isOwned = (email: string): boolean => {
    if (renamed.has(email)) return true;
    switch (prune) {
      case "all":
        return true;
      case "managed":
        return desired.developers.has(email) || managed.has(email);
      case "none":
        return desired.developers.has(email);
    }
  };
  return [...live.developers.values()].filter((developer) => scope.has(developer) && isOwned(developer.email)).length;
}
