import { judgeConsistency } from "../../provider/roster/consistency.js";
import { heldIdentities } from "../../provider/roster/held-identities.js";
import { identitiesByEmail } from "../../provider/roster/identities-by-email.js";
import { needsIdentities } from "../../provider/roster/needs-identities.js";
import { protectedPeople } from "../../provider/roster/protected-people.js";
import { isFinished, isUnderWay, lostIdentities, type RenameEntry } from "../../provider/roster/rename-entry.js";
import { resolveRenames } from "../../provider/roster/resolve-renames.js";
import { rosterAfter } from "../../provider/roster/roster-after.js";
import { at, declare, desired, dev, live, RENAME } from "../support/people.js";

const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const entry = (login: string, former: string, ...identities: [number, string][]): RenameEntry => ({
  email: at(login),
  previousEmail: at(former),
  identities: identities.map(([integrationId, identity]) => ({ integrationId, identity })),
});
const held = (logins: readonly string[], ...identities: ReturnType<typeof holds>[]) => {
  const developers = new Set(logins.map(at));
  return { developers, held: heldIdentities(identities, developers) };
};

describe("who holds which identity", () => {
  const developers = new Set([at("ada"), at("bob")]);
  const index = heldIdentities(
    [
      holds("bob", 2, "x"),
      holds("ada", 10, "b"),
      holds("ada", 2, "c"),
      holds("ada", 2, "a"),
      holds("ada", 2, "x"),
      holds("zoe", 2, "x"),
      holds("gone", 2, "x"),
    ],
    developers,
  );

  test("in order, and only who is live", () => {
    expect(index.all(at("ada")).map(({ integrationId, identity }) => [integrationId, identity])).toEqual([
      [2, "a"],
      [2, "c"],
      [2, "x"],
      [10, "b"],
    ]);
    expect(index.of(at("ada"), 2)).toEqual(["a", "c", "x"]);
    expect(index.of(at("ada"), 3)).toEqual([]);
    expect(index.all(at("gone"))).toEqual([]);
    expect(index.of(at("gone"), 2)).toEqual([]);
  });

  test("by identity: live holders, and addresses that are nobody's", () => {
    expect(index.holders(2, "x")).toEqual([at("ada"), at("bob")]);
    expect(index.strangers(2, "x")).toEqual([at("gone"), at("zoe")]);
    expect(index.holders(2, "y")).toEqual([]);
    expect(index.strangers(10, "x")).toEqual([]);
  });

  test("as lists by email", () => {
    const identities = [holds("ada", 1, "a"), holds("bob", 1, "b"), holds("ada", 2, "c")];
    expect([...identitiesByEmail(identities)]).toEqual([
      [at("ada"), [identities[0], identities[2]]],
      [at("bob"), [identities[1]]],
    ]);
  });
});

describe("a rename of the journal", () => {
  const one = entry("new", "old", [1, "o"]);

  test.each([
    ["neither is live", held([]), false, true],
    ["not begun", held(["old"]), false, false],
    ["both are live", held(["old", "new"], holds("new", 1, "o")), true, false],
    ["the old one went with the identity", held(["new"]), true, false],
    ["done", held(["new"], holds("new", 1, "o")), false, true],
    ["done otherwise: another identity", held(["new"], holds("new", 1, "n")), false, true],
    ["done otherwise: somebody else's by now", held(["new", "eve"], holds("eve", 1, "o")), false, true],
    ["an identity in another integration is none in place of it", held(["new"], holds("new", 2, "o")), true, false],
    ["kept for nobody", held(["new"], holds("old", 1, "o")), true, false],
  ])("%s", (_what, people, underWay, finished) => {
    expect([isUnderWay(one, people), isFinished(one, people)]).toEqual([underWay, finished]);
  });

  test("nobody knows without the identities, except that both are live", () => {
    expect(isUnderWay(one, { ...held(["new"]), held: null })).toBe(false);
    expect(isUnderWay(one, { ...held(["new", "old"]), held: null })).toBe(true);
    for (const logins of [[], ["new"], ["old"]]) expect(isFinished(one, { ...held(logins), held: null })).toBe(false);
  });

  test("several of one integration belong together; those of another one are apart", () => {
    const several = entry("new", "old", [1, "o"], [1, "o2"], [2, "p"]);
    const lost = (...identities: ReturnType<typeof holds>[]) =>
      lostIdentities(several, at("new"), held(["new"], ...identities).held).map(({ identity }) => identity);
    expect(lost()).toEqual(["o", "o2", "p"]);
    expect(lost(holds("new", 1, "o"))).toEqual(["o2", "p"]);
    expect(lost(holds("new", 1, "n"))).toEqual(["p"]);
    // `p` of the first integration is another identity than `p` of the second.
    expect(lost(holds("new", 1, "p"))).toEqual(["p"]);
  });
});

