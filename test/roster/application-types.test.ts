import { canonicalRoster, parseCanonicalRoster } from "../../provider/roster/canonical-roster";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { Developer } from "../../provider/roster/developer";
import { plan, refusals } from "../../provider/roster/plan";
import { at, declare, desired, dev, live, policy } from "../support/people";
import { verdict } from "../support/verdict";

const types = (...all: (readonly [number, string])[]) => ({ applicationTypes: new Map(all) });
const planned = (roster: DesiredRoster, developers: readonly Developer[], held: Parameters<typeof live>[1] = {}) =>
  plan(
    roster,
    live(developers, { identityCompleteness: { proven: true }, ...held }),
    policy({ generation: "previous" }),
  );

const [ada, bob] = [dev("ada"), dev("bob")];

test("an identity without a declared application type is refused, with what to write", () => {
  const made = planned(
    desired([declare(ada, { 101: "ada", 102: "A1" }), declare(bob, { 101: "bob" })], types([102, "JIRA"])),
    [ada, bob],
  );
  expect(verdict(made, "applicationType")).toEqual({
    name: "applicationType",
    limit: expect.stringContaining("by applicationType"),
    actual: 2,
    verdict: "refused",
    reason: "2 identities cannot be written: no applicationType is declared for integration 101",
    hint: "write integrations: { <name>: { id: 101, applicationType: GITHUB } }, with the application that each is, in place of the number alone",
    people: [at("ada"), at("bob")],
  });
});

test("declared, it passes; live as declared, nobody asks", () => {
  const roster = desired([declare(ada, { 101: "ada" })], types([101, "GITHUB"]));
  expect(refusals(planned(roster, [ada]))).toEqual([]);
  const untyped = desired([declare(ada, { 101: "ada" })]);
  const identities = [{ email: at("ada"), integrationId: 101, identity: "ada" }];
  expect(refusals(planned(untyped, [ada], { identities }))).toEqual([]);
});

test("two integrations of one type, with identities in both, cannot be told apart", () => {
  const shared = types([101, "GITHUB"], [103, "GITHUB"], [104, "JIRA"]);
  const both = desired([declare(ada, { 101: "ada" }), declare(bob, { 103: "bob", 104: "B" })], shared);
  const reason = "the integrations 101 and 103 are both GITHUB, and the API cannot tell whose an identity is";
  expect(verdict(planned(both, [ada, bob]), "applicationType")).toMatchObject({
    verdict: "refused",
    actual: 2,
    reason,
    people: [at("ada"), at("bob")],
  });
  // One of them is live already: to write the other might take it away.
  const identities = [{ email: at("ada"), integrationId: 101, identity: "ada" }];
  expect(verdict(planned(both, [ada, bob], { identities }), "applicationType")).toMatchObject({
    verdict: "refused",
    reason,
  });
  // Nothing is written of this type.
  const all = [...identities, { email: at("bob"), integrationId: 103, identity: "bob" }];
  expect(refusals(planned(both, [ada, bob], { identities: all }))).toEqual([]);
  const one = desired([declare(ada, { 101: "ada" }), declare(bob, { 104: "B" })], shared);
  expect(refusals(planned(one, [ada, bob]))).toEqual([]);
});

test("a rename takes identities along, so their integrations need a type too", () => {
  const { name: _, managerEmail: __, ...rest } = declare(dev("ada.new"));
  const renamed = { ...rest, attributes: {}, previousEmails: [at("ada")] };
  const identities = [{ email: at("ada"), integrationId: 7, identity: "ada" }];
  const without = planned(desired([renamed]), [ada], { identities });
  expect(verdict(without, "applicationType")).toMatchObject({
    verdict: "refused",
    reason: "1 identity cannot be written: no applicationType is declared for integration 7",
  });
  expect(refusals(planned(desired([renamed], types([7, "GITHUB"])), [ada], { identities }))).toEqual([]);
});

