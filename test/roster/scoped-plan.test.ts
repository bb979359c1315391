import { changesOf } from "../../provider/roster/change.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { at, declare, desired, dev, live, policy, team } from "../support/people.js";

const scope = new Map([["Team", ["Billing", "Payments"]]]);
const pay = dev("pay", { Team: "Payments" });
const bill = dev("bill", { Team: "Billing", manager: "pay" });
const other = dev("other", { Team: "Search" });

test("only who is in scope is deleted; who is outside is kept and said so", () => {
  const { changes, kept, guards } = plan(desired([declare(pay)], { scope }), live([pay, bill, other]), policy());
  expect(changes).toEqual([{ kind: "delete", email: at("bill"), before: bill }]);
  expect(kept).toEqual([{ email: at("other"), name: "OTHER", because: "outOfScope" }]);
  expect(guards.find(({ name }) => name === "maxDelete")?.limit).toContain("of 2 ");
});

test.each([
  ["live outside of it", dev("pay", { Team: "Payments" }), dev("pay", { Team: "Search" })],
  ["about to leave it", dev("pay", { Team: "Search" }), dev("pay", { Team: "Payments" })],
  ["joining outside of it", dev("pay", { Team: "" }), null],
])("a declared developer who is %s is refused", (_what, declared, before) => {
  const people = before === null ? [] : [before];
  const refused = refusals(plan(desired([declare(declared)], { scope }), live(people), policy()));
  expect(refused.map(({ name, people }) => ({ name, people }))).toEqual([{ name: "scope", people: [at("pay")] }]);
});

test("a scope whose column the account does not have is refused: it would own nobody", () => {
  const strange = new Map([["Squad", ["x"]]]);
  const refused = refusals(plan(desired([declare(pay)], { scope: strange }), live([pay]), policy()));
  expect(refused[0]).toMatchObject({ name: "scope", reason: expect.stringContaining('"Squad"'), people: [] });
});

test("a delete that leaves reports outside of the scope without a manager is refused, and they are named", () => {
  const report = dev("report", { Team: "Search", manager: "bill" });
  const refused = refusals(plan(desired([declare(pay)], { scope }), live([pay, bill, report]), policy()));
  expect(refused.map(({ name, people }) => ({ name, people }))).toEqual([
    { name: "consistency", people: [at("report")] },
  ]);
});

test("re-uploading replaces everybody, so `auto` does not take it for a part of the account", () => {
  const everybody = team(502).map((one) => ({ ...one, attributes: { ...one.attributes, Team: "Payments" } }));
  // Two batches of updates and one delete.
  const changed = everybody
    .slice(0, 501)
    .map((one) => declare({ ...one, attributes: { ...one.attributes, Role: "new" } }));
  const all = policy({ guards: { maxUpdate: "100%" } });
  expect(plan(desired(changed), live(everybody), all).way.kind).toBe("reupload");
  expect(plan(desired(changed, { scope }), live(everybody), all).way.kind).toBe("upsert");
  const limited = { fieldLimits: { manage: null, ignore: ["Site"] } };
  expect(plan(desired(changed, limited), live(everybody), all).way.kind).toBe("upsert");
});

describe("managed fields", () => {
  const before = dev("ada", { name: "Old", Role: "old", Team: "old", manager: "pay" });
  const after = declare(dev("ada", { name: "New", Role: "new", Team: "new" }), { 101: "ada" });
  const boss = declare(pay);
  const fieldsChanged = (manage: readonly string[] | null, ignore: readonly string[] = []) => {
    const { changes } = plan(
      desired([boss, after], { fieldLimits: { manage, ignore } }),
      live([pay, before]),
      policy(),
    );
    return [
      ...changesOf(changes, "update").flatMap(({ fields }) => fields.map(({ field }) => field)),
      ...changesOf(changes, "setIdentity").map(() => "identity"),
    ].sort();
  };

  test.each([
    [null, [], ["Manager Email", "Name", "Role", "Team", "identity"]],
    [["Role"], [], ["Role"]],
    [["role", "Manager Email"], [], ["Manager Email", "Role"]],
    [null, ["manager", "name", "identities"], ["Role", "Team"]],
    [["Role", "Team"], ["Team"], ["Role"]],
    [[], [], []],
  ])("manage %j, ignore %j: changes %j", (manage, ignore, expected) => {
    expect(fieldsChanged(manage, ignore)).toEqual(expected);
  });

  test("who joins gets everything that is declared", () => {
    const roster = desired([boss, after], { fieldLimits: { manage: ["Role"], ignore: [] } });
    const [create] = changesOf(plan(roster, live([pay]), policy()).changes, "create");
    expect(create?.after).toEqual(dev("ada", { name: "New", Role: "new", Team: "new" }));
    expect(changesOf(plan(roster, live([pay]), policy()).changes, "setIdentity")).toHaveLength(1);
  });
});