describe("who is renamed", () => {
  const renamed = (login: string, ...former: string[]) => ({ ...declare(dev(login)), previousEmails: former.map(at) });
  const resolve = (
    declared: readonly ReturnType<typeof declare>[],
    logins: readonly string[],
    journal: readonly RenameEntry[] = [],
  ) => {
    const made = resolveRenames(desired(declared), live(logins.map((login) => dev(login))), journal);
    return {
      begun: [...made.begun],
      rest: made.rest.map(({ email, previousEmail }) => [email, previousEmail]),
      unproven: made.unproven.map(({ email, previousEmail }) => [email, previousEmail]),
      several: made.several,
      entries: [...made.entries],
      spokenFor: [...made.spokenFor],
    };
  };
  const NOBODY = { begun: [], rest: [], unproven: [], several: [], entries: [], spokenFor: [] };

  test("nobody, where nobody says so", () => {
    expect(resolve([declare(dev("a"))], ["a", "b"])).toEqual(NOBODY);
    expect(resolve([renamed("a", "z")], ["a", "b"])).toEqual(NOBODY);
    // An entry of others that is under way.
    expect(resolve([declare(dev("a"))], ["a", "x", "y"], [entry("x", "y")])).toEqual(NOBODY);
    expect(resolve([renamed("a", "z")], ["x", "y"], [entry("x", "y")])).toEqual(NOBODY);
  });

  test("by one of several previous addresses", () => {
    expect(resolve([renamed("a", "z", "y")], ["y"])).toEqual({
      ...NOBODY,
      begun: [[at("a"), at("y")]],
      spokenFor: [at("y")],
    });
  });

  test("two people who claim one previous address: the first by address", () => {
    expect(resolve([renamed("b", "z"), renamed("a", "z")], ["z"])).toEqual({
      ...NOBODY,
      begun: [[at("a"), at("z")]],
      spokenFor: [at("z")],
    });
  });

  test("several are live: in order, and none is deleted", () => {
    expect(resolve([renamed("a", "z", "y", "gone")], ["z", "y"])).toEqual({
      ...NOBODY,
      several: [{ email: at("a"), previousEmails: [at("y"), at("z")] }],
      spokenFor: [at("z"), at("y")],
    });
  });

  test("a journal that proves one of two leaves the other one unproven", () => {
    const under = entry("a", "z");
    expect(resolve([renamed("a", "y", "z")], ["a", "y", "z"], [under])).toEqual({
      ...NOBODY,
      rest: [[at("a"), at("z")]],
      unproven: [[at("a"), at("y")]],
      entries: [[at("a"), [under]]],
      spokenFor: [at("y"), at("z")],
    });
  });

  test("a journal of what the source no longer says deletes nobody", () => {
    expect(resolve([renamed("a", "y")], ["a", "y", "z"], [entry("a", "z")])).toEqual({
      ...NOBODY,
      unproven: [[at("a"), at("y")]],
      spokenFor: [at("y")],
    });
  });

  test("a chain of renames is followed from end to end, entries of others are left out", () => {
    const chain = [entry("b", "c"), entry("c", "d"), entry("x", "y")];
    const made = resolve([renamed("a", "b"), declare(dev("q"))], ["b", "c", "d", "x", "y", "q"], chain);
    expect(made).toEqual({
      ...NOBODY,
      begun: [[at("a"), at("b")]],
      rest: [
        [at("a"), at("c")],
        [at("a"), at("d")],
      ],
      entries: [[at("a"), chain.slice(0, 2)]],
      spokenFor: [at("b"), at("c"), at("d")],
    });
  });

  test("two renames that went to and fro: no newest one, so the first by address", () => {
    const made = resolve([renamed("a", "b")], ["b", "c"], [entry("b", "c"), entry("c", "b")]);
    expect(made).toMatchObject({ begun: [[at("a"), at("b")]], rest: [[at("a"), at("c")]] });
  });

  test("the journal does not reach through somebody who is declared, or is absent today", () => {
    const journal = [entry("b", "c")];
    expect(resolve([renamed("a", "b"), declare(dev("c"))], ["b", "c"], journal)).toMatchObject({
      begun: [[at("a"), at("b")]],
    });
    const absent = new Map([[at("c"), { kind: "joinsLater", on: "2026-12-01" } as const]]);
    const made = resolveRenames(desired([renamed("a", "b")], { absent }), live([dev("b"), dev("c")]), journal);
    expect([made.rest, [...made.spokenFor]]).toEqual([[], [at("b")]]);
  });

  test("without identities only what is live counts", () => {
    const without = { ...live([dev("new")]), identities: null };
    const made = resolveRenames(desired([declare(dev("new"))]), without, [entry("new", "old", [1, "o"])]);
    expect([...made.entries]).toEqual([]);
  });
});

