import type { Mover, Person, Review, ValueMove } from "../review.js";
import { code } from "./inline.js";
import type { Section } from "./section.js";
import type { Wording } from "./wording.js";
import { grouped, personWords } from "./words.js";

/** What changes, question by question, in the order in which a reviewer asks; parts without an answer are left out. */
export function changeSections(review: Review, wording: Wording): readonly Section[] {
  const { before, after } = wording;
  const { teamColumn } = review;
  const moved = review.managers.filter(({ samePerson }) => !samePerson);
  const followers = review.managers.filter(({ samePerson }) => samePerson);
  const identities = review.identities.filter(({ comesAlong }) => !comesAlong);
  const along = review.renames.some((renamed) => renamed.identities > 0);
  const taken = identities.some(({ movedFrom }) => movedFrom !== null);
  const named = review.people === "names";
  return [
    movers(wording.joins, review.joins, teamColumn, "From"),
    movers(wording.leaves, review.leaves, teamColumn, "Last day"),
    list(wording.managers, ["Developer", before, after], moved, (one) => [
      personWords(one.person),
      personWords(one.before),
      personWords(one.after),
    ]),
    values(wording.teams, review.teams, wording, named),
    values(wording.others, review.others, wording, named, "Column"),
    list(
      wording.identities,
      ["Developer", "Integration", ...(named ? [before, after] : []), ...(taken ? ["Taken from"] : [])],
      identities,
      (one) => [
        personWords(one.person),
        String(one.integrationId),
        ...(named ? [one.before === null ? "–" : code(one.before), code(one.after ?? "")] : []),
        ...(taken ? [personWords(one.movedFrom)] : []),
      ],
    ),
    list(
      wording.renames,
      ["Developer", "Former address", ...(along ? ["Identities that come along"] : [])],
      review.renames,
      (one) => [personWords(one.person), code(one.was.email), ...(along ? [grouped(one.identities)] : [])],
    ),
    list(wording.followers, ["Developer", "Manager"], followers, (one) => [
      personWords(one.person),
      personWords(one.after),
    ]),
    list(wording.columns, ["Column", before, after], review.columns, (one) => [
      code(one.column),
      one.before ?? "–",
      one.after ?? "–",
    ]),
  ].filter(({ size }) => size > 0);
}

/** Pairs that may be one person each; none: there is nothing to look at. */
export function lookTwiceSection({ warnings }: Review, { lookTwice, joins, leaves }: Wording): readonly Section[] {
  const section = list("Look twice", [joins, leaves], warnings, (one) => [
    personWords(one.joins),
    personWords(one.leaves),
  ]);
  const note = `Each pair may be one person: ${lookTwice}. A new address loses the identities and the history of the old one, unless it is declared under \`previousEmails\`.`;
  return warnings.length === 0 ? [] : [{ ...section, note }];
}

const KEPT = {
  notOurs: "Kept: live but not declared here",
  outOfScope: "Kept: outside of this roster's scope",
  joinsLater: "Kept: live already, although they join later",
} as const;

/** Who is live, not declared, and stays. */
export function keptSections({ kept }: Review): readonly Section[] {
  return kept.map(({ because, people }) => ({
    ...list(KEPT[because], ["Developer"], people, (person: Person) => [personWords(person)]),
    folded: true,
  }));
}

function list<T>(
  title: string,
  columns: readonly string[],
  items: readonly T[],
  cells: (item: T) => readonly string[],
): Section {
  return { title, columns, size: items.length, row: (index) => cells(items[index] as T) };
}

function movers(title: string, people: readonly Mover[], teamColumn: string | null, dueTitle: string): Section {
  const hasTeam = people.some(({ team }) => team !== null);
  const hasDue = people.some(({ due }) => due !== undefined);
  const columns = [
    "Developer",
    "Manager",
    ...(hasTeam ? [code(teamColumn ?? "", 60)] : []),
    ...(hasDue ? [dueTitle] : []),
  ];
  return list(title, columns, people, ({ person, manager, team, due }) => [
    personWords(person),
    personWords(manager),
    ...(hasTeam ? [code(team ?? "")] : []),
    ...(hasDue ? [due ?? ""] : []),
  ]);
}

/** @param column the title of the column that says which; without it, there is one only */
function values(
  title: string,
  moves: readonly ValueMove[],
  { before, after }: Wording,
  named: boolean,
  column?: string,
): Section {
  const rows = moves.flatMap(({ person, values }) => values.map((value) => ({ person, ...value })));
  const which = column === undefined ? [] : [column];
  return list(title, ["Developer", ...which, ...(named ? [before, after] : ["Value"])], rows, (row) => [
    personWords(row.person),
    ...(column === undefined ? [] : [code(row.field, 100)]),
    ...(named ? [code(row.before ?? ""), code(row.after ?? "")] : [row.cleared ? "becomes blank" : "differs"]),
  ]);
}
