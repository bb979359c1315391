import fc from "fast-check";
import { plan, refusals } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { at, declare, desired, dev, live, MAPPING, NOT_SET_UP, policy, team } from "../support/people";

const refusedBy = (made: ReturnType<typeof plan>) => refusals(made).map(({ name }) => name);

describe("what differs", () => {
  test("live as declared: no changes, no requests", () => {
    const people = [dev("ada"), dev("bob", { manager: "ada" })];
    const made = plan(desired(people.map((one) => declare(one))), live(people), policy());
    expect(made.changes).toEqual([]);
    expect(made.way).toMatchObject({ kind: "none", requests: 0 });
    expect(refusals(made)).toEqual([]);
  });

  test("one joins, one leaves, one gets another manager", () => {
    const before = [dev("ada"), dev("bob", { manager: "ada" }), dev("eve", { manager: "ada" })];
    const after = [dev("ada"), dev("bob", { manager: "nia" }), dev("nia", { manager: "ada" })];
    const { changes, way } = plan(desired(after.map((one) => declare(one))), live(before), policy());
    expect(changes.map(({ kind }) => kind)).toEqual(["create", "update", "delete"]);
    expect(changes[1]).toMatchObject({
      email: at("bob"),
      fields: [{ field: "Manager Email", before: at("ada"), after: at("nia") }],
    });
    expect(way).toMatchObject({ kind: "upsert", requests: 3 });
  });

  test("what is left out is not managed; what is blank clears", () => {
    const before = [dev("ada", { Role: "Engineer", Team: "Payments" })];
    const leaveOut = { email: at("ada"), attributes: strings([]), identities: new Map() };
    expect(plan(desired([leaveOut]), live(before), policy()).changes).toEqual([]);
    const clear = { ...leaveOut, attributes: strings([["Role", ""]]) };
    expect(plan(desired([clear]), live(before), policy()).changes).toMatchObject([
      {
        kind: "update",
        fields: [{ field: "Role", before: "Engineer", after: "" }],
        after: { attributes: { Team: "Payments" } },
      },
    ]);
  });

  test("attributes match a live column however it is spelled", () => {
    const before = [dev("ada", { Role: "Engineer" })];
    const declared = { ...declare(before[0] ?? dev("ada")), attributes: strings([["role", "Engineer"]]) };
    expect(plan(desired([declared]), live(before), policy()).changes).toEqual([]);
  });

  test("identities: set, changed, moved, and one of several is enough", () => {
    const people = [dev("ada"), dev("bob")];
    const identities = [
      { email: at("ada"), integrationId: 101, identity: "ada" },
      { email: at("ada"), integrationId: 101, identity: "ada-2" },
      { email: at("bob"), integrationId: 102, identity: "B1" },
    ];
    const want = [declare(dev("ada"), { 101: "ada-2", 102: "B1" }), declare(dev("bob"), { 101: "bob" })];
    const { changes } = plan(desired(want), live(people, { identities }), policy());
    expect(changes).toEqual([
      { kind: "setIdentity", email: at("ada"), integrationId: 102, before: null, after: "B1", movedFrom: at("bob") },
      { kind: "setIdentity", email: at("bob"), integrationId: 101, before: null, after: "bob", movedFrom: null },
    ]);
  });

  test("not set up: everything is created, by upload and save", () => {
    const { changes, way, mapping } = plan(desired([declare(dev("ada", { Team: "X" }))]), NOT_SET_UP, policy());
    expect(way).toMatchObject({ kind: "setup", requests: 2 });
    expect(mapping).toEqual({
      name: "Name",
      email: "Email",
      managerEmail: "Manager Email",
      attributes: ["Role", "Team"],
    });
    expect(changes.filter(({ kind }) => kind === "mapField")).toHaveLength(5);
  });

  test("a new column saves every record again; a live column that is not declared stays", () => {
    const people = [dev("ada")];
    const fields = { ...MAPPING, attributes: ["Site"] };
    const made = plan(desired([declare(dev("ada"))], { fields }), live(people), policy());
    expect(made.changes).toEqual([{ kind: "mapField", column: "Site", before: null, after: "ATTRIBUTE" }]);
    expect(made.mapping.attributes).toEqual(["Role", "Team", "Site"]);
    expect(made.way.kind).toBe("setup");
  });

  test("prune decides who of the undeclared goes", () => {
    const people = [dev("ada"), dev("old"), dev("other")];
    const want = desired([declare(dev("ada"))]);
    const managed = new Set([at("old")]);
    const gone = (prune: "none" | "managed" | "all") => {
      const made = plan(want, live(people), policy({ prune, managed }));
      return [
        made.changes.map((change) => change.kind === "delete" && change.email),
        made.kept.map(({ email }) => email),
      ];
    };
    expect(gone("none")).toEqual([[], [at("old"), at("other")]]);
    expect(gone("managed")).toEqual([[at("old")], [at("other")]]);
    expect(gone("all")).toEqual([[at("old"), at("other")], []]);
  });

  test("re-upload: only when asked, or when everybody is ours and it saves requests", () => {
    const many = team(502);
    const managed = new Set(many.map(({ email }) => email));
    // Two batches of updates and one delete.
    const renamed = many.slice(0, 501).map((one) => declare({ ...one, name: `${one.name}!` }));
    const guards = { maxUpdate: "100%" } as const;
    const way = (more: object) => plan(desired(renamed), live(many), policy({ guards, managed, ...more })).way.kind;
    expect(way({ prune: "all" })).toBe("reupload");
    expect(way({ prune: "managed" })).toBe("upsert");
    expect(way({ prune: "managed", strategy: "reupload" })).toBe("reupload");
    expect(way({ prune: "all", strategy: "upsert" })).toBe("upsert");
  });
});