test("whether identities are needed", () => {
  const journal = [entry("new", "old")];
  expect(needsIdentities(desired([declare(dev("a"))]))).toBe(false);
  expect(needsIdentities(desired([declare(dev("a"), { 1: "a" })]))).toBe(true);
  expect(needsIdentities(desired([{ ...declare(dev("a")), previousEmails: [] }]))).toBe(false);
  expect(needsIdentities(desired([declare(dev("b")), { ...declare(dev("a")), previousEmails: [at("z")] }]))).toBe(true);
  expect(needsIdentities(desired([declare(dev("a"))]), journal)).toBe(false);
  expect(needsIdentities(desired([declare(dev("new"))]), journal)).toBe(true);
  expect(needsIdentities(desired([declare(dev("old"))]), journal)).toBe(true);
});

test("who is protected under another address", () => {
  const developers = [
    { ...declare(dev("a2")), previousEmails: [at("x"), at("a")] },
    { ...declare(dev("b2")), previousEmails: [at("b")] },
    declare(dev("c")),
  ];
  expect(protectedPeople(desired(developers, { guards: { protect: [at("a")] } }))).toEqual([at("a"), at("a2")]);
  expect(protectedPeople(desired(developers, { guards: { protect: [] } }))).toEqual([]);
  expect(protectedPeople(desired(developers))).toEqual([]);
});

test("the roster after the changes: the old address goes, identities and columns do not matter", () => {
  const before = new Map([dev("old"), dev("stays"), dev("leaves")].map((one) => [one.email, one]));
  const after = rosterAfter(before, [
    { kind: "create", email: at("c"), after: dev("c") },
    RENAME,
    { kind: "update", email: at("stays"), before: dev("stays"), after: dev("stays", { Role: "r" }), fields: [] },
    { kind: "delete", email: at("leaves"), before: dev("leaves") },
    { kind: "setIdentity", email: at("x"), integrationId: 1, before: null, after: "x", movedFrom: null },
    { kind: "mapField", column: "Site", before: null, after: "ATTRIBUTE" },
  ]);
  expect([...after]).toEqual([
    [at("stays"), dev("stays", { Role: "r" })],
    [at("c"), dev("c")],
    [at("new"), dev("new")],
  ]);
  expect(before.size).toBe(3);
});

test("an identity of nobody on the roster is refused", () => {
  const identity = {
    kind: "setIdentity",
    email: at("x"),
    integrationId: 1,
    before: null,
    after: "x",
    movedFrom: null,
  } as const;
  expect(judgeConsistency([identity], new Map(), [])).toEqual({
    name: "consistency",
    limit: "the rules of the API hold after the apply",
    actual: 1,
    verdict: "refused",
    reason: "1 identity(ies) of nobody on the roster",
    hint: "declare the developer too",
    people: [at("x")],
  });
  expect(judgeConsistency([identity], new Map([[at("x"), dev("x")]]), []).verdict).toBe("passed");
});

test("who is left without a manager by a rename is found, and a change of a column touches nobody", () => {
  const after = new Map([dev("new"), dev("rep", { manager: "old" })].map((one) => [one.email, one]));
  expect(judgeConsistency([RENAME], after, []).people).toEqual([at("rep")]);
  const mapField = { kind: "mapField", column: at("old"), before: null, after: "ATTRIBUTE" } as const;
  expect(judgeConsistency([mapField], after, []).verdict).toBe("passed");
});

test("people of a circle into which others report, whoever is looked at first", () => {
  const line = [dev("a", { manager: "b" }), dev("b", { manager: "c" }), dev("c", { manager: "b" })];
  const after = new Map(line.map((one) => [one.email, one]));
  const update = { kind: "update", email: at("c"), before: dev("c"), after: line[2] ?? dev("c"), fields: [] } as const;
  expect(judgeConsistency([update], after, [])).toMatchObject({ actual: 1, people: [at("b"), at("c")] });
  const tail = { ...update, email: at("a") };
  expect(judgeConsistency([tail], after, []).verdict).toBe("passed");
});
