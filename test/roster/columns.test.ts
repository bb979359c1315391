import { desiredRecord } from "../../provider/roster/desired-record.js";
import type { DesiredRoster } from "../../provider/roster/desired-roster.js";
import { rowOf } from "../../provider/roster/diff-developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import { fieldKey, managedFields } from "../../provider/roster/managed-fields.js";
import { attributeColumns, resolveMapping } from "../../provider/roster/resolve-mapping.js";
import { misleadingColumn } from "../../provider/roster/rules/misleading-column.js";
import { scopeTest } from "../../provider/roster/scope.js";
import { strings } from "../../provider/roster/strings.js";
import { tightenScope } from "../../provider/roster/tighten-scope.js";
import { declare, desired, dev, MAPPING } from "../support/people.js";

const resolve = (fields: Partial<FieldMapping>) => {
  const roster: DesiredRoster = desired([], { fields: { ...MAPPING, ...fields } });
  return resolveMapping(roster, MAPPING);
};

describe("the mapping that holds after an apply", () => {
  test("keeps the live spelling of a column that is declared otherwise, and adds no column twice", () => {
    const { mapping, changes } = resolve({ managerEmail: "manager_email", attributes: ["team", "Site", "ROLE"] });
    expect(mapping).toEqual({ ...MAPPING, attributes: ["Role", "Team", "Site"] });
    expect(changes).toEqual([{ kind: "mapField", column: "Site", before: null, after: "ATTRIBUTE" }]);
  });

  test("takes another column for the name, and says that the old one goes", () => {
    expect(resolve({ name: "Full Name" }).changes).toEqual([
      { kind: "mapField", column: "Full Name", before: null, after: "NAME", renamedFrom: "Name" },
      { kind: "mapField", column: "Name", before: "NAME", after: null, renamedTo: "Full Name" },
    ]);
  });

  test("an attribute that becomes the name is no attribute any more", () => {
    const { mapping, changes } = resolve({ name: "role" });
    expect(mapping).toEqual({ ...MAPPING, name: "Role", attributes: ["Team"] });
    expect(changes.map(({ column, before, after }) => [column, before, after])).toEqual([
      ["Role", "ATTRIBUTE", "NAME"],
      ["Name", "NAME", null],
    ]);
  });
});

test("a record has the columns of the mapping, whatever else is declared", () => {
  const declared = { ...declare(dev("ada")), attributes: strings([["Squad", "x"]]) };
  const made = desiredRecord(declared, undefined, MAPPING, attributeColumns(MAPPING), () => true);
  expect({ ...made.attributes }).toEqual({ Role: "", Team: "" });
  const kept = desiredRecord(
    declare(dev("ada", { Role: "new" })),
    dev("ada"),
    MAPPING,
    attributeColumns(MAPPING),
    () => false,
  );
  expect({ ...kept.attributes }).toEqual({ Role: "", Team: "" });
});

test("a row has every column of the mapping, also those that a record does not know", () => {
  const ada = { ...dev("ada", { manager: "bob" }), attributes: strings([["Team", "x"]]) };
  expect({ ...rowOf(ada, MAPPING) }).toEqual({
    Name: "ADA",
    Email: "ada@example.com",
    "Manager Email": "bob@example.com",
    Role: "",
    Team: "x",
  });
});

test("the name and the manager may be limited under the names that the account has for them", () => {
  const mapping = { ...MAPPING, name: "Full Name", managerEmail: "Boss" };
  const isManaged = managedFields({ manage: null, ignore: ["full_name", "BOSS"] }, mapping);
  expect(["name", "manager", "Role", "identities"].map(isManaged)).toEqual([false, false, true, true]);
});

describe("a scope", () => {
  const blank = { attributes: strings([]) };

  test("of nothing is everybody", () => {
    expect(scopeTest(null, MAPPING).unknown).toEqual([]);
    expect(scopeTest(null, MAPPING).has(blank)).toBe(true);
  });

  test("of a blank value has who has no value there", () => {
    expect(scopeTest(new Map([["Team", [""]]]), MAPPING).has(blank)).toBe(true);
    expect(scopeTest(new Map([["Team", ["x"]]]), MAPPING).has(blank)).toBe(false);
  });

  test("of a column that the account does not have has nobody, also not who would be blank there", () => {
    const test = scopeTest(new Map([["Squad", [""]]]), MAPPING);
    expect(test.unknown).toEqual(["Squad"]);
    expect(test.has(blank)).toBe(false);
  });

  test("that is narrowed is the same in whatever order it was written", () => {
    const source = new Map([["Team", ["b", "a"]]]);
    const narrowed = tightenScope(source, new Map([["Role", ["y", "x", "y"]]]));
    expect([...(narrowed ?? [])]).toEqual([
      ["Role", ["x", "y"]],
      ["Team", ["b", "a"]],
    ]);
  });
});

describe("a column that is called as another field is", () => {
  const found = (fields: Partial<FieldMapping>) =>
    misleadingColumn({ ...MAPPING, ...fields }).map(({ position, message, hint }) => [
      position,
      /for the (\w+) column, which is (".*") here$/.exec(message)?.slice(1).join(" "),
      hint.split(" ")[0],
    ]);

  test.each([
    ["full_name", { name: "Called" }, 'NAME "Called"'],
    ["Display Name", { name: "Called" }, 'NAME "Called"'],
    ["Email Address", { email: "Login" }, 'EMAIL "Login"'],
    ["manager", { managerEmail: "Boss" }, 'MANAGER_EMAIL "Boss"'],
  ])("an attribute %s, where that field is called otherwise", (column, fields, says) => {
    expect(found({ ...fields, attributes: ["Team", column] })).toEqual([[4, says, "rename"]]);
    expect(found({ attributes: ["Team", column] })).toEqual([]);
  });

  test("a field is so whatever the other one is called", () => {
    expect(found({ name: "Email Address" })).toEqual([[0, 'EMAIL "Email"', "give"]]);
    expect(found({ name: "Email", email: "Name" })).toEqual([
      [0, 'EMAIL "Name"', "give"],
      [1, 'NAME "Email"', "give"],
    ]);
  });
});

test("a field is known by its own name where nobody knows how the account calls its columns", () => {
  const names = ["Manager Email", "manager", "Full Name", "Home_Team"];
  expect(names.map((name) => fieldKey(name, null))).toEqual(["manageremail", "manager", "fullname", "hometeam"]);
  const mapping = { ...MAPPING, name: "Full Name" };
  expect(names.map((name) => fieldKey(name, mapping))).toEqual(["manager", "manager", "name", "hometeam"]);
});
