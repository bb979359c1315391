import type { Day } from "../roster/day.js";
import type { DesiredRoster } from "../roster/desired-roster.js";
import type { DesiredDeveloper } from "../roster/developer.js";
import { type Absence, absenceOn, type Effective } from "../roster/effective.js";
import { checkDevelopers } from "../roster/rules/check-developers.js";
import type { Problem, Subject } from "../roster/rules/problem.js";
import { byText, type Strings } from "../roster/strings.js";
import { checkScope, markOfScope } from "./check-scope.js";
import { GOVERNING, type Governing, type RosterDocument, type WrittenDeveloper } from "./document.js";
import { isCsv } from "./find-files.js";
import type { Finding } from "./finding.js";
import { judgeColumns } from "./judge-columns.js";
import type { LoadOptions } from "./load-options.js";
import type { Origin } from "./origin.js";
import { type GoverningEntry, readPolicy } from "./read-policy.js";
import { columnResolver } from "./resolve-columns.js";
import { resolveEffective } from "./resolve-effective.js";
import { resolveIdentities } from "./resolve-identities.js";
import type { Mark } from "./tree.js";

/** The roster that documents make together. It counts only when there are no findings. */
export interface MergedRoster {
  readonly roster: DesiredRoster;
  readonly findings: readonly Finding[];
  /** Where a developer is declared, by key. */
  readonly spotOf: (email: string) => Spot | undefined;
  readonly governs: ReadonlyMap<Governing, Spot>;
}

/** A place, not yet computed. */
export interface Spot {
  readonly origin: Origin;
  readonly mark: Mark;
}

/**
 * Merges documents into one roster and checks it as a whole.
 *
 * @param whole false when a part of the source could not be read at all
 */
export function mergeDocuments(
  documents: readonly RosterDocument[],
  whole: boolean,
  options: LoadOptions,
): MergedRoster {
  const { found: governing, findings: clashes } = governingOf(documents);
  const policy = readPolicy(governing, options);
  const findings: Finding[] = [...documents.flatMap((one) => one.findings), ...clashes, ...policy.findings];
  const columns = columnResolver(policy.fields);
  for (const document of documents) columns.checkShared(document);

  const written = documents.flatMap(({ developers }) => developers);
  const identityMarks: ReadonlyMap<number, Mark>[] = [];
  const developers = written.map((one): DesiredDeveloper => {
    const { identities, marks } = resolveIdentities(one, policy.integrations, findings);
    identityMarks.push(marks);
    return desired(one, columns.attributesOf(one), identities, resolveEffective(one, findings));
  });

  const scope = governing.get("scope");
  const locate = (subject: Subject): Spot | null =>
    subject.kind === "scope" ? spotOfScope(scope, subject.column) : locateIn(subject, written, identityMarks);
  const root: Spot | undefined = documents.map(({ origin }) => ({ origin, mark: origin.file === null ? "" : 0 }))[0];
  const isWhole = whole && documents.every((one) => one.whole);
  findings.push(...judgeColumns(documents, governing, policy, isWhole));
  const problems = [
    ...checkDevelopers(developers, { whole: isWhole, scoped: policy.scope !== null || options.scoped === true }),
    ...checkScope(developers, scope, policy, { asOf: options.asOf, whole: isWhole }),
  ];

  // Of one who is declared twice, the first counts.
  const sorted = [...developers].reverse().sort((a, b) => byText(a.email, b.email));
  const people = peopleOn(options.asOf, sorted);
  if (isWhole && people.developers.size === 0 && sorted.length > 0 && root !== undefined) {
    const message = `nobody of the ${sorted.length} declared is on the roster as of ${options.asOf}`;
    findings.push(root.origin.finding(root.mark, "EMPTY_ROSTER", message, "check the effective dates"));
  }
  return {
    roster: {
      fields: policy.fields,
      ...people,
      ...(policy.prune === undefined ? {} : { prune: policy.prune }),
      guards: policy.guards,
      allow: policy.allow,
      scope: policy.scope,
      fieldLimits: policy.fieldLimits,
      ...(policy.applicationTypes.size === 0 ? {} : { applicationTypes: policy.applicationTypes }),
    },
    findings: [...findings, ...columns.findings, ...problems.flatMap((problem) => findingOf(problem, locate, root))],
    spotOf: spotFinder(written),
    governs: new Map([...governing].map(([key, { origin, entry }]) => [key, { origin, mark: entry.mark }])),
  };
}

