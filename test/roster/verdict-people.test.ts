import type { Change } from "../../provider/roster/change.js";
import { judgeConsistency } from "../../provider/roster/consistency.js";
import { diffRoster } from "../../provider/roster/diff-roster.js";
import { judge } from "../../provider/roster/guards.js";
import { at, declare, desired, dev, live, MAPPING, policy } from "../support/people.js";

const gone = (login: string): Change => ({ kind: "delete", email: at(login), before: dev(login) });
const blanked = (login: string): Change => ({
  kind: "update",
  email: at(login),
  before: dev(login, { Role: "x" }),
  after: dev(login),
  fields: [{ field: "Role", before: "x", after: "" }],
});

test("a guard names people in one order, however the changes are listed", () => {
  const changes = ["c", "a", "b"].flatMap((login) => [gone(login), blanked(`u${login}`)]);
  const judged = {
    changes,
    live: live([]),
    mapping: MAPPING,
    owned: 100,
    after: 0,
    way: "upsert" as const,
    appliedBefore: false,
    allow: [],
    checksum: "",
  };
  const protect = ["c", "a", "b"].map(at);
  const verdicts = judge(judged, { maxDelete: 0, maxBlank: 0, maxUpdate: 0, minDevelopers: 1, protect });
  const people = Object.fromEntries(
    verdicts.flatMap((one) => (one.verdict === "refused" ? [[one.name, one.people]] : [])),
  );
  const left = ["a", "b", "c"].map(at);
  const updated = ["ua", "ub", "uc"].map(at);
  expect(people).toMatchObject({
    maxDelete: left,
    minDevelopers: left,
    protect: left,
    maxBlank: updated,
    maxUpdate: updated,
  });
});

describe("a manager who is nobody after the apply is refused where the plan touches the report", () => {
  const lost = dev("ada", { manager: "nobody" });
  const after = new Map([lost, dev("bob")].map((one) => [one.email, one]));
  const identity = (login: string): Change => ({
    kind: "setIdentity",
    email: at(login),
    integrationId: 1,
    before: null,
    after: "x",
    movedFrom: null,
  });

  test.each<[string, Change, string]>([
    ["who is created", { kind: "create", email: lost.email, after: lost }, "refused"],
    ["who is updated", { kind: "update", email: lost.email, before: lost, after: lost, fields: [] }, "refused"],
    ["who gets an identity", identity("ada"), "refused"],
    ["who is left alone", identity("bob"), "passed"],
    ["while only the mapping changes", { kind: "mapField", column: "x", before: null, after: "ATTRIBUTE" }, "passed"],
  ])("%s", (_what, change, verdict) => {
    expect(judgeConsistency([change], after, []).verdict).toBe(verdict);
  });
});

test("a change says a day only where the source does", () => {
  const roster = desired([declare(dev("new"))]);
  const { changes } = diffRoster(roster, live([dev("old")]), MAPPING, policy());
  expect(changes.map((one) => Object.keys(one).sort())).toEqual([
    ["after", "email", "kind"],
    ["before", "email", "kind"],
  ]);
});
