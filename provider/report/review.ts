import { type Change, type ChangeCounts, changesOf, countChanges, type FieldChange } from "../roster/change.js";
import type { Developer } from "../roster/developer.js";
import type { Kept } from "../roster/diff-roster.js";
import { columnKey, type FieldType } from "../roster/field-mapping.js";
import type { Plan } from "../roster/plan.js";
import type { Verdict } from "../roster/verdict.js";
import type { Warning } from "../roster/warnings.js";
import type { Way } from "../roster/way.js";
import { maskVerdict } from "./mask-verdict.js";
import { type People, showEmail } from "./people.js";

/** Somebody as a report may name them: masked, there is no name and only the first letter of the address. */
export interface Person {
  readonly email: string;
  /** "" when it is blank, unknown or masked. */
  readonly name: string;
}

/** A value before and after; masked, both are null and only `cleared` says which way it goes. */
export interface ValueChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** It becomes blank. */
  readonly cleared: boolean;
}

/** Somebody who joins or leaves. */
export interface Mover {
  readonly person: Person;
  readonly manager: Person | null;
  /** null: no team column, or masked. */
  readonly team: string | null;
  /** The day that the source says. */
  readonly due?: string;
}

/** Somebody whose address changes. */
export interface Renamed {
  readonly person: Person;
  readonly was: Person;
  /** How many identities only come along. */
  readonly identities: number;
}

/** Somebody who gets another manager. */
export interface ManagerMove {
  readonly person: Person;
  readonly before: Person | null;
  readonly after: Person | null;
  /** The manager is the same person with a new address. */
  readonly samePerson: boolean;
}

/** Somebody with other values: of the team column, or of the other columns. */
export interface ValueMove {
  readonly person: Person;
  readonly values: readonly ValueChange[];
}

/** Somebody whose identity in one integration is set, changed or taken from another developer. */
export interface IdentityMove {
  readonly person: Person;
  readonly integrationId: number;
  /** null: none before, or masked. */
  readonly before: string | null;
  /** null: masked. */
  readonly after: string | null;
  readonly movedFrom: Person | null;
  /** It only follows its owner to a new address. */
  readonly comesAlong: boolean;
}

/** A column that the field mapping gets or loses. */
export interface ColumnMove {
  readonly column: string;
  readonly before: FieldType | null;
  readonly after: FieldType | null;
}

/** Who is live, not declared, and stays, for one reason. */
export interface KeptPeople {
  readonly because: Kept["because"];
  readonly people: readonly Person[];
}

/**
 * What a reviewer asks of a plan, in the order in which they ask it. Every renderer prints this one form: texts are as
 * users wrote them (not escaped), people are named as far as `people` allows, and everything is sorted.
 */
export interface Review {
  readonly people: Exclude<People, "none">;
  readonly counts: ChangeCounts;
  readonly refusals: readonly Verdict[];
  readonly guards: readonly Verdict[];
  readonly joins: readonly Mover[];
  readonly leaves: readonly Mover[];
  readonly renames: readonly Renamed[];
  readonly managers: readonly ManagerMove[];
  /** The column that says the team, as the account writes it; null: there is none. */
  readonly teamColumn: string | null;
  readonly teams: readonly ValueMove[];
  /** What changes besides manager and team. */
  readonly others: readonly ValueMove[];
  readonly identities: readonly IdentityMove[];
  readonly columns: readonly ColumnMove[];
  readonly kept: readonly KeptPeople[];
  readonly warnings: readonly { readonly kind: Warning["kind"]; readonly joins: Person; readonly leaves: Person }[];
  readonly way: Way;
  readonly checksum: string;
}

/** How people are named. */
export interface ReviewOptions {
  readonly people: Exclude<People, "none">;
}

/**
 * Sorts a plan into the questions of its reviewer.
 *
 * @param live everybody who is live, by key: where the names of managers come from who do not change
 * @example
 * reviewOf(plan, live.developers, { people: "names" }).joins; // [{ person: { email: "ada@example.com", ... }, ... }]
 */
