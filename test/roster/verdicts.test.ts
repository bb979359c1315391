import type { SetIdentityChange } from "../../provider/roster/change.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import type { Limit } from "../../provider/roster/policy.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, MAPPING, policy, team } from "../support/people.js";
import { verdict } from "../support/verdict.js";

// What reviewers read is the product: each verdict in all its words.
const all = (people: readonly ReturnType<typeof dev>[]) => desired(people.map((one) => declare(one)));

test("every guard speaks, in one order, also when there is nothing to say", () => {
  const people = team(2);
  expect(plan(all(people), live(people), policy()).guards).toEqual(
    [
      { name: "emptySource", limit: "a source that declares nobody deletes nobody", actual: 2 },
      { name: "completeRead", limit: "two answers of the API agree on who is live", actual: 2 },
      { name: "maxDelete", limit: "3 of 2 (default: the larger of 3 and 10%)", actual: 0 },
      { name: "maxUpdate", limit: "10 of 2 (default: the larger of 10 and 30%)", actual: 0 },
      { name: "maxBlank", limit: "10 of 2 (default: the larger of 10 and 30%)", actual: 0 },
      { name: "maxManagerChange", limit: "10 of 2 (default: the larger of 10 and 30%)", actual: 0 },
      { name: "maxIdentityMove", limit: "10 of 2 (default: the larger of 10 and 30%)", actual: 0 },
      { name: "minDevelopers", limit: "at least 1", actual: 2 },
      { name: "protect", limit: "0 protected", actual: 0 },
      { name: "mappingDrop", limit: "0 attribute columns", actual: 0 },
      { name: "scope", limit: "the whole account", actual: 0 },
      { name: "rename", limit: "a renamed developer keeps identities and reports", actual: 0 },
      { name: "consistency", limit: "the rules of the API hold after the apply", actual: 0 },
    ].map((one) => ({ ...one, verdict: "passed", people: [] })),
  );
});