/** Who is on the roster on a day, and who is declared and is not. */
function peopleOn(day: Day, declared: readonly DesiredDeveloper[]): Pick<DesiredRoster, "developers" | "absent"> {
  const developers = new Map<string, DesiredDeveloper>();
  const absent = new Map<string, Absence>();
  for (const developer of declared) {
    const absence = absenceOn(day, developer.effective);
    if (absence === null) developers.set(developer.email, developer);
    else for (const email of [developer.email, ...(developer.previousEmails ?? [])]) absent.set(email, absence);
  }
  return { developers, absent };
}

/** Written out, as there is one for each developer: copying parts of objects costs more than all the rest. */
function desired(
  { email, name, manager, previousEmails }: WrittenDeveloper,
  attributes: Strings,
  identities: DesiredDeveloper["identities"],
  effective: Effective | undefined,
): DesiredDeveloper {
  const made: { -readonly [Key in keyof DesiredDeveloper]: DesiredDeveloper[Key] } = { email, attributes, identities };
  if (name !== undefined) made.name = name.text;
  if (manager !== undefined) made.managerEmail = manager.text;
  if (effective !== undefined) made.effective = effective;
  if (previousEmails !== undefined) made.previousEmails = previousEmails.map(({ text }) => text);
  return made;
}

/** The index is made at the first question: most loads ask none. */
function spotFinder(written: readonly WrittenDeveloper[]): (email: string) => Spot | undefined {
  let spots: Map<string, Spot> | undefined;
  return (email) => {
    spots ??= new Map(written.map((one) => [one.email, one]));
    return spots.get(email);
  };
}

/** What governs everybody stands in one file: nobody should have to guess which of two counts. */
function governingOf(documents: readonly RosterDocument[]) {
  const found = new Map<Governing, GoverningEntry>();
  const findings: Finding[] = [];
  for (const { origin, governing } of documents) {
    for (const key of GOVERNING) {
      const entry = governing.get(key);
      if (entry === undefined) continue;
      const earlier = found.get(key);
      if (earlier === undefined) {
        found.set(key, { origin, entry });
        continue;
      }
      const message = `\`${key}\` governs the whole source and stands in two files, here and at ${earlier.origin.says(earlier.entry.mark)}`;
      findings.push(origin.finding(entry.mark, "DECLARED_IN_TWO_FILES", message, "keep it in one of them"));
    }
  }
  return { found, findings };
}

function findingOf(
  problem: Problem,
  locate: (subject: Subject) => Spot | null,
  root: Spot | undefined,
): readonly Finding[] {
  const spot = locate(problem.subject) ?? root;
  if (spot === undefined) return [];
  const other = problem.other === undefined ? null : locate(problem.other);
  const also = other === null ? "" : `; the other place is ${other.origin.says(other.mark)}`;
  const hint = isCsv(spot.origin.file ?? "") ? (problem.cellHint ?? problem.hint) : problem.hint;
  return [spot.origin.finding(spot.mark, problem.rule, `${problem.message}${also}`, hint)];
}

function spotOfScope(scope: GoverningEntry | undefined, column: string): Spot | null {
  return scope === undefined ? null : { origin: scope.origin, mark: markOfScope(scope, column) };
}

function locateIn(
  subject: Exclude<Subject, { kind: "scope" }>,
  written: readonly WrittenDeveloper[],
  identityMarks: readonly ReadonlyMap<number, Mark>[],
): Spot | null {
  if (subject.kind === "roster" || subject.kind === "guard") return null;
  const developer = written[subject.index];
  if (developer === undefined) return null;
  const { origin } = developer;
  switch (subject.kind) {
    case "developer":
      return { origin, mark: developer.mark };
    case "name":
      return { origin, mark: developer.name?.mark ?? developer.mark };
    case "manager":
      return { origin, mark: developer.manager?.mark ?? developer.mark };
    case "attribute":
      return { origin, mark: markOfColumn(developer, subject.column) };
    case "effective":
      return { origin, mark: developer.effective?.mark ?? developer.mark };
    case "previousEmail":
      return { origin, mark: developer.previousEmails?.[subject.item]?.mark ?? developer.mark };
    case "identity":
      return { origin, mark: identityMarks[subject.index]?.get(subject.integrationId) ?? developer.mark };
  }
}

/** A value that comes from `defaults` stands nowhere else, so its developer is shown. */
function markOfColumn({ mark, columns, table }: WrittenDeveloper, column: string): Mark {
  return columns.find((one) => one.column === column)?.mark ?? table?.cellOf(mark, column) ?? mark;
}
