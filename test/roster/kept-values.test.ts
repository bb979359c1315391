import type { Change } from "../../provider/roster/change.js";
import type { DesiredDeveloper, Developer } from "../../provider/roster/developer.js";
import { type KeptValues, keptValuesOf, refilled, withLostValues } from "../../provider/roster/kept-values.js";
import { plan } from "../../provider/roster/plan.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

const update = (before: Developer, after: Developer): Change => ({
  kind: "update",
  email: after.email,
  before,
  after,
  fields: [],
});
const rename = (before: Developer, after: Developer, isRest?: true): Change => ({
  kind: "rename",
  email: after.email,
  previousEmail: before.email,
  before,
  after,
  fields: [],
  ...(isRest === undefined ? {} : { isRest }),
});
const whole = dev("ada", { manager: "grace", Role: "CTO", Team: "Core" });
const kept: KeptValues = {
  email: at("ada"),
  name: "ADA",
  managerEmail: at("grace"),
  attributes: strings([
    ["Role", "CTO"],
    ["Team", "Core"],
  ]),
};

describe("what a write sends along and must not blank", () => {
  test("is every value that somebody has and keeps, as it is sent", () => {
    expect(keptValuesOf([update(whole, { ...whole, name: "Ada" })])).toEqual([{ ...kept, name: "Ada" }]);
    expect(keptValuesOf([rename(whole, { ...whole, email: at("new") })])).toEqual([{ ...kept, email: at("new") }]);
  });

  test("is nothing that they did not have, nor what the change takes away", () => {
    const bare = dev("ada", { name: "" });
    expect(keptValuesOf([update(bare, whole)])).toEqual([
      { email: at("ada"), name: "", managerEmail: "", attributes: strings([]) },
    ]);
    expect(keptValuesOf([update(whole, bare)])).toEqual([
      { email: at("ada"), name: "", managerEmail: "", attributes: strings([]) },
    ]);
    // A column that is new is in no record yet.
    const site = { ...whole, attributes: strings([["Site", "Berlin"]]) };
    expect(keptValuesOf([update(whole, site)])[0]?.attributes).toEqual(strings([]));
  });

  test("has nobody who is new, and no record that is written already", () => {
    expect(keptValuesOf([{ kind: "create", email: at("ada"), after: whole }])).toEqual([]);
    expect(keptValuesOf([rename(dev("old"), whole, true)])).toEqual([]);
  });

  test("has the manager of who reports to somebody renamed, under every address of the two", () => {
    const report = dev("rep", { manager: "old" });
    const changes = [
      rename(dev("old"), dev("new")),
      update(report, { ...report, managerEmail: at("new") }),
      update(whole, whole),
    ];
    const managers = keptValuesOf(changes).flatMap(({ email, name, managerEmail }) =>
      name === "" ? [[email, managerEmail]] : [],
    );
    expect(managers).toEqual([
      [at("rep"), at("old")],
      [at("rep"), at("new")],
    ]);
    const both = keptValuesOf([
      rename(dev("old"), dev("new")),
      rename(dev("r", { manager: "old" }), dev("s", { manager: "new" })),
    ]);
    expect(both.filter(({ name }) => name === "").map(({ email, managerEmail }) => [email, managerEmail])).toEqual([
      [at("s"), at("old")],
      [at("s"), at("new")],
      [at("r"), at("old")],
      [at("r"), at("new")],
    ]);
  });
});

