import { changesOf } from "../../provider/roster/change.js";
import type { DesiredDeveloper, Developer } from "../../provider/roster/developer.js";
import type { DeclaredMapping, FieldMapping } from "../../provider/roster/field-mapping.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { rosterAfter } from "../../provider/roster/roster-after.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, MAPPING, policy } from "../support/people.js";
import { verdict } from "../support/verdict.js";

interface Case {
  readonly people?: readonly Developer[];
  readonly declared?: readonly DesiredDeveloper[];
  readonly mapping?: FieldMapping;
  readonly prune?: "all" | "none";
}

function planned(
  fields: Partial<DeclaredMapping>,
  { people = [], declared = [], mapping = MAPPING, prune = "none" }: Case,
) {
  const made = plan(
    desired(declared, { fields: { ...MAPPING, ...fields } }),
    live(people, { mapping }),
    policy({ prune, guards: { maxDelete: 10, maxUpdate: 10 } }),
  );
  const after = rosterAfter(new Map(people.map((one) => [one.email, one])), made.changes);
  return { ...made, after, said: refusals(made).map(({ name, reason }) => `${name}: ${reason}`) };
}

/** Role becomes this field, and what it was stays as Old. */
const taking = (field: "name" | "email" | "managerEmail"): Partial<DeclaredMapping> => ({
  [field]: "Role",
  attributes: ["Team", "Old"],
  renameColumns: strings([[MAPPING[field], "Old"]]),
});
const ada = dev("ada", { Role: "Lovelace" });

describe("what stands in a column that becomes a field is not overwritten", () => {
  test.each([
    ["name", "NAME", declare(ada), "declare the names that stand in that column"],
    ["managerEmail", "MANAGER_EMAIL", declare({ ...ada, managerEmail: "" }), "declare the managers that stand"],
    ["email", "EMAIL", declare(ada), "previousEmails"],
  ] as const)("%s: refused, with what to do", (field, type, one, hint) => {
    const made = planned(taking(field), { people: [ada], declared: [one] });
    expect(verdict(made, "mappingDrop")).toMatchObject({
      verdict: "refused",
      actual: 1,
      reason: `Role would become the ${type} column, and 1 developer(s) would lose what they have there`,
      hint: expect.stringContaining(hint),
    });
  });

  test.each([
    ["name", dev("ada", { Role: " Ada L. " }), declare({ ...ada, name: "Ada L. " })],
    ["managerEmail", dev("ada", { Role: " BOB@example.com" }), declare({ ...ada, managerEmail: at("bob") })],
    ["email", dev("ada", { Role: "ADA@example.com " }), declare(ada)],
    ["name", dev("ada", { Role: "" }), declare(ada)],
    ["name", dev("ada", { Role: "  " }), declare(ada)],
  ] as const)("%s: what is declared stands there already, or nothing does", (field, live, one) => {
    const made = planned(taking(field), { people: [live, dev("bob")], declared: [one] });
    expect(verdict(made, "mappingDrop")?.verdict).toBe("passed");
  });

  test("who leaves in the same plan loses nothing by it", () => {
    const stays = dev("bob", { Role: "BOB" });
    const made = planned(taking("name"), { people: [ada, stays], declared: [declare(stays)], prune: "all" });
    expect(changesOf(made.changes, "delete").map(({ email }) => email)).toEqual([at("ada")]);
    expect(verdict(made, "mappingDrop")?.verdict).toBe("passed");
  });

  test("a column that would be lost as well is said first, and alone", () => {
    const made = planned({ name: "Role", attributes: ["Team"] }, { people: [ada], declared: [declare(ada)] });
    expect(verdict(made, "mappingDrop")).toMatchObject({
      actual: 1,
      reason: "the values of 1 column(s) would be lost: Role",
      hint: expect.stringMatching(/^give NAME, EMAIL and MANAGER_EMAIL columns that are not attributes/),
    });
  });
});

