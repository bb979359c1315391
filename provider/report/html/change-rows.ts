import type { OrgNode, OrgState } from "../org-chart.js";
import type { Mover, Person, Review, ValueChange, ValueMove } from "../review.js";
import type { Cell, ChangeRow, RowKind, Value } from "./change-row.js";

/**
 * Every change of a plan as a line of the table, in the order of its questions.
 *
 * @param org the chart that the lines lead to
 */
export function changeRows(review: Review, org: readonly OrgNode[]): readonly ChangeRow[] {
  const nodeOf = nodeFinder(org);
  const row = (
    kind: RowKind,
    person: Person,
    states: readonly OrgState[],
    more: Pick<ChangeRow, "before" | "after"> & { what?: string },
  ): ChangeRow => ({
    kind,
    node: nodeOf(person, states),
    name: person.name,
    email: person.email,
    what: more.what ?? "",
    before: more.before,
    after: more.after,
  });
  const there = ({ manager, team }: Mover): Cell => [
    ...(review.teamColumn === null ? [] : [[review.teamColumn, shownValue(team)] as const]),
    ["Manager", personValue(manager)],
  ];
  const values = (kind: RowKind, moves: readonly ValueMove[]): readonly ChangeRow[] =>
    moves.flatMap(({ person, values }) =>
      values.map((value) =>
        row(kind, person, CHANGED, { what: kind === "team" ? "" : value.field, ...sidesOf(value) }),
      ),
    );

  return [
    ...review.joins.map((mover) =>
      row("joins", mover.person, ["joins"], {
        what: dueWords(mover),
        before: { said: "not there" },
        after: there(mover),
      }),
    ),
    ...review.leaves.map((mover) =>
      row("leaves", mover.person, ["leaves"], {
        what: dueWords(mover),
        before: there(mover),
        after: { said: "not there" },
      }),
    ),
    ...review.renames.map(({ person, was }) =>
      row("address", person, CHANGED, { before: was.email, after: person.email }),
    ),
    ...review.managers.map(({ person, before, after, samePerson }) =>
      row("manager", person, samePerson ? CHANGED : ["moves"], {
        what: samePerson ? "Manager: the same person, with a new address" : "Manager",
        before: personValue(before),
        after: personValue(after),
      }),
    ),
    ...values("team", review.teams),
    ...values("value", review.others),
    ...review.identities.map(({ person, integrationId, before, after, movedFrom }) => {
      const set = before ?? ({ said: review.people === "masked" ? "masked" : "none" } as const);
      return row("identity", person, ANY, {
        what: `integration ${integrationId}`,
        before:
          movedFrom === null
            ? set
            : [
                ["own", set],
                ["held by", personValue(movedFrom)],
              ],
        after: shownValue(after),
      });
    }),
    ...review.columns.map(
      ({ column, before, after }): ChangeRow => ({
        kind: "column",
        node: null,
        name: "",
        email: "",
        what: column,
        before: before ?? { said: "not a column" },
        after: after ?? { said: "not a column" },
      }),
    ),
  ];
}

const CHANGED: readonly OrgState[] = ["changes", "moves"];
const ANY: readonly OrgState[] = ["joins", "leaves", "moves", "changes", "stays"];

/** Somebody in one line. */
export function personText({ name, email }: Person): string {
  return name === "" ? email : `${name} <${email}>`;
}

function personValue(person: Person | null): Value {
  return person === null ? { said: "nobody" } : personText(person);
}

function shownValue(value: string | null): Value {
  if (value === null) return { said: "masked" };
  return value === "" ? { said: "blank" } : value;
}

function sidesOf({ before, after, cleared }: ValueChange): { readonly before: Value; readonly after: Value } {
  return { before: shownValue(before), after: cleared ? { said: "blank" } : shownValue(after) };
}

function dueWords({ due }: Mover): string {
  return due === undefined ? "" : `declared for ${due}`;
}

/** Masked, several people have one address: then only the one who is in a fitting state is found, if there is one. */
function nodeFinder(org: readonly OrgNode[]): (person: Person, states: readonly OrgState[]) => number | null {
  const byEmail = new Map<string, OrgNode[]>();
  for (const node of org) {
    const same = byEmail.get(node.person.email);
    if (same === undefined) byEmail.set(node.person.email, [node]);
    else same.push(node);
  }
  return ({ email }, states) => {
    const same = byEmail.get(email) ?? [];
    const fitting = same.length > 1 ? same.filter(({ state }) => states.includes(state)) : same;
    return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
  };
}