describe("guards", () => {
  const forty = team(40);
  const without = (count: number) => desired(forty.slice(0, 40 - count).map((one) => declare(one)));

  test.each([
    ["a tenth of 40 may go by default", 4, {}, []],
    ["one more may not", 5, {}, ["maxDelete"]],
    ["a count", 5, { maxDelete: 5 }, []],
    ["a share", 5, { maxDelete: "12%" as const }, ["maxDelete"]],
    ["nobody", 1, { maxDelete: 0 }, ["maxDelete"]],
    ["a minimum", 4, { minDevelopers: 37 }, ["minDevelopers"]],
  ])("deletes: %s", (_name, count, guards, refused) => {
    expect(refusedBy(plan(without(count), live(forty), policy({ guards })))).toEqual(refused);
  });

  test("a refusal says how many, of how many, whom, and what to do", () => {
    const [verdict] = refusals(plan(without(5), live(forty), policy()));
    expect(verdict).toMatchObject({
      actual: 5,
      reason: "5 developers would be deleted; guards.maxDelete allows 4 of 40 (default: the larger of 3 and 10%)",
      people: forty.slice(35).map(({ email }) => email),
    });
    expect(verdict?.hint).toContain("raise guards.maxDelete to at least 5");
  });

  test("shares are of what this roster owns, not of the whole account", () => {
    const others = team(400).slice(40);
    const managed = new Set(forty.map(({ email }) => email));
    const made = plan(without(5), live([...forty, ...others]), policy({ prune: "managed", managed }));
    expect(refusedBy(made)).toEqual(["maxDelete"]);
  });

  test("updates, blanks, managers and moved identities have limits of their own", () => {
    const named = team(40).map((one) =>
      dev(one.email.slice(0, 4), { manager: one.managerEmail === "" ? "" : "p000", Role: "R" }),
    );
    const change = (edit: (one: (typeof named)[number]) => object, more = {}) =>
      refusedBy(plan(desired(named.map((one) => declare({ ...one, ...edit(one) }))), live(named, more), policy()));
    expect(change((one) => ({ name: `${one.name}!` }))).toEqual(["maxUpdate"]);
    expect(
      change(() => ({
        attributes: strings([
          ["Role", ""],
          ["Team", ""],
        ]),
      })),
    ).toEqual(["maxUpdate", "maxBlank"]);
    expect(change(() => ({ managerEmail: "" }))).toEqual(["maxUpdate", "maxBlank", "maxManagerChange"]);
    const identities = named.map(({ email }, index) => ({ email, integrationId: 1, identity: `u${index}` }));
    const moved = named.map((one, index) => declare(one, { 1: `u${(index + 1) % 40}` }));
    expect(refusedBy(plan(desired(moved), live(named, { identities }), policy()))).toEqual([
      "maxUpdate",
      "maxIdentityMove",
    ]);
    const overwritten = named.map((one) => declare(one, { 1: `wrong-${one.email}` }));
    expect(refusedBy(plan(desired(overwritten), live(named, { identities }), policy()))).toEqual(["maxUpdate"]);
  });

  test("protected people stay", () => {
    const protect = [forty[39]?.email ?? ""];
    expect(refusedBy(plan(without(1), live(forty), policy({ guards: { protect } })))).toEqual(["protect"]);
  });

  test("a read without proof refuses every change", () => {
    const short = live(forty.slice(0, 39), { completeness: { proven: false, reason: "two answers disagree" } });
    expect(refusedBy(plan(without(0), short, policy()))).toEqual(["completeRead"]);
  });

  test("where every answer is 404, only a first setup goes on", () => {
    const completeness = { proven: false, reason: "every answer is 404", everythingMissing: true } as const;
    const missing = live([], { mapping: null, completeness });
    expect(refusedBy(plan(without(0), missing, policy()))).toEqual([]);
    expect(refusedBy(plan(without(0), missing, policy({ appliedBefore: true })))).toEqual(["completeRead"]);
  });

  test("an account that was applied before and looks empty, or not set up, is not filled again", () => {
    for (const empty of [live([]), NOT_SET_UP]) {
      expect(refusedBy(plan(without(0), empty, policy({ appliedBefore: true })))).toEqual(["completeRead"]);
      expect(refusedBy(plan(without(0), empty, policy()))).toEqual([]);
    }
  });

  test("a source that declares nobody deletes nobody", () => {
    const guards = { maxDelete: "100%", minDevelopers: 0 } as const;
    expect(refusedBy(plan(desired([]), live(forty), policy({ guards })))).toEqual(["emptySource"]);
    expect(refusedBy(plan(desired([]), live(forty), policy({ guards, emptySourceIsMeant: true })))).toEqual([]);
  });

  test("the rules of the API hold afterwards: orphans, circles, names, columns", () => {
    const people = [dev("ada"), dev("bob", { manager: "ada" }), dev("eve", { manager: "bob" })];
    const only = (...logins: string[]) =>
      desired(
        people
          .filter(({ email }) => logins.includes(email.split("@")[0] ?? ""))
          .map((one) => ({ email: one.email, attributes: strings([]), identities: new Map() })),
      );
    const reason = (want: ReturnType<typeof desired>) =>
      refusals(plan(want, live(people), policy()))
        .map((v) => v.reason ?? "")
        .join();
    expect(reason(only("ada", "eve"))).toContain("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS");
    expect(
      reason(desired([declare(dev("ada", { manager: "eve" })), ...people.slice(1).map((one) => declare(one))])),
    ).toContain("CIRCULAR_REFERENCE: 3");
    expect(
      reason(
        desired([
          { email: at("new"), attributes: strings([]), identities: new Map() },
          ...people.map((one) => declare(one)),
        ]),
      ),
    ).toContain("REQUIRED_VALUE_MISSING");
    expect(
      reason(desired(people.map((one) => ({ ...declare(one), attributes: strings([["Sitte", "x"]]) })))),
    ).toContain('no column for "Sitte"');
  });

  test("what is wrong already and not touched is not ours", () => {
    const people = [dev("ada", { manager: "gone" }), dev("self", { manager: "self" }), dev("bob")];
    const want = desired(people.map((one) => declare(one.email === at("bob") ? { ...one, name: "Bob" } : one)));
    expect(refusals(plan(want, live(people), policy()))).toEqual([]);
  });

  test("a column with values is never dropped", () => {
    const fields = { ...MAPPING, name: "Role", attributes: ["Team"] };
    expect(refusedBy(plan(desired([declare(dev("ada"))], { fields }), live([dev("ada")]), policy()))).toContain(
      "mappingDrop",
    );
  });
});

