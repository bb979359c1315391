import type { DeclaredMapping } from "../../provider/roster/field-mapping";
import { plan, refusals } from "../../provider/roster/plan";
import { rosterAfter } from "../../provider/roster/roster-after";
import { columnMoves } from "../../provider/roster/rules/column-moves";
import { strings } from "../../provider/roster/strings";
import { declare, desired, dev, live, MAPPING, policy } from "../support/people";

const people = [
  { ...dev("ada", { Role: "Chief", Team: "Engines" }), name: "A. L." },
  { ...dev("bob", { manager: "ada", Role: "", Team: "Engines" }), name: "B. B." },
];

function planOf(
  fields: Partial<DeclaredMapping>,
  more: { managed?: string[]; developers?: typeof people; name?: string } = {},
) {
  const mapping = { ...MAPPING, name: more.name ?? MAPPING.name };
  const wanted = desired([], { fields: { ...mapping, ...fields } });
  return plan(
    wanted,
    live(more.developers ?? people, { mapping }),
    policy({ prune: "none", managedColumns: more.managed ?? [] }),
  );
}

const reasons = (made: ReturnType<typeof planOf>) => refusals(made).map(({ name, reason }) => `${name}: ${reason}`);

describe("columns that go", () => {
  test("a live column that nobody names stays", () => {
    expect(planOf({ attributes: ["Role"] }).changes).toEqual([]);
  });

  test("a column that was declared before and is left out is refused, with what would be lost", () => {
    const made = planOf({ attributes: ["Team"] }, { managed: ["Role", "Team"] });
    expect(reasons(made)).toEqual(["mappingDrop: the values of 1 column(s) would be lost: Role (1 value)"]);
    expect(refusals(made)[0]?.hint).toContain("name them under fields.dropColumns");
  });

  test("a column that is named goes, whoever declared it, and nobody is updated", () => {
    const made = planOf({ attributes: ["Role"], dropColumns: ["team"] });
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toEqual([{ kind: "mapField", column: "Team", before: "ATTRIBUTE", after: null, values: 2 }]);
    expect(made.mapping).toEqual({ ...MAPPING, attributes: ["Role"] });
    expect(made.guards.find(({ name }) => name === "mappingDrop")?.limit).toBe(
      "0 attribute columns, and 1 by name: Team (2 values)",
    );
  });

  test("what is gone already, and what is declared too, changes nothing", () => {
    expect(planOf({ dropColumns: ["Site"] }).changes).toEqual([]);
    expect(planOf({ dropColumns: ["Site"] }, { managed: ["Site"] }).changes).toEqual([]);
    expect(planOf({ dropColumns: ["Role"] }).changes).toEqual([]);
  });
});

describe("columns that are called otherwise", () => {
  test("an attribute keeps everybody's values, and nobody is updated", () => {
    const made = planOf({ attributes: ["Role", "Squad"], renameColumns: strings([["team", "Squad"]]) });
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toEqual([
      { kind: "mapField", column: "Squad", before: null, after: "ATTRIBUTE", renamedFrom: "Team" },
      { kind: "mapField", column: "Team", before: "ATTRIBUTE", after: null, renamedTo: "Squad" },
    ]);
    expect(made.mapping.attributes).toEqual(["Role", "Squad"]);
  });

  test("another spelling only when it is said", () => {
    expect(planOf({ attributes: ["Role", "TEAM"] }).changes).toEqual([]);
    const made = planOf({ attributes: ["Role", "TEAM"], renameColumns: strings([["Team", "TEAM"]]) });
    expect(made.mapping.attributes).toEqual(["Role", "TEAM"]);
    expect(refusals(made)).toEqual([]);
  });

  test("the NAME, EMAIL or MANAGER_EMAIL column under a new name needs no more words", () => {
    const made = planOf({ name: "Full Name", managerEmail: "Reports To" });
    expect(refusals(made)).toEqual([]);
    expect(made.changes.map((change) => change.kind)).toEqual(["mapField", "mapField", "mapField", "mapField"]);
  });

  test("a name that another column has is refused; done already is done", () => {
    expect(reasons(planOf({ attributes: ["Role"], renameColumns: strings([["Team", "Role"]]) }))).toEqual([
      'mapping: the column "Team" cannot be called "Role": the account has such a column already',
    ]);
    expect(planOf({ renameColumns: strings([["Squad", "Team"]]) }).changes).toEqual([]);
  });
});

