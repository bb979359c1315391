import type { DesiredRoster } from "../roster/desired-roster.js";
import type { DesiredDeveloper } from "../roster/developer.js";
import { checkDevelopers } from "../roster/rules/check-developers.js";
import type { Problem, Subject } from "../roster/rules/problem.js";
import { byText } from "../roster/strings.js";
import { GOVERNING, type Governing, type RosterDocument, type WrittenDeveloper } from "./document.js";
import type { Finding } from "./finding.js";
import type { LoadOptions } from "./load-options.js";
import type { Origin } from "./origin.js";
import { readFields, readGuards, readIntegrations, readPrune } from "./read-governing.js";
import { columnResolver } from "./resolve-columns.js";
import { resolveIdentities } from "./resolve-identities.js";
import type { Entry, Mark } from "./tree.js";

/** The roster that documents make together. It counts only when there are no findings. */
export interface MergedRoster {
  readonly roster: DesiredRoster;
  readonly findings: readonly Finding[];
  /** Where each developer is declared, by key. */
  readonly places: ReadonlyMap<string, Spot>;
  readonly governs: ReadonlyMap<Governing, Spot>;
}

/** A place, not yet computed. */
export interface Spot {
  readonly origin: Origin;
  readonly mark: Mark;
}

interface GoverningEntry {
  readonly origin: Origin;
  readonly entry: Entry;
}

/**
 * Merges documents into one roster and checks it as a whole.
 *
 * @param whole false when a part of the source could not be read at all
 */
export function mergeDocuments(
  documents: readonly RosterDocument[],
  whole: boolean,
  _options: LoadOptions,
): MergedRoster {
  const { found: governing, findings: clashes } = governingOf(documents);
  const part = <Value>(key: Governing, read: (given: GoverningEntry) => Value): Value | undefined => {
    const given = governing.get(key);
    return given === undefined ? undefined : read(given);
  };
  const fields = part("fields", ({ origin, entry }) => readFields(entry.value, origin));
  const guards = part("guards", ({ origin, entry }) => readGuards(entry.value, origin));
  const prune = part("prune", ({ entry }) => readPrune(entry.value));
  const integrations = part("integrations", ({ entry }) => readIntegrations(entry.value)) ?? new Map<string, number>();

  const findings: Finding[] = [...documents.flatMap((one) => one.findings), ...clashes];
  findings.push(...(fields?.findings ?? []), ...(guards?.findings ?? []));
  const columns = columnResolver(fields?.value ?? null);
  for (const { defaults, origin } of documents) columns.checkDefaults(defaults, origin);

  const written = documents.flatMap(({ developers }) => developers);
  const identityMarks: ReadonlyMap<number, Mark>[] = [];
  const developers = written.map((one): DesiredDeveloper => {
    const { identities, marks } = resolveIdentities(one, integrations, findings);
    identityMarks.push(marks);
    return {
      email: one.email,
      ...(one.name === undefined ? {} : { name: one.name.text }),
      ...(one.manager === undefined ? {} : { managerEmail: one.manager.text }),
      attributes: columns.attributesOf(one),
      identities,
    };
  });
  findings.push(...columns.findings);

  const locate = (subject: Subject): Spot | null => locateIn(subject, written, identityMarks);
  const root: Spot | undefined = documents.map(({ origin }) => ({ origin, mark: origin.file === null ? "" : 0 }))[0];
  const problems = checkDevelopers(developers, whole && documents.every((one) => one.whole));
  findings.push(...problems.flatMap((problem) => findingOf(problem, locate, root)));

  const order = written
    .map((_, index) => index)
    .sort((a, b) => byText(emailAt(written, a), emailAt(written, b)) || b - a);
  const sorted = order.flatMap((index) => developers[index] ?? []);
  return {
    roster: {
      fields: fields?.value ?? null,
      developers: new Map(sorted.map((developer) => [developer.email, developer])),
      ...(prune === undefined ? {} : { prune }),
      guards: guards?.value ?? {},
    },
    findings,
    places: new Map(written.map(({ email, origin, mark }) => [email, { origin, mark }])),
    governs: new Map([...governing].map(([key, { origin, entry }]) => [key, { origin, mark: entry.mark }])),
  };
}

function emailAt(written: readonly WrittenDeveloper[], index: number): string {
  return written[index]?.email ?? "";
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
  return [spot.origin.finding(spot.mark, problem.rule, `${problem.message}${also}`, problem.hint)];
}

function locateIn(
  subject: Subject,
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
    case "identity":
      return { origin, mark: identityMarks[subject.index]?.get(subject.integrationId) ?? developer.mark };
  }
}
