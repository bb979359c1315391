import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { rosterAsLive } from "../../provider/roster/roster-as-live.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, MAPPING, policy } from "../support/people.js";

const person = (login: string, columns: Readonly<Record<string, string>>, more: Partial<DesiredDeveloper> = {}) => ({
  email: at(login),
  attributes: strings(Object.entries(columns)),
  identities: new Map<number, string>(),
  ...more,
});

test("two versions that say the same have no plan, however they spell the columns", () => {
  const fields = { ...MAPPING, attributes: ["Role", "Home Team"] };
  const before = desired([person("ada", { home_team: "Core" }, { name: "Ada", managerEmail: "" })]);
  const after = desired([person("ada", { "Home Team": "Core" }, { name: "Ada", managerEmail: "" })]);
  for (const more of [{}, { fields }]) {
    expect(plan({ ...after, ...more }, rosterAsLive(before, { ...after, ...more }), policy()).changes).toEqual([]);
    expect(plan({ ...before, ...more }, rosterAsLive(after, { ...before, ...more }), policy()).changes).toEqual([]);
  }
});

test("everything that is declared is live; what is left out is blank", () => {
  const roster = desired([
    person("bob", { Site: "Berlin" }, { managerEmail: at("ada") }),
    declare(dev("ada"), { 7: "a" }),
  ]);
  expect(rosterAsLive(roster, desired([]))).toEqual({
    mapping: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Site", "Team"] },
    developers: new Map([
      [
        at("bob"),
        {
          email: at("bob"),
          name: "",
          managerEmail: at("ada"),
          attributes: strings([
            ["Role", ""],
            ["Site", "Berlin"],
            ["Team", ""],
          ]),
        },
      ],
      [
        at("ada"),
        {
          email: at("ada"),
          name: "ADA",
          managerEmail: "",
          attributes: strings([
            ["Role", ""],
            ["Site", ""],
            ["Team", ""],
          ]),
        },
      ],
    ]),
    identities: [{ email: at("ada"), integrationId: 7, identity: "a" }],
    completeness: { proven: true, count: 2 },
  });
});

test("a column that only the other version has is there too, so nothing is refused", () => {
  const before = desired([person("ada", {}, { name: "Ada" })]);
  const after = desired([person("ada", { Site: "Berlin" }, { name: "Ada" })]);
  const made = plan(after, rosterAsLive(before, after), policy());
  expect(refusals(made)).toEqual([]);
  expect(made.changes).toMatchObject([{ kind: "update", fields: [{ field: "Site", before: "", after: "Berlin" }] }]);
});

test("the columns are those of the one that declares them, first of all its own", () => {
  const fields = (name: string) => ({ ...MAPPING, name, dropColumns: ["Site"] });
  const mapping = (name: string) => ({ ...MAPPING, name });
  const declaring = (name: string) => desired([], { fields: fields(name) });
  expect(rosterAsLive(declaring("Mine"), declaring("Theirs")).mapping).toEqual(mapping("Mine"));
  expect(rosterAsLive(desired([]), declaring("Theirs")).mapping).toEqual(mapping("Theirs"));
});

test("of several spellings of a column one counts, the same in any order", () => {
  const people = [person("ada", { team: "A" }), person("bob", { Team: "B" }), person("cy", { TEAM: "C" })];
  for (const order of [people, [...people].reverse()]) {
    expect(rosterAsLive(desired(order), desired([])).mapping?.attributes).toEqual(["TEAM"]);
  }
});