describe("columns that would be lost", () => {
  const judged = (fields: Partial<DeclaredMapping>, managed: readonly string[] = []) =>
    verdict(
      plan(desired([], { fields: { ...MAPPING, ...fields } }), live([ada]), policy({ managedColumns: managed })),
      "mappingDrop",
    );
  const DROP = expect.stringMatching(/^if this is meant, name them under fields\.dropColumns; [^;]+; [^;]+$/);

  test("are those alone, and no column that comes", () => {
    expect(judged({ attributes: ["Role", "Site"] }, ["Team"])).toMatchObject({
      actual: 1,
      reason: "the values of 1 column(s) would be lost: Team",
      hint: DROP,
      people: [],
    });
    expect(judged({ attributes: [] }, ["Team", "Role"])?.reason).toContain("lost: Role (1 value), Team");
  });

  test("one that is left out, and one that becomes a field: both hints are said", () => {
    expect(judged({ name: "Role", attributes: [] }, ["Team"])).toMatchObject({
      actual: 2,
      hint: expect.stringMatching(/fields\.dropColumns; .+; give NAME, EMAIL and MANAGER_EMAIL columns/),
    });
  });

  test("two that are overwritten are said one by one", () => {
    const fields = {
      name: "Role",
      managerEmail: "Team",
      attributes: ["Old", "Boss"],
      renameColumns: strings([
        ["Name", "Old"],
        ["Manager Email", "Boss"],
      ]),
    };
    const people = [dev("ada", { Role: "Lovelace", Team: at("bob") }), dev("bob")];
    const made = planned(fields, { people, declared: [declare(dev("ada"))] });
    expect(verdict(made, "mappingDrop")).toMatchObject({
      actual: 2,
      reason:
        "Role would become the NAME column, and 1 developer(s) would lose what they have there; Team would become the MANAGER_EMAIL column, and 1 developer(s) would lose what they have there",
      hint: "declare the names that stand in that column, or leave the names out; declare the managers that stand in that column, or leave the managers out",
    });
  });
});

test("a field under a new name, and a new value of it at the same time, overwrite nothing", () => {
  const made = planned({ name: "Full Name" }, { people: [ada], declared: [declare({ ...ada, name: "Ada Lovelace" })] });
  expect(made.said).toEqual([]);
  expect(made.after.get(at("ada"))?.name).toBe("Ada Lovelace");
});

describe("the NAME column gets a name that no live column has", () => {
  test("and the old column stays as an attribute: nobody loses their name", () => {
    const made = planned({ name: "Full Name", attributes: ["Role", "Team", "Name"] }, { people: [ada] });
    expect(made.mapping).toEqual({ ...MAPPING, name: "Full Name", attributes: ["Role", "Team", "Name"] });
    expect(made.after.get(at("ada"))?.name).toBe("ADA");
    expect(made.changes).toEqual([
      { kind: "mapField", column: "Full Name", before: null, after: "NAME" },
      { kind: "mapField", column: "Name", before: "NAME", after: "ATTRIBUTE" },
    ]);
  });

  test("which renameColumns gives to another column: the names are read from that one", () => {
    const renameColumns = strings([
      ["Role", "Full Name"],
      ["Name", "Old"],
    ]);
    const made = planned({ name: "Full Name", attributes: ["Team", "Old"], renameColumns }, { people: [ada] });
    expect(made.said).toEqual([]);
    expect(made.after.get(at("ada"))?.name).toBe("Lovelace");
    const unsaid = planned(
      { name: "Full Name", attributes: ["Team"], renameColumns: strings([["role", "Full Name"]]) },
      { people: [ada] },
    );
    // What becomes of the names is not said.
    expect(unsaid.said).toEqual(["mappingDrop: the values of 1 column(s) would be lost: Role"]);
  });

  test("which a column that is gone was to get: the names stay", () => {
    const made = planned({ name: "Full Name", renameColumns: strings([["Squad", "Full Name"]]) }, { people: [ada] });
    expect(made.said).toEqual([]);
    expect(changesOf(made.changes, "update")).toEqual([]);
    expect(changesOf(made.changes, "mapField").map(({ column, renamedFrom }) => [column, renamedFrom])).toEqual([
      ["Full Name", "Name"],
      ["Name", undefined],
    ]);
  });
});