describe("limits", () => {
  const boss = dev("boss");
  const people = [boss, ...["a", "b", "c"].map((one) => dev(one, { manager: "boss", Role: "r" }))];
  const identities = ["a", "b", "c"].map((one) => ({ email: at(one), integrationId: 1, identity: one }));
  const clear = { attributes: strings([["Role", ""]]) };

  test.each([
    ["maxDelete", "delete", "be deleted", [boss], {}],
    ["maxUpdate", "update", "be updated", people.map((one) => ({ ...one, name: "New" })).slice(1), {}],
    ["maxBlank", "blank", "lose a value", people.map((one) => ({ ...one, ...clear })).slice(1), {}],
    [
      "maxManagerChange",
      "managerChange",
      "get another manager or none",
      people.map((one) => ({ ...one, managerEmail: "" })).slice(1),
      {},
    ],
    [
      "maxIdentityMove",
      "identityMove",
      "take an identity from somebody else",
      people.slice(1),
      { a: "b", b: "c", c: "a" },
    ],
  ] as const)("%s", (name, loss, would, after, ids: Readonly<Record<string, string>>) => {
    const want = desired(
      [...(name === "maxDelete" ? [] : [boss]), ...after].map((one) => {
        const identity = ids[one.email.slice(0, 1)];
        return declare(one, identity === undefined || one === boss ? {} : { 1: identity });
      }),
    );
    const judged = (limit: Limit) =>
      verdict(plan(want, live(people, { identities }), policy({ guards: { [name]: limit } })), name);
    expect(judged(3)).toEqual({ name, limit: "3 of 4 (3)", actual: 3, verdict: "passed", people: [] });
    expect(judged("75%")?.verdict).toBe("passed");
    expect(judged("74%")).toEqual({
      name,
      limit: "2 of 4 (74%)",
      actual: 3,
      verdict: "refused",
      reason: `3 developers would ${would}; guards.${name} allows 2 of 4 (74%)`,
      hint: `if this is meant, allow it once in the change that is reviewed: allow: [{ ${loss}: [<emails>], reason: <why>, until: <day> }], or raise guards.${name} to at least 3`,
      people: [at("a"), at("b"), at("c")],
    });
  });

  test.each([
    ["maxUpdate", { name: "New" }],
    ["maxBlank", { attributes: strings([["Role", ""]]) }],
    ["maxManagerChange", { managerEmail: "" }],
  ] as const)("%s: 10 are allowed of a small roster by default, and three tenths of a large one", (name, edit) => {
    for (const [size, most] of [
      [20, 10],
      [33, 10],
      [50, 15],
    ] as const) {
      const some = [
        dev("boss"),
        ...team(size)
          .slice(1)
          .map((one) => ({ ...one, managerEmail: at("boss"), attributes: strings([["Role", "r"]]) })),
      ];
      const after = (count: number) =>
        all(some.map((one, index) => (index > 0 && index <= count ? { ...one, ...edit } : one)));
      const refused = (count: number) => verdict(plan(after(count), live(some), policy()), name)?.verdict === "refused";
      expect([size, refused(most), refused(most + 1)]).toEqual([size, false, true]);
    }
  });

  test("who takes two identities of somebody else's is one developer for maxUpdate", () => {
    const held = [...identities, { email: at("a"), integrationId: 2, identity: "a" }];
    const want = desired([
      declare(boss),
      declare(people[1] ?? boss, { 1: "x", 2: "y" }),
      ...people.slice(2).map((one) => declare(one)),
    ]);
    const made = plan(want, live(people, { identities: held }), policy());
    expect(verdict(made, "maxUpdate")?.actual).toBe(1);
  });

  test("a first manager is no change of the manager, and a first value and a first identity are no loss", () => {
    const before = [boss, dev("a")];
    const want = desired([declare(boss), declare(dev("a", { manager: "boss", Role: "r" }), { 1: "a" })]);
    const guards = { maxManagerChange: 0, maxBlank: 0, maxIdentityMove: 0, maxDelete: 0, maxUpdate: 1 };
    expect(refusals(plan(want, live(before), policy({ guards })))).toEqual([]);
  });

  test("an identity that is taken from somebody else than the one renamed counts", () => {
    const want = desired([
      declare(boss),
      { ...declare(dev("a2", { manager: "boss", Role: "r" }), { 1: "b" }), previousEmails: [at("a")] },
      ...people.slice(2).map((one) => declare(one)),
    ]);
    const made = plan(want, live(people, { identities }), policy({ guards: { maxIdentityMove: 0 } }));
    expect(made.changes.filter((one): one is SetIdentityChange => one.kind === "setIdentity")).toMatchObject([
      { movedFrom: at("b") },
    ]);
    expect(refusals(made).map(({ name, people }) => [name, people])).toEqual([["maxIdentityMove", [at("a2")]]]);
  });

  test("several reasons of exceptions are all said", () => {
    const exception = (login: string, reason: string) => ({
      people: { delete: [at(login)] },
      reason,
      until: "2026-12-31" as const,
    });
    const made = plan(
      desired([declare(boss)], { allow: [exception("a", "one"), exception("b", "two"), exception("z", "three")] }),
      live(people),
      policy({ guards: { maxDelete: 1 } }),
    );
    expect(verdict(made, "maxDelete")).toEqual({
      name: "maxDelete",
      limit: "1 of 4 (1), and 2 by exception: one; two",
      impersonal: { limit: "1 of 4 (1), and 2 by exception" },
      actual: 1,
      verdict: "passed",
      people: [],
    });
  });

  test("an exception for a plan is said as one", () => {
    const guards = { maxDelete: 0 };
    const { checksum } = plan(desired([declare(boss)]), live(people), policy({ guards }));
    const allow = [{ people: {}, plan: checksum.slice(0, 16), reason: "HR-1", until: "2026-12-31" as const }];
    const made = plan(desired([declare(boss)], { allow }), live(people), policy({ guards }));
    expect(verdict(made, "maxDelete")).toEqual({
      name: "maxDelete",
      limit: "this very plan, by exception: HR-1",
      impersonal: { limit: "this very plan, by exception" },
      actual: 3,
      verdict: "passed",
      people: [],
    });
  });
});

describe("the read", () => {
  const people = team(3);
  const limit = "two answers of the API agree on who is live";
  const unproven = { proven: false, reason: "a page was short" } as const;

  test("without proof", () => {
    const made = plan(all(team(4)), live(people, { completeness: unproven }), policy());
    expect(verdict(made, "completeRead")).toEqual({
      name: "completeRead",
      limit,
      actual: 3,
      verdict: "refused",
      reason: "the live roster could not be read with proof that it is complete: a page was short",
      hint: "run it again; if it stays so, compare the JSON list and the CSV download of the developers",
      people: [],
    });
    // Nothing is written, so nothing can be lost.
    expect(refusals(plan(all(people), live(people, { completeness: unproven }), policy()))).toEqual([]);
  });

  test("of an account that was filled before and is empty", () => {
    const made = plan(all(people), live([]), policy({ appliedBefore: true }));
    expect(verdict(made, "completeRead")).toEqual({
      name: "completeRead",
      limit,
      actual: 0,
      verdict: "refused",
      reason: "the account answers that nobody is live, although an earlier apply put people there",
      hint: "run it again; if somebody really emptied the account, take the resource out of the state (`pulumi state delete URN`) and run `pulumi up`",
      people: [],
    });
    expect(refusals(plan(all(people), live(people.slice(0, 1)), policy({ appliedBefore: true })))).toEqual([]);
  });

  test("of 404 only: a first setup passes with nobody", () => {
    const completeness = { ...unproven, everythingMissing: true } as const;
    const missing = live([], { mapping: null, completeness });
    expect(verdict(plan(all(people), missing, policy()), "completeRead")).toEqual({
      name: "completeRead",
      limit,
      actual: 0,
      verdict: "passed",
      people: [],
    });
  });
});

