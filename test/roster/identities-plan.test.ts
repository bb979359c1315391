import { changesOf } from "../../provider/roster/change.js";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { type Policy, plan, refusals } from "../../provider/roster/plan.js";
import type { RenameEntry } from "../../provider/roster/rename-entry.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const renamed = (login: string, former: readonly string[], identities = {}): DesiredDeveloper => ({
  ...declare(dev(login), identities),
  previousEmails: former.map(at),
});

/** The identities that a plan sets: who, which, in place of what, from whom. */
function sets(
  declared: readonly DesiredDeveloper[],
  logins: readonly string[],
  identities: readonly ReturnType<typeof holds>[],
  more: Partial<Policy> = {},
) {
  const made = plan(
    desired(declared),
    live(
      logins.map((login) => dev(login)),
      { identities },
    ),
    policy(more),
  );
  return changesOf(made.changes, "setIdentity").map(({ email, integrationId, before, after, movedFrom }) =>
    [email, `${integrationId}:${after}`, before, movedFrom].map((one) => one?.replace("@example.com", "") ?? null),
  );
}

describe("an identity that the account keeps for an address that is not live", () => {
  const entry: RenameEntry = {
    email: at("a"),
    previousEmail: at("was"),
    identities: [{ integrationId: 2, identity: "x" }],
  };

  test("moves from there, and counts", () => {
    expect(sets([declare(dev("a"), { 1: "a" })], ["a"], [holds("gone", 1, "a")])).toEqual([["a", "1:a", null, "gone"]]);
    const made = plan(
      desired([declare(dev("a"), { 1: "a" })]),
      live([dev("a")], { identities: [holds("gone", 1, "a")] }),
      policy({ guards: { maxIdentityMove: 0 } }),
    );
    expect(refusals(made).map(({ name }) => name)).toEqual(["maxIdentityMove"]);
  });

  test("is theirs when it is their own address, a previous one, or one of a rename under way", () => {
    const theirs = [["a", "1:a", null, null]];
    // Who was deleted and comes back.
    expect(sets([declare(dev("a"), { 1: "a" })], [], [holds("a", 1, "a")])).toEqual(theirs);
    expect(sets([renamed("a", ["was"], { 1: "a" })], ["a"], [holds("was", 1, "a")])).toEqual(theirs);
    const journal = [entry];
    expect(sets([declare(dev("a"), { 1: "a", 2: "y" })], ["a"], [holds("was", 1, "a")], { journal })).toEqual([
      ...theirs,
      ["a", "2:y", null, null],
    ]);
    expect(sets([declare(dev("a"), { 1: "a", 2: "y" })], ["a"], [holds("gone", 1, "a")], { journal })).toEqual([
      ["a", "1:a", null, "gone"],
      ["a", "2:y", null, null],
    ]);
  });

  test("is somebody else's when one of two addresses is", () => {
    const identities = [holds("gone", 1, "a"), holds("was", 1, "a")];
    expect(sets([renamed("a", ["was"], { 1: "a" })], ["a"], identities)).toEqual([["a", "1:a", null, "gone"]]);
  });
});

test("of two who hold an identity it comes from the one who is renamed", () => {
  const identities = [holds("aaa", 1, "o"), holds("old", 1, "o")];
  expect(sets([declare(dev("aaa")), renamed("new", ["old"], { 1: "o" })], ["aaa", "old"], identities)).toEqual([
    ["new", "1:o", null, "old"],
  ]);
  expect(sets([declare(dev("aaa")), declare(dev("bbb"), { 1: "o" })], ["aaa", "bbb", "old"], identities)).toEqual([
    ["bbb", "1:o", null, "aaa"],
  ]);
});

test("two old records that hold one identity give it once; other ones all come along", () => {
  const journal = [{ email: at("b"), previousEmail: at("c"), identities: [] }];
  const identities = [holds("b", 1, "o"), holds("c", 1, "o"), holds("c", 2, "o"), holds("c", 1, "p")];
  expect(sets([renamed("a", ["b", "c"])], ["b", "c"], identities, { journal })).toEqual([
    ["a", "1:o", null, "b"],
    ["a", "1:p", null, "c"],
    ["a", "2:o", null, "c"],
  ]);
});