describe("names that are read from another column", () => {
  const people = [ada, dev("bob", { Role: "BOB" })];

  test("change nobody who is called so already", () => {
    expect(changesOf(planned(taking("name"), { people }).changes, "update").map(({ email }) => email)).toEqual([
      at("ada"),
    ]);
  });

  test("leave a column that is new at the same time blank", () => {
    const fields = { ...taking("name"), attributes: ["Team", "Old", "Site"] };
    expect({ ...planned(fields, { people }).after.get(at("ada"))?.attributes }).toEqual({
      Team: "",
      Old: "ADA",
      Site: "",
    });
  });
});

describe("columns", () => {
  test("that go by name are said with how many have a value there; white space is none", () => {
    const made = planned(
      { attributes: [], dropColumns: ["Role", "Team"] },
      { people: [dev("ada", { Role: "R", Team: " " }), dev("bob", { Team: "" })] },
    );
    expect(made.said).toEqual([]);
    expect(verdict(made, "mappingDrop")?.limit).toBe("0 attribute columns, and 2 by name: Role (1 value), Team");
  });

  test("that were renamed already are no problem, and neither is a taken name of a column that is gone", () => {
    const made = planned({ renameColumns: strings([["Squad", "Team"]]) }, { people: [ada] });
    expect([made.said, made.changes]).toEqual([[], []]);
  });

  test("whose new name is taken stay as they are, and it is said what to do", () => {
    const made = planned({ attributes: ["Role"], renameColumns: strings([["Team", "Role"]]) }, { people: [ada] });
    expect(made.changes).toEqual([]);
    expect(verdict(made, "mapping")).toMatchObject({
      actual: 1,
      hint: "drop one of them first, under fields.dropColumns, or take it out of fields.renameColumns",
      people: [],
    });
  });

  test("with a misleading name: only what this change brings is refused, with what to do", () => {
    const mapping = { ...MAPPING, name: "Called", attributes: ["Name", "Role", "Team"] };
    const more = (attributes: readonly string[], email = "Email") =>
      verdict(planned({ name: "Called", email, attributes }, { mapping }), "mapping");
    expect(more(["Name", "Role", "Team", "Site"])).toBeUndefined();
    expect(more(["Name", "Role", "Team", "Email"], "Work Email")).toMatchObject({
      actual: 1,
      reason: expect.stringContaining('the column "Email" for the EMAIL column'),
      hint: expect.stringContaining("fields.renameColumns"),
    });
    const renameColumns = strings([["Team", "Role"]]);
    const both = planned(
      { name: "Called", email: "Work Email", attributes: ["Name", "Role", "Email"], renameColumns },
      { mapping },
    );
    expect(verdict(both, "mapping")).toEqual({
      name: "mapping",
      limit: "every column has a name of its own, and one that fits",
      actual: 2,
      verdict: "refused",
      reason: expect.stringMatching(/has such a column already; the API would take the column "Email"/),
      hint: expect.stringMatching(/out of fields\.renameColumns; give that column another name/),
      people: [],
    });
  });
});

test("a new column that takes the place of a field gets what stood there: nothing is lost, whatever else is said of the old one", () => {
  const renameColumns = strings([[MAPPING.name, "Old Name"]]);
  const made = planned({ name: "Full Name", renameColumns }, { people: [ada], declared: [declare(ada)] });
  expect(made.said).toEqual([]);
  expect(made.after.get(ada.email)?.name).toBe(ada.name);
});
