import fc from "fast-check";
import { type OrgNode, type OrgPart, orgChart } from "../../provider/report/org-chart";
import type { Change } from "../../provider/roster/change";
import type { Developer } from "../../provider/roster/developer";
import { plan } from "../../provider/roster/plan";
import { at, declare, desired, dev, live, policy } from "../support/people";
import { mixedPlan } from "./mixed-plan";

function chart(before: readonly Developer[], changes: readonly Change[], part: OrgPart = "whole"): readonly OrgNode[] {
  return orgChart(live(before).developers, changes, { people: "names", part });
}

/** Readable: `bob moves ada -> eve`. */
function told(nodes: readonly OrgNode[]): readonly string[] {
  const name = (id: number | null) => (id === null ? "-" : (nodes[id]?.person.email.split("@")[0] ?? "?"));
  return nodes.map(({ id, state, before, after }) => `${name(id)} ${state} ${name(before)} -> ${name(after)}`);
}

const changesOf = (after: readonly Developer[], before: readonly Developer[]) =>
  plan(desired(after.map((one) => declare(one))), live(before), policy()).changes;

test("joins, leaves, moves, changes and stays", () => {
  const before = [
    dev("ada"),
    dev("eve"),
    dev("bob", { manager: "ada" }),
    dev("kay", { manager: "ada" }),
    dev("old", { manager: "eve" }),
  ];
  const after = [
    dev("ada"),
    dev("eve"),
    dev("bob", { manager: "eve" }),
    dev("kay", { manager: "ada", Role: "CTO" }),
    dev("new", { manager: "bob" }),
  ];
  expect(told(chart(before, changesOf(after, before)))).toEqual([
    "ada stays - -> -",
    "bob moves ada -> eve",
    "eve stays - -> -",
    "kay changes ada -> ada",
    "new joins - -> bob",
    "old leaves eve -> -",
  ]);
});

test("the changed part: who changes, and their managers before and after", () => {
  const before = [dev("ada"), dev("eve"), dev("zoe", { manager: "eve" }), dev("bob", { manager: "ada" })];
  const after = [dev("ada"), dev("eve"), dev("zoe", { manager: "eve" }), dev("bob", { manager: "eve" })];
  expect(told(chart(before, changesOf(after, before), "changed"))).toEqual([
    "ada stays - -> -",
    "bob moves ada -> eve",
    "eve stays - -> -",
  ]);
  expect(chart(before, [], "changed")).toEqual([]);
  expect(chart(before, [])).toHaveLength(4);
});

test("who gets a new address is one node, and the reports stay with the same person", () => {
  const { plan: mixed, live: roster } = mixedPlan();
  const nodes = told(orgChart(roster.developers, mixed.changes, { people: "names", part: "whole" }));
  expect(nodes.filter((line) => line.includes("fay"))).toEqual(["fay changes alan -> alan", "gus changes fay -> fay"]);
});

test("a report and the manager both get new addresses", () => {
  const before = [dev("boss.old"), dev("bob.old", { manager: "boss.old" })];
  const renamed = [
    { ...declare(dev("boss", { name: "BOSS.OLD" })), previousEmails: [at("boss.old")] },
    { ...declare(dev("bob", { name: "BOB.OLD", manager: "boss" })), previousEmails: [at("bob.old")] },
  ];
  const { changes } = plan(desired(renamed), live(before), policy());
  expect(told(chart(before, changes))).toEqual(["bob changes boss -> boss", "boss changes - -> -"]);
});

test("a rename whose new record is live already", () => {
  const before = [dev("ada"), dev("ada.old", { name: "ADA" }), dev("bob", { manager: "ada.old" })];
  const renamed = [
    { ...declare(dev("ada")), previousEmails: [at("ada.old")] },
    declare(dev("bob", { manager: "ada" })),
  ];
  const { changes } = plan(desired(renamed), live(before), policy());
  expect(changes.filter(({ kind }) => kind === "rename")).toHaveLength(1);
  expect(told(chart(before, changes)).map((line) => line.split(" ")[0])).toEqual(["ada", "bob"]);
});

test("a manager who is not live is nobody in the chart", () => {
  expect(told(chart([dev("ada", { manager: "gone" })], []))).toEqual(["ada stays - -> -"]);
});

test("circles and people who are their own managers are drawn, and end", () => {
  const before = [dev("ada", { manager: "bob" }), dev("bob", { manager: "ada" }), dev("eve", { manager: "eve" })];
  expect(told(chart(before, []))).toEqual(["ada stays bob -> bob", "bob stays ada -> ada", "eve stays eve -> eve"]);
});

test("identities and columns alone draw nobody", () => {
  const identity = {
    kind: "setIdentity",
    email: at("ada"),
    integrationId: 1,
    before: null,
    after: "a",
    movedFrom: null,
  } as const;
  const column = { kind: "mapField", column: "Site", before: null, after: "ATTRIBUTE" } as const;
  expect(chart([dev("ada")], [identity, column], "changed")).toEqual([]);
});

test("masked: no name, no address, and still one node each", () => {
  const roster = live([dev("ada", { name: "Ada" }), dev("adam", { name: "Adam", manager: "ada" })]);
  const nodes = orgChart(roster.developers, [], { people: "masked", part: "whole" });
  expect(nodes.map(({ id, person }) => [id, person.email, person.name])).toEqual([
    [0, "a***@example.com", ""],
    [1, "a***@example.com", ""],
  ]);
});

test("any two rosters: ids count up, lines lead to nodes, and the changed part is a part of the whole", () => {
  const logins = ["a", "b", "c", "d", "e", "f"];
  const person = fc.record({ manager: fc.constantFrom("", "gone", ...logins), Role: fc.constantFrom("x", "y") });
  const anyRoster = fc
    .uniqueArray(fc.tuple(fc.constantFrom(...logins), person), { selector: ([login]) => login })
    .map((people) => people.map(([login, values]) => dev(login, values)));
  fc.assert(
    fc.property(anyRoster, anyRoster, (before, after) => {
      const changes = changesOf(after, before);
      const whole = chart(before, changes);
      const part = chart(before, changes, "changed");
      for (const nodes of [whole, part]) {
        expect(nodes.map(({ id }) => id)).toEqual(nodes.map((_, index) => index));
        for (const line of told(nodes)) expect(line).not.toContain("?");
      }
      const emails = new Set([...before, ...after].map(({ email }) => email));
      expect(whole.map(({ person }) => person.email)).toEqual([...emails].sort());
      const states = new Map(whole.map(({ person, state }) => [person.email, state]));
      for (const { person, state } of part) expect(states.get(person.email)).toBe(state);
      const changed = whole.filter(({ state }) => state !== "stays").length;
      expect(part.filter(({ state }) => state !== "stays")).toHaveLength(changed);
    }),
  );
});