describe("another live column becomes a field", () => {
  const withNames = people.map((one) => ({
    ...one,
    attributes: strings([
      ["Role", one.name === "A. L." ? "Ada Lovelace" : "Bob Babbage"],
      ["Team", "ada@example.com"],
    ]),
  }));

  test("is refused as long as nobody says what becomes of the old one", () => {
    const made = planOf({ name: "Role", attributes: ["Team"] }, { developers: withNames });
    expect(reasons(made)).toEqual(["mappingDrop: the values of 1 column(s) would be lost: Role"]);
  });

  test("the names are read from it, and the old column stays where it is declared", () => {
    const wanted = { name: "Role", attributes: ["Team", "Initials"] };
    const made = planOf(wanted, { developers: withNames, name: "Initials" });
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toMatchObject([
      { kind: "mapField", column: "Role", before: "ATTRIBUTE", after: "NAME" },
      { kind: "mapField", column: "Initials", before: "NAME", after: "ATTRIBUTE" },
      { kind: "update", email: "ada@example.com", fields: [{ field: "Role", before: "A. L.", after: "Ada Lovelace" }] },
      { kind: "update", email: "bob@example.com", fields: [{ field: "Role", before: "B. B.", after: "Bob Babbage" }] },
    ]);
    const after = rosterAfter(new Map(), made.changes).get("ada@example.com");
    expect({ ...after?.attributes }).toEqual({ Team: "ada@example.com", Initials: "A. L." });
  });

  test("the old column may not be called as the field is", () => {
    const made = planOf({ name: "Role", attributes: ["Team", "Name"] }, { developers: withNames });
    expect(reasons(made)).toEqual([
      'mapping: the API would take the column "Name" for the NAME column, which is "Role" here',
    ]);
    const renamed = { name: "Role", attributes: ["Team", "Initials"], renameColumns: strings([["Name", "Initials"]]) };
    expect(refusals(planOf(renamed, { developers: withNames }))).toEqual([]);
  });

  test("the old column goes where it is dropped by name", () => {
    const made = planOf({ name: "Role", attributes: ["Team"], dropColumns: ["Name"] }, { developers: withNames });
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toContainEqual({ kind: "mapField", column: "Name", before: "NAME", after: null, values: 2 });
  });

  test("managers that nobody is are refused as ever", () => {
    const made = planOf(
      { managerEmail: "Team", attributes: ["Role", "Manager Email"] },
      { developers: withNames.map((one) => ({ ...one, attributes: strings([["Team", "eve@example.com"]]) })) },
    );
    expect(reasons(made).join("\n")).toContain("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: 2 developer(s)");
  });

  test("an EMAIL column of other addresses is refused: the email is the key", () => {
    const wanted = { email: "Team", attributes: ["Role", "Email"] };
    expect(reasons(planOf(wanted, { developers: withNames }))[0]).toBe(
      "mappingDrop: Team would become the EMAIL column, and 1 developer(s) would lose what they have there",
    );
    const same = withNames.map((one) => ({ ...one, attributes: strings([["Team", one.email.toUpperCase()]]) }));
    expect(refusals(planOf(wanted, { developers: same })).map(({ name }) => name)).toEqual(["mapping"]);
    expect(refusals(planOf({ ...wanted, attributes: ["Role"], dropColumns: ["Email"] }, { developers: same }))).toEqual(
      [],
    );
  });

  test("declared names that would overwrite the column are refused", () => {
    const wanted = desired([declare({ ...dev("ada"), name: "A. L." })], {
      fields: { ...MAPPING, name: "Role", attributes: ["Team", "Name"] },
    });
    expect(refusals(plan(wanted, live(withNames), policy({ prune: "none" })))[0]?.reason).toBe(
      "Role would become the NAME column, and 1 developer(s) would lose what they have there",
    );
  });
});

test("what dropColumns and renameColumns cannot mean", () => {
  const messages = (fields: Partial<DeclaredMapping>) =>
    columnMoves({ ...MAPPING, ...fields }).map(({ message }) => message);
  expect(messages({ dropColumns: ["Site", "role"] })).toEqual(['the column "role" is declared and dropped']);
  expect(messages({ renameColumns: strings([["Squad", "Site"]]) })).toEqual([
    '"Squad" would be called "Site", which is no column of the field mapping',
  ]);
  expect(messages({ renameColumns: strings([["Role", "Team"]]) })).toEqual([
    'the column "Role" is declared, and gets another name',
  ]);
  expect(messages({ dropColumns: ["Squad"], renameColumns: strings([["Squad", "Team"]]) })).toEqual([
    'the column "Squad" is dropped, and gets another name',
  ]);
  expect(
    messages({
      renameColumns: strings([
        ["Squad", "Team"],
        ["Group", "team"],
      ]),
    }),
  ).toEqual(['"Squad" and "Group" would both be called "team"']);
  expect(messages({ dropColumns: ["Site"], renameColumns: strings([["TEAM", "Team"]]) })).toEqual([]);
});

test("where it stands, by which rule and what to do", () => {
  const problems = (fields: Partial<DeclaredMapping>) =>
    columnMoves({ ...MAPPING, ...fields }).map(({ rule, at, hint }) => [rule, at, hint]);
  const renamed = (...pairs: [string, string][]) => ({ renameColumns: strings(pairs) });
  expect(problems({ dropColumns: ["Site", "role"] })).toEqual([
    ["DUPLICATE_COLUMN", { drop: 1 }, "keep one of the two"],
  ]);
  expect(problems(renamed(["Squad", "Site"]))).toEqual([
    ["UNKNOWN_COLUMN", { rename: "Squad" }, "declare the column under its new name"],
  ]);
  expect(problems(renamed(["Role", "Team"]))).toEqual([
    ["DUPLICATE_COLUMN", { rename: "Role" }, "declare it under its new name alone"],
  ]);
  expect(problems({ dropColumns: ["Squad"], ...renamed(["Squad", "Team"]) })).toEqual([
    ["DUPLICATE_COLUMN", { rename: "Squad" }, "keep one of the two"],
  ]);
  expect(problems(renamed(["Squad", "Team"], ["Group", "team"]))).toEqual([
    ["DUPLICATE_COLUMN", { rename: "Group" }, "give each a name of its own, or drop one of them"],
  ]);
});