test("identities that cannot be read refuse a plan that has any, with what to do", () => {
  const identityCompleteness = {
    proven: false,
    contradicted: true,
    reason: "nobody answers",
    unavailable: "ask",
  } as const;
  const typed = types([101, "GITHUB"]);
  const made = planned(desired([declare(ada, { 101: "ada" })], typed), [ada], { identityCompleteness });
  expect(verdict(made, "completeRead")).toMatchObject({
    verdict: "refused",
    reason: expect.stringContaining("the identities cannot be read: nobody answers"),
    hint: "ask",
  });
  const { identityCompleteness: _, ...notRead } = live([ada], { identities: null });
  expect(
    refusals(plan(desired([declare(ada), declare(bob)], typed), notRead, policy({ generation: "previous" }))),
  ).toEqual([]);
});

test("the current generation has no such guard", () => {
  const made = plan(desired([declare(ada, { 101: "ada" })]), live([ada]), policy());
  expect(verdict(made, "applicationType")).toBeUndefined();
  expect(refusals(made)).toEqual([]);
});

test("they are in the canonical roster, in any order the same; a roster without any is as before", () => {
  const one = desired([declare(ada)], types([102, "JIRA"], [101, "GITHUB"]));
  const other = desired([declare(ada)], types([101, "GITHUB"], [102, "JIRA"]));
  expect(canonicalRoster(one)).toBe(canonicalRoster(other));
  expect(canonicalRoster(parseCanonicalRoster(canonicalRoster(one)))).toBe(canonicalRoster(one));
  expect(parseCanonicalRoster(canonicalRoster(one)).applicationTypes).toEqual(other.applicationTypes);
  expect(canonicalRoster(desired([declare(ada)], types()))).toBe(canonicalRoster(desired([declare(ada)])));
});

describe("several kinds at once", () => {
  test("integrations of nobody knows what kind are not of one kind", () => {
    const made = verdict(
      planned(desired([declare(bob, { 5: "bob" }), declare(ada, { 6: "ada" })]), [ada, bob]),
      "applicationType",
    );
    expect(made?.reason).toBe(
      "2 identities cannot be written: no applicationType is declared for the integrations 5 and 6",
    );
    expect(made?.hint).toBe(
      "write integrations: { <name>: { id: 5, applicationType: GITHUB }, <name>: { id: 6, applicationType: GITHUB } }, with the application that each is, in place of the number alone",
    );
  });

  test("shared ones are said in one order, with what to do and nothing else", () => {
    const all = types([101, "JIRA"], [102, "GITHUB"], [103, "JIRA"], [104, "GITHUB"]);
    const made = planned(desired([declare(ada, { 101: "a", 104: "a" }), declare(bob, { 103: "b", 102: "b" })], all), [
      ada,
      bob,
    ]);
    expect(verdict(made, "applicationType")).toMatchObject({
      actual: 4,
      reason:
        "the integrations 102 and 104 are both GITHUB, and the API cannot tell whose an identity is; the integrations 101 and 103 are both JIRA, and the API cannot tell whose an identity is",
      hint: "keep the identities of one of them in the roster, and set the others' in the web application",
      people: [at("ada"), at("bob")],
    });
  });

  test("a kind of which nothing is written is not said, however many integrations it has", () => {
    const all = types([101, "GITHUB"], [102, "GITHUB"], [103, "JIRA"], [104, "JIRA"]);
    const identities = [
      { email: at("ada"), integrationId: 103, identity: "a" },
      { email: at("bob"), integrationId: 104, identity: "b" },
    ];
    const roster = desired([declare(ada, { 101: "a", 103: "a" }), declare(bob, { 102: "b", 104: "b" })], all);
    expect(verdict(planned(roster, [ada, bob], { identities }), "applicationType")?.reason).toBe(
      "the integrations 101 and 102 are both GITHUB, and the API cannot tell whose an identity is",
    );
  });

  test("an undeclared and a shared one: both are said, and everybody is named in order", () => {
    const all = types([101, "GITHUB"], [102, "GITHUB"]);
    const zoe = dev("zoe");
    const roster = desired([declare(zoe, { 7: "z" }), declare(ada, { 101: "a" }), declare(bob, { 102: "b" })], all);
    expect(verdict(planned(roster, [ada, bob, zoe]), "applicationType")).toMatchObject({
      actual: 3,
      reason:
        "1 identity cannot be written: no applicationType is declared for integration 7; the integrations 101 and 102 are both GITHUB, and the API cannot tell whose an identity is",
      hint: expect.stringMatching(/in place of the number alone; keep the identities of one of them/),
      people: [at("ada"), at("bob"), at("zoe")],
    });
  });
});