test("a delete and a create of the same name are pointed out", () => {
  const made = plan(
    desired([declare(dev("ada")), declare(dev("b.new", { name: "Bob" }))]),
    live([dev("ada"), dev("b.old", { name: "Bob" })]),
    policy(),
  );
  expect(made.warnings).toEqual([{ kind: "looksLikeRename", joins: at("b.new"), leaves: at("b.old") }]);
});

test("a delete and a create with the same identity are pointed out too", () => {
  const identities = [{ email: at("b.old"), integrationId: 101, identity: "bob" }];
  const want = desired([
    declare(dev("ada")),
    declare(dev("b.new", { name: "Robert" }), { 100: "x", 101: "bob", 102: "y" }),
  ]);
  const made = plan(want, live([dev("ada"), dev("b.old", { name: "Bob" })], { identities }), policy());
  expect(made.warnings).toEqual([{ kind: "looksLikeRename", joins: at("b.new"), leaves: at("b.old") }]);
});

test("an attribute that has the name of a core column is refused, not mapped twice", () => {
  const ada = { ...declare(dev("ada")), attributes: strings([["email", "x"]]) };
  expect(refusedBy(plan(desired([ada]), NOT_SET_UP, policy()))).toEqual(["consistency"]);
});

describe("properties", () => {
  const login = fc.constantFrom("a", "b", "c", "d", "e", "f");
  const record = fc.record({
    login,
    name: fc.string({ minLength: 1 }),
    Role: fc.string(),
    Team: fc.constantFrom("", "X", "Y"),
  });
  const roster = fc
    .uniqueArray(record, { selector: ({ login }) => login })
    .map((list) => list.map(({ login, ...values }) => dev(login, values)));

  test("the order of the input does not matter: same bytes", () => {
    fc.assert(
      fc.property(roster, roster, (want, have) => {
        const one = plan(desired(want.map((d) => declare(d))), live(have), policy());
        const two = plan(desired([...want].reverse().map((d) => declare(d))), live([...have].reverse()), policy());
        expect(JSON.stringify(two)).toBe(JSON.stringify(one));
      }),
    );
  });

  test("a plan against itself is empty, and the limits hold whatever the rosters", () => {
    fc.assert(
      fc.property(roster, roster, fc.nat(6), (want, have, maxDelete) => {
        expect(plan(desired(want.map((d) => declare(d))), live(want), policy()).changes).toEqual([]);
        const made = plan(desired(want.map((d) => declare(d))), live(have), policy({ guards: { maxDelete } }));
        const deletes = made.changes.filter(({ kind }) => kind === "delete").length;
        if (refusals(made).length === 0) expect(deletes).toBeLessThanOrEqual(maxDelete);
      }),
    );
  });
});
