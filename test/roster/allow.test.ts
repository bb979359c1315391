import { plan, refusals } from "../../provider/roster/plan.js";
import { at, declare, desired, dev, live, policy, team } from "../support/people.js";

const everybody = team(30);
const rest = everybody.slice(0, 20).map((one) => declare(one));
const gone = everybody.slice(20).map(({ email }) => email);
const exception = { reason: "Site X closed, HR-123", until: "2026-12-31" } as const;

test("without an exception the guard refuses, and says how to allow it once", () => {
  const [refused, ...others] = refusals(plan(desired(rest), live(everybody), policy()));
  expect(others).toEqual([]);
  expect(refused).toMatchObject({ name: "maxDelete", actual: 10 });
  expect(refused?.hint).toContain("allow: [{ delete: [<emails>], reason: <why>, until: <day> }]");
});

test("who is named does not count, and the verdict gives the reason", () => {
  const named = (people: readonly string[]) =>
    plan(desired(rest, { allow: [{ people: { delete: people }, ...exception }] }), live(everybody), policy());
  expect(refusals(named(gone))).toEqual([]);
  expect(named(gone).guards.find(({ name }) => name === "maxDelete")?.limit).toContain(
    "and 10 by exception: Site X closed, HR-123",
  );
  // Three are left to the default limit; a fourth is too many.
  expect(refusals(named(gone.slice(3)))).toEqual([]);
  expect(refusals(named(gone.slice(4)))).toHaveLength(1);
  expect(refusals(named([at("somebody")]))).toHaveLength(1);
});

test("an exception for one loss is none for another", () => {
  const allow = [{ people: { update: gone, blank: gone }, ...exception }];
  expect(refusals(plan(desired(rest, { allow }), live(everybody), policy()))).toHaveLength(1);
});

test("a plan by its checksum passes, and no other plan", () => {
  const { checksum } = plan(desired(rest), live(everybody), policy());
  const allow = [{ people: {}, plan: checksum.slice(0, 16), ...exception }];
  expect(refusals(plan(desired(rest, { allow }), live(everybody), policy()))).toEqual([]);
  const more = rest.slice(0, 19);
  expect(refusals(plan(desired(more, { allow }), live(everybody), policy()))).toHaveLength(1);
});

test.each(["protect", "minDevelopers"] as const)("no exception lifts %s", (guard) => {
  const guards = guard === "protect" ? { protect: [gone[0] ?? ""] } : { minDevelopers: 25 };
  const allow = [{ people: { delete: gone }, ...exception }];
  const refused = refusals(plan(desired(rest, { allow }), live(everybody), policy({ guards })));
  expect(refused.map(({ name }) => name)).toEqual([guard]);
});

test("each kind of loss has its exception", () => {
  const boss = everybody[0] ?? dev("p000");
  const other = dev("other");
  const people = Object.fromEntries(
    (["delete", "update", "blank", "managerChange", "identityMove"] as const).map((loss) => [
      loss,
      everybody.map(({ email }) => email),
    ]),
  );
  const before = live([other, ...everybody.map((one) => ({ ...one, attributes: { Role: "r", Team: "t" } }))], {
    identities: everybody.map(({ email }, at) => ({ email: `${at}@example.com`, integrationId: 101, identity: email })),
  });
  const after = [
    declare(other),
    ...everybody
      .filter(({ email }) => email !== boss.email)
      .map((one) => declare({ ...one, managerEmail: other.email }, { 101: one.email })),
    declare({ ...boss, managerEmail: other.email }, { 101: boss.email }),
  ];
  expect(refusals(plan(desired(after), before, policy())).map(({ name }) => name)).toEqual([
    "maxUpdate",
    "maxBlank",
    "maxManagerChange",
    "maxIdentityMove",
  ]);
  expect(refusals(plan(desired(after, { allow: [{ people, ...exception }] }), before, policy()))).toEqual([]);
});

describe("a refusal in public", () => {
  const allow = (reason: string, people: readonly string[]) => ({ ...exception, reason, people: { delete: people } });
  const refused = (exceptions: readonly ReturnType<typeof allow>[]) =>
    refusals(plan(desired(rest, { allow: exceptions }), live(everybody), policy()))[0];

  test("leaves the reasons of exceptions out, which may be about people", () => {
    const one = refused([allow("Eve is ill", gone.slice(5)), allow("Bob moved", gone.slice(5, 6))]);
    // In one order, whichever stands first.
    expect(one?.limit).toBe("3 of 30 (default: the larger of 3 and 10%), and 5 by exception: Bob moved; Eve is ill");
    expect(one?.reason).toContain("Bob moved; Eve is ill");
    expect(one?.impersonal).toEqual({
      limit: "3 of 30 (default: the larger of 3 and 10%), and 5 by exception",
      reason:
        "5 developers would be deleted; guards.maxDelete allows 3 of 30 (default: the larger of 3 and 10%), and 5 by exception",
    });
  });

  test("has nothing to leave out where there is no exception", () => {
    expect(refused([])).not.toHaveProperty("impersonal");
  });
});
