import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { IdentityCompleteness } from "../../provider/roster/live-roster";
import { plan, refusals } from "../../provider/roster/plan";
import { unprovenPart } from "../../provider/roster/unproven";
import { at, declare, desired, dev, live, MAPPING, policy } from "../support/people";
import { verdict } from "../support/verdict";

const CONTRADICTED: IdentityCompleteness = { proven: false, contradicted: true, reason: "the list has 0 of 3" };
const ALONE: IdentityCompleteness = { proven: false, contradicted: false, reason: "there is no CSV" };
const PROVEN: IdentityCompleteness = { proven: true };

const ada = dev("ada");
const bob = dev("bob");
const HELD = [{ email: at("bob"), integrationId: 101, identity: "bob" }];

/** What could be lost, with whom it concerns. */
const PLANS = {
  rename: desired([declare(bob), { ...declare(dev("ada.new")), previousEmails: [at("ada")] }]),
  "first identity": desired([declare(ada, { 101: "ada" }), declare(bob)]),
  "other identity": desired([declare(ada), declare(bob, { 101: "bob2" })]),
  "moved identity": desired([declare(ada, { 101: "bob" }), declare(bob)]),
  delete: desired([declare(bob)]),
  update: desired([declare({ ...ada, name: "New" }), declare(bob)]),
};

test.each<[keyof typeof PLANS, boolean, boolean]>([
  ["rename", true, true],
  ["first identity", true, false],
  ["other identity", true, true],
  ["moved identity", true, true],
  ["delete", true, false],
  ["update", false, false],
])("%s: refused when the identities are contradicted %s, when nothing proves them %s", (name, contradicted, alone) => {
  const refused = (identityCompleteness: IdentityCompleteness) => {
    const now = live([ada, bob], { identities: HELD, identityCompleteness });
    const made = plan(PLANS[name], now, policy({ prune: "all", guards: { minDevelopers: 0, maxDelete: 5 } }));
    expect(made.changes).not.toEqual([]);
    return refusals(made).map((one) => one.name);
  };
  expect(refused(PROVEN)).toEqual([]);
  expect(refused(CONTRADICTED)).toEqual(contradicted ? ["completeRead"] : []);
  expect(refused(ALONE)).toEqual(alone ? ["completeRead"] : []);
});

test("the refusal says why and whom it concerns", () => {
  const made = plan(PLANS.rename, live([ada, bob], { identityCompleteness: CONTRADICTED }), policy());
  expect(verdict(made, "completeRead")).toMatchObject({
    verdict: "refused",
    reason:
      "1 developer(s) would be renamed, deleted or get an identity, and the identities could not be read with proof that they are complete: the list has 0 of 3",
    hint: expect.stringContaining("CSV download of the identities"),
    people: [at("ada.new")],
  });
});

describe("a developer whose values are disputed", () => {
  const disputed = { people: new Set([at("ada")]), reason: 'the answers disagree on "Team" (1 developers)' };
  const refused = (want: (typeof PLANS)[keyof typeof PLANS], strategy: "auto" | "reupload" = "auto") =>
    verdict(plan(want, live([ada, bob], { disputed }), policy({ strategy, prune: "all" })), "completeRead");

  test.each(["update", "rename", "delete"] as const)("is not written: %s", (name) => {
    expect(refused(PLANS[name])).toMatchObject({
      verdict: "refused",
      reason: expect.stringContaining(`1 developer(s) would be written of whom the answers of the API show different`),
      people: [at("ada")],
    });
  });

  test("keeps nobody else from being written, except where everybody is", () => {
    const other = desired([declare(ada), declare({ ...bob, name: "New" })]);
    expect(refused(other)?.verdict).toBe("passed");
    expect(refused(other, "reupload")).toMatchObject({ verdict: "refused", people: [at("ada")] });
  });
});

test("what is not proven, as a sentence", () => {
  const completeness = { proven: false, reason: "a page was short" } as const;
  expect(unprovenPart(live([]))).toBeNull();
  expect(unprovenPart(live([], { identityCompleteness: ALONE }))).toBeNull();
  expect(unprovenPart(live([], { identityCompleteness: CONTRADICTED }))?.reason).toContain("the identities");
  expect(unprovenPart(live([], { completeness, identityCompleteness: CONTRADICTED }))?.reason).toContain(
    "the live roster could not be read with proof that it is complete: a page was short",
  );
});

describe("what is written besides the people whose values are disputed", () => {
  const disputed = { people: new Set([at("ada"), at("bob")]), reason: "the answers disagree" };
  const judged = (want: DesiredRoster, now = [bob, ada]) =>
    verdict(plan(want, live(now, { disputed }), policy({ prune: "none" })), "completeRead");

  test("a change of the columns writes everybody, so nobody may be disputed", () => {
    const fields = { ...MAPPING, attributes: [...MAPPING.attributes, "Site"] };
    expect(judged(desired([], { fields }))).toMatchObject({ verdict: "refused", people: [at("ada"), at("bob")] });
  });

  test("an identity is no value of a record", () => {
    expect(judged(desired([declare(ada, { 101: "ada" })]))?.verdict).toBe("passed");
  });

  test("a refusal says what to do", () => {
    expect(judged(desired([declare({ ...ada, name: "New" })]))?.hint).toContain("correct the value by hand");
  });
});

test("a refusal names everybody once, in one order, whatever would become of them", () => {
  const zoe = { ...declare(dev("zoe"), { 101: "z" }), previousEmails: [at("old")] };
  const made = plan(
    desired([zoe, declare(bob, { 101: "b" })]),
    live([dev("old"), bob, ada], { identityCompleteness: CONTRADICTED }),
    policy({ prune: "all", guards: { maxDelete: 5 } }),
  );
  expect(verdict(made, "completeRead")).toMatchObject({
    reason: expect.stringMatching(/^3 developer\(s\)/),
    people: [at("ada"), at("bob"), at("zoe")],
  });
});