describe("what was lost", () => {
  const people = new Set([at("grace"), at("eve")]);

  test.each<[string, Developer, Developer]>([
    [
      "a name",
      dev("ada", { name: "", manager: "eve", Role: "R", Team: "T" }),
      dev("ada", { manager: "eve", Role: "R", Team: "T" }),
    ],
    [
      "a manager",
      dev("ada", { name: "Z", Role: "R", Team: "T" }),
      dev("ada", { name: "Z", manager: "grace", Role: "R", Team: "T" }),
    ],
    [
      "a value",
      dev("ada", { name: "Z", manager: "eve", Role: "R" }),
      dev("ada", { name: "Z", manager: "eve", Role: "R", Team: "Core" }),
    ],
    ["everything", dev("ada", { name: "" }), whole],
  ])("is put back, and nothing else is touched: %s", (_name, now, expected) => {
    expect(refilled(now, kept, people)).toEqual(expected);
    expect(
      withLostValues(
        [kept],
        new Map([...people].map((email) => [email, dev("x")] as const).concat([[at("ada"), now]])),
      ),
    ).toEqual([kept]);
  });

  test("is nothing where everything stands, or where the column is gone", () => {
    const other = dev("ada", { name: "Z", manager: "eve", Role: "R", Team: "T" });
    expect(refilled(other, kept, people)).toBe(other);
    const without = { ...other, attributes: strings([["Role", "R"]]) };
    expect(refilled(without, kept, people)).toBe(without);
  });
});

describe("a plan after a run that was killed in the middle of a write", () => {
  const fieldsOf = (declared: readonly DesiredDeveloper[], now: readonly Developer[], sentAlong: KeptValues[]) =>
    plan(desired(declared), live(now), policy({ prune: "none", sentAlong })).changes.flatMap((change) =>
      change.kind === "update"
        ? change.fields.map(({ field, before, after, sameManager }) => [
            change.email,
            field,
            before,
            after,
            sameManager,
          ])
        : [[change.kind]],
    );
  const blanked = dev("ada", { manager: "grace", Role: "CTO" });

  test("puts back what was blanked, of whoever is declared and of whoever is not", () => {
    const expected = [[at("ada"), "Team", "", "Core", undefined]];
    const named = { email: at("ada"), attributes: strings([]), identities: new Map<number, string>() };
    expect(fieldsOf([], [blanked, dev("grace")], [kept])).toEqual(expected);
    expect(fieldsOf([named], [blanked, dev("grace")], [kept])).toEqual(expected);
    expect(fieldsOf([named], [blanked, dev("grace")], [])).toEqual([]);
  });

  test("what the source says comes before what was sent", () => {
    const team = declare(dev("ada", { manager: "grace", Role: "CTO", Team: "Ops" }));
    expect(fieldsOf([team], [blanked, dev("grace")], [kept])).toEqual([[at("ada"), "Team", "", "Ops", undefined]]);
  });

  test("of several writes the latest counts", () => {
    const later = { ...kept, attributes: strings([["Team", "Later"]]) };
    expect(fieldsOf([], [dev("ada", { manager: "grace" }), dev("grace")], [kept, later])).toEqual([
      [at("ada"), "Role", "", "CTO", undefined],
      [at("ada"), "Team", "", "Later", undefined],
    ]);
  });

  test("a manager who was lost on the way is put back, and is no change of managers", () => {
    const lost = [dev("ada", { Role: "CTO", Team: "Core" }), dev("grace")];
    expect(fieldsOf([], lost, [kept])).toEqual([[at("ada"), "Manager Email", "", at("grace"), true]]);
    // The source gives another one: that is a change.
    const other = declare(dev("ada", { manager: "eve", Role: "CTO", Team: "Core" }));
    expect(fieldsOf([other], [...lost, dev("eve")], [kept])).toEqual([
      [at("ada"), "Manager Email", "", at("eve"), undefined],
    ]);
  });
});

test("only who lost something is among those who did, and nobody who has left", () => {
  const fine = { ...kept, email: at("bob") };
  const now = new Map([
    [at("ada"), dev("ada", { manager: "grace", Role: "CTO" })],
    [at("bob"), dev("bob", { manager: "eve", Role: "R", Team: "T" })],
  ]);
  expect(withLostValues([kept, fine, { ...kept, email: at("gone") }], now)).toEqual([kept]);
});