test("what the new record has is not set again, and what it had in that integration is said", () => {
  const journal = [{ email: at("new"), previousEmail: at("old"), identities: [] }];
  const identities = [holds("new", 1, "o"), holds("new", 2, "n"), holds("old", 1, "o"), holds("old", 2, "o2")];
  expect(sets([renamed("new", ["old"])], ["new", "old"], identities, { journal })).toEqual([
    ["new", "2:o2", "n", "old"],
  ]);
});

test("lost identities of a rename under way: not where another one is declared, nor where somebody else declares it", () => {
  const journal: RenameEntry[] = [
    {
      email: at("new"),
      previousEmail: at("old"),
      identities: [
        { integrationId: 1, identity: "o" },
        { integrationId: 2, identity: "p" },
        { integrationId: 3, identity: "q" },
      ],
    },
  ];
  const declared = [renamed("new", ["old"], { 1: "other" }), declare(dev("rep"), { 2: "p" })];
  expect(sets(declared, ["new", "rep"], [], { journal })).toEqual([
    ["new", "1:other", null, null],
    ["new", "3:q", null, null],
    ["rep", "2:p", null, null],
  ]);
});

test("changes are sorted by person, then by the number of the integration, then by value", () => {
  const identities = { 10: "x", 9: "y" };
  expect(sets([declare(dev("b"), identities), declare(dev("a"), identities)], [], [])).toEqual([
    ["a", "9:y", null, null],
    ["a", "10:x", null, null],
    ["b", "9:y", null, null],
    ["b", "10:x", null, null],
  ]);
});

test("what both records share is no loss, and neither is what somebody else declares", () => {
  const made = (identities: readonly ReturnType<typeof holds>[], more: readonly DesiredDeveloper[] = []) =>
    refusals(
      plan(
        desired([renamed("new", ["old"]), ...more]),
        live([dev("new"), dev("old", { name: "NEW" }), dev("rep")], { identities }),
        policy({ prune: "none", guards: { maxIdentityMove: 5 } }),
      ),
    ).map(({ name }) => name);
  expect(made([holds("new", 1, "o"), holds("old", 1, "o")])).toEqual([]);
  expect(made([holds("new", 2, "o"), holds("old", 1, "o")])).toEqual(["rename"]);
  expect(made([holds("old", 1, "o")], [declare(dev("rep"), { 1: "o" })])).toEqual([]);
});

describe("who is counted as owned", () => {
  const limit = (more: Partial<Policy>, declared: readonly DesiredDeveloper[]) =>
    plan(desired(declared), live(["a", "b", "c", "old"].map((login) => dev(login))), policy(more)).guards.find(
      ({ name }) => name === "maxDelete",
    )?.limit;
  const both = [declare(dev("a")), renamed("new", ["old"])];

  test.each([
    ["all", "3 of 4"],
    ["managed", "3 of 3"],
    ["none", "3 of 2"],
  ] as const)("prune %s", (prune, expected) => {
    expect(limit({ prune, managed: new Set([at("b")]) }, both)).toContain(expected);
  });
});

test("a plan of two records that become one can break the minimum", () => {
  const made = plan(
    desired([renamed("new", ["old"])]),
    live([dev("new"), dev("old", { name: "NEW" })]),
    policy({ guards: { minDevelopers: 2 } }),
  );
  expect(made.changes.map(({ kind }) => kind)).toEqual(["rename"]);
  expect(refusals(made).map(({ name, actual }) => [name, actual])).toEqual([["minDevelopers", 1]]);
});

test("an account that is not set up has no strategy but the setup", () => {
  const made = plan(
    desired([declare(dev("a"), { 1: "a" })]),
    { ...live([]), mapping: null },
    policy({ strategy: "reupload" }),
  );
  expect(made.way).toMatchObject({
    kind: "setup",
    requests: 3,
    why: "the initial setup of the account has not been done",
  });
});