export function reviewOf(plan: Plan, live: ReadonlyMap<string, Developer>, { people }: ReviewOptions): Review {
  const { changes, mapping } = plan;
  const named = people === "names";
  const names = namesOf(plan, live);
  const person = (email: string): Person => ({
    email: showEmail(email, people),
    name: named ? (names.get(email) ?? "") : "",
  });
  const somebody = (email: string | null): Person | null => (email === null || email === "" ? null : person(email));
  const teamColumn = mapping.attributes.find((column) => columnKey(column) === "team") ?? null;
  const mover = ({ email, managerEmail, attributes }: Developer, due: string | undefined): Mover => ({
    person: person(email),
    manager: somebody(managerEmail),
    team: named && teamColumn !== null ? (attributes[teamColumn] ?? "") : null,
    ...(due === undefined ? {} : { due }),
  });
  const value = ({ field, before, after }: FieldChange): ValueChange => ({
    field,
    before: named ? before : null,
    after: named ? after : null,
    cleared: after === "",
  });

  const changed = changes.filter((change) => change.kind === "update" || change.kind === "rename");
  const valuesOf = (wanted: (field: string) => boolean): readonly ValueMove[] =>
    changed.flatMap(({ email, fields }) => {
      const values = fields.filter(({ field }) => wanted(field)).map(value);
      return values.length === 0 ? [] : [{ person: person(email), values }];
    });
  const renames = changesOf(changes, "rename");
  const identities = changesOf(changes, "setIdentity");
  const along = new Map(renames.map(({ email, previousEmail }) => [pairOf(previousEmail, email), 0]));
  for (const { email, before, movedFrom } of identities) {
    const pair = pairOf(movedFrom, email);
    const known = along.get(pair);
    if (before === null && known !== undefined) along.set(pair, known + 1);
  }
  const guards = plan.guards.map((verdict) => ({
    ...(named ? verdict : maskVerdict(verdict)),
    people: verdict.people.map((email) => showEmail(email, people)),
  }));

  return {
    people,
    counts: countChanges(changes),
    refusals: guards.filter(({ verdict }) => verdict === "refused"),
    guards,
    joins: changesOf(changes, "create").map(({ after, due }) => mover(after, due)),
    leaves: changesOf(changes, "delete").map(({ before, due }) => mover(before, due)),
    renames: renames.map(({ email, previousEmail }) => ({
      person: person(email),
      was: person(previousEmail),
      identities: along.get(pairOf(previousEmail, email)) ?? 0,
    })),
    managers: changed.flatMap(({ email, fields }) =>
      fields
        .filter(({ field }) => field === mapping.managerEmail)
        .map(({ before, after, sameManager }) => ({
          person: person(email),
          before: somebody(before),
          after: somebody(after),
          samePerson: sameManager === true,
        })),
    ),
    teamColumn,
    teams: valuesOf((field) => field === teamColumn),
    others: valuesOf((field) => field !== teamColumn && field !== mapping.managerEmail),
    identities: identities.map(({ email, integrationId, before, after, movedFrom }) => ({
      person: person(email),
      integrationId,
      before: named ? before : null,
      after: named ? after : null,
      movedFrom: somebody(movedFrom),
      comesAlong: before === null && along.has(pairOf(movedFrom, email)),
    })),
    columns: columnMoves(changes),
    kept: REASONS.flatMap((because) => {
      const who = plan.kept.filter((one) => one.because === because);
      return who.length === 0 ? [] : [{ because, people: who.map(({ email }) => person(email)) }];
    }),
    warnings: plan.warnings.map(({ kind, joins, leaves }) => ({ kind, joins: person(joins), leaves: person(leaves) })),
    way: plan.way,
    checksum: plan.checksum,
  };
}

const REASONS: readonly Kept["because"][] = ["notOurs", "outOfScope", "joinsLater"];

/** A rename, or an identity's way, by its two addresses. */
function pairOf(from: string | null, to: string): string {
  return `${from ?? ""} ${to}`;
}

function namesOf({ changes }: Plan, live: ReadonlyMap<string, Developer>): ReadonlyMap<string, string> {
  const names = new Map([...live].map(([email, { name }]) => [email, name]));
  for (const change of changes) {
    if (change.kind === "create" || change.kind === "update" || change.kind === "rename") {
      names.set(change.email, change.after.name);
    }
  }
  return names;
}

/** A column under another name is one move, and one that goes says how many values go with it. */
function columnMoves(changes: readonly Change[]): readonly ColumnMove[] {
  const mapped = changesOf(changes, "mapField");
  return mapped.flatMap(({ column, before, after, renamedFrom, renamedTo, values }): ColumnMove[] => {
    if (renamedTo !== undefined) return [];
    if (renamedFrom !== undefined) {
      const was = mapped.find((one) => one.column === renamedFrom)?.before ?? before;
      return [{ column: `${renamedFrom} -> ${column}`, before: was, after }];
    }
    const lost = values === undefined || values === 0 ? "" : ` (${values} value${values === 1 ? "" : "s"})`;
    return [{ column: `${column}${lost}`, before, after }];
  });
}