describe("the minimum", () => {
  const people = team(5);
  const judged = (after: number, before: number, least: number) =>
    verdict(
      plan(all(people.slice(0, after)), live(people.slice(0, before)), policy({ guards: { minDevelopers: least } })),
      "minDevelopers",
    );

  test("counts who is left, and lets a small roster grow", () => {
    expect(judged(4, 5, 4)?.verdict).toBe("passed");
    expect(judged(4, 5, 5)).toEqual({
      name: "minDevelopers",
      limit: "at least 5",
      actual: 4,
      verdict: "refused",
      reason: "4 developers would be left; guards.minDevelopers asks for at least 5",
      hint: "check that the source is whole; if this is meant, lower guards.minDevelopers in the roster",
      people: [people[4]?.email],
    });
    expect(judged(2, 2, 5)?.verdict).toBe("passed");
    expect(judged(3, 2, 5)?.verdict).toBe("passed");
    expect(judged(0, 0, 5)?.verdict).toBe("passed");
  });

  test("is not met by one who joins for one who leaves", () => {
    const want = all([...people.slice(0, 1), dev("zoe"), dev("zed")]);
    const made = plan(want, live(people.slice(0, 2)), policy({ guards: { minDevelopers: 5 } }));
    expect(verdict(made, "minDevelopers")).toMatchObject({ verdict: "refused", actual: 3 });
  });

  test("is one developer by default", () => {
    const made = plan(desired([]), live(people.slice(0, 1)), policy({ emptySourceIsMeant: true }));
    expect(refusals(made).map(({ name, people }) => [name, people])).toEqual([["minDevelopers", [people[0]?.email]]]);
  });
});

test("who is protected: all of them are named, in order", () => {
  const people = team(4);
  const protect = [people[3], people[2], people[0]].map((one) => one?.email ?? "");
  const made = plan(all(people.slice(0, 2)), live([...people].reverse()), policy({ guards: { protect } }));
  expect(verdict(made, "protect")).toEqual({
    name: "protect",
    limit: "3 protected",
    actual: 2,
    verdict: "refused",
    reason: "2 protected developer(s) would be deleted",
    hint: "declare them again, or take them out of guards.protect in the change that is reviewed",
    people: [people[2]?.email, people[3]?.email],
  });
});

test("a column that goes, and one that becomes another type: both are named", () => {
  const fields = { name: "Role", email: "Team", managerEmail: "Manager Email", attributes: [] };
  const made = plan(desired([declare(dev("ada"))], { fields }), live([dev("ada")]), policy());
  expect(verdict(made, "mappingDrop")).toEqual({
    name: "mappingDrop",
    limit: "0 attribute columns",
    actual: 2,
    verdict: "refused",
    reason: "the values of 2 column(s) would be lost: Role, Team",
    hint: "give NAME, EMAIL and MANAGER_EMAIL columns that are not attributes of the account, or say what becomes of the columns that they were: list those under fields.attributes or fields.dropColumns",
    people: [],
  });
  const moved = { ...MAPPING, name: "Full Name" };
  expect(
    verdict(plan(desired([declare(dev("ada"))], { fields: moved }), live([dev("ada")]), policy()), "mappingDrop")
      ?.verdict,
  ).toBe("passed");
});

test("a source that declares nobody", () => {
  const people = team(2);
  expect(verdict(plan(desired([]), live(people), policy()), "emptySource")).toEqual({
    name: "emptySource",
    limit: "a source that declares nobody deletes nobody",
    actual: 0,
    verdict: "refused",
    reason: "the source declares nobody, and 2 developers would be deleted",
    hint: "check the source; to delete everybody, destroy the resource",
    people: people.map(({ email }) => email),
  });
  expect(verdict(plan(desired([]), live(people), policy({ prune: "none" })), "emptySource")?.verdict).toBe("passed");
});

test("white space in place of a value is a loss, and a loss of white space is none", () => {
  const guards = { maxBlank: 0 };
  const edit = (before: string, after: string) =>
    refusals(
      plan(
        desired([declare({ ...dev("ada"), attributes: strings([["Role", after]]) })]),
        live([dev("ada", { Role: before })]),
        policy({ guards }),
      ),
    ).map(({ name }) => name);
  for (const blank of ["", " ", "\t"]) expect(edit("CTO", blank)).toEqual(["maxBlank"]);
  expect(edit("  ", "")).toEqual([]);
  expect(edit("", " ")).toEqual([]);
});
