import { changesOf } from "../../provider/roster/change";
import type { DesiredDeveloper, Developer } from "../../provider/roster/developer";
import { needsIdentities } from "../../provider/roster/needs-identities";
import { type Policy, plan, refusals } from "../../provider/roster/plan";
import { protectedPeople } from "../../provider/roster/protected-people";
import type { RenameEntry } from "../../provider/roster/rename-entry";
import { strings } from "../../provider/roster/strings";
import { at, declare, desired, dev, live, MAPPING, policy, team } from "../support/people";

const STRICT = { maxDelete: 0, maxUpdate: 0, maxBlank: 0, maxManagerChange: 0, maxIdentityMove: 0 } as const;
const strict = (more: Partial<Policy> = {}) => policy({ guards: STRICT, ...more });

/** Declares a record that was live under other logins. */
const renamed = (developer: Developer, former: readonly string[], identities = {}): DesiredDeveloper => ({
  ...declare(developer, identities),
  previousEmails: former.map(at),
});
const bare = (login: string, former: readonly string[] = []): DesiredDeveloper => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map(),
  ...(former.length > 0 && { previousEmails: former.map(at) }),
});
const holds = (login: string, integrationId: number, identity: string) => ({
  email: at(login),
  integrationId,
  identity,
});
const refusedBy = (made: ReturnType<typeof plan>) => refusals(made).map(({ name, people }) => ({ name, people }));

describe("a rename", () => {
  const before = live([dev("boss"), dev("old", { manager: "boss", Role: "CTO" }), dev("rep", { manager: "old" })], {
    identities: [holds("old", 101, "o"), holds("old", 102, "O1"), holds("rep", 101, "r")],
  });

  test("takes the place of a create and a delete; identities and reports come along, and no guard counts it", () => {
    const want = desired([declare(dev("boss")), bare("new", ["old"]), bare("rep")]);
    const made = plan(want, before, strict());
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toEqual([
      {
        kind: "rename",
        email: at("new"),
        previousEmail: at("old"),
        before: dev("old", { manager: "boss", Role: "CTO" }),
        after: { ...dev("old", { manager: "boss", Role: "CTO" }), email: at("new") },
        fields: [],
      },
      {
        kind: "update",
        email: at("rep"),
        before: dev("rep", { manager: "old" }),
        after: dev("rep", { manager: "new" }),
        fields: [{ field: "Manager Email", before: at("old"), after: at("new"), sameManager: true }],
      },
      {
        kind: "setIdentity",
        email: at("new"),
        integrationId: 101,
        before: null,
        after: "o",
        movedFrom: at("old"),
      },
      { kind: "setIdentity", email: at("new"), integrationId: 102, before: null, after: "O1", movedFrom: at("old") },
    ]);
    expect(made.way).toMatchObject({ kind: "upsert", requests: 4 });
    expect(made.warnings).toEqual([]);
    expect(made.kept).toEqual([]);
  });

  test("whether or not it is ours to delete, and the reports of others follow too", () => {
    for (const prune of ["none", "managed"] as const) {
      const made = plan(desired([bare("new", ["old"])]), before, strict({ prune }));
      expect(refusals(made)).toEqual([]);
      expect(made.changes.map(({ kind }) => kind)).toEqual(["rename", "update", "setIdentity", "setIdentity"]);
      expect(made.kept.map(({ email }) => email)).toEqual([at("boss"), at("rep")]);
    }
  });

  test("reports outside of the scope, and where managers are not managed, follow too", () => {
    const scope = new Map([["Role", ["CTO"]]]);
    const made = plan(desired([bare("new", ["old"])], { scope }), before, strict());
    expect(refusals(made)).toEqual([]);
    expect(changesOf(made.changes, "update").map(({ email }) => email)).toEqual([at("rep")]);
    const fieldLimits = { manage: ["Role"], ignore: [] };
    const limited = plan(
      desired([bare("boss"), bare("new", ["old"]), declare(dev("rep", { manager: "boss" }))], { fieldLimits }),
      before,
      strict(),
    );
    expect(changesOf(limited.changes, "update").map(({ after }) => after.managerEmail)).toEqual([at("new")]);
  });

  test("reports who leave in the same plan are left as they are, and go first", () => {
    const made = plan(desired([bare("boss"), bare("new", ["old"])]), before, policy());
    expect(made.changes.map(({ kind }) => kind)).toEqual(["rename", "delete", "setIdentity", "setIdentity"]);
    expect(refusals(made)).toEqual([]);
  });

  test("with other changes counts as these", () => {
    const other = renamed(dev("new", { name: "Other", manager: "rep2", Role: "" }), ["old"]);
    const want = desired([bare("boss"), other, declare(dev("rep", { manager: "rep2" })), declare(dev("rep2"))]);
    const made = plan(want, before, strict());
    expect(changesOf(made.changes, "rename")[0]?.fields.map(({ field }) => field)).toEqual([
      "Manager Email",
      "Name",
      "Role",
    ]);
    expect(refusedBy(made)).toEqual([
      { name: "maxUpdate", people: [at("new"), at("rep")] },
      { name: "maxBlank", people: [at("new")] },
      { name: "maxManagerChange", people: [at("new"), at("rep")] },
    ]);
  });

  test("an identity that is declared otherwise replaces the old one, and counts as an update", () => {
    const made = plan(
      desired([
        bare("boss"),
        renamed(dev("new", { name: "OLD", manager: "boss", Role: "CTO" }), ["old"], { 101: "n" }),
        bare("rep"),
      ]),
      before,
      strict(),
    );
    expect(changesOf(made.changes, "setIdentity")).toMatchObject([
      { integrationId: 101, before: "o", after: "n", movedFrom: null },
      { integrationId: 102, before: null, after: "O1", movedFrom: at("old") },
    ]);
    expect(refusedBy(made)).toEqual([{ name: "maxUpdate", people: [at("new")] }]);
  });

  test("an identity that is declared for somebody else goes to them", () => {
    const want = desired([bare("boss"), bare("new", ["old"]), declare(dev("rep", { manager: "new" }), { 102: "O1" })]);
    expect(changesOf(plan(want, before, policy()).changes, "setIdentity")).toMatchObject([
      { email: at("new"), after: "o" },
      { email: at("rep"), after: "O1", movedFrom: at("old") },
    ]);
  });

  test("a manager and a report who are both renamed", () => {
    const want = desired([bare("boss"), bare("new", ["old"]), bare("rep2", ["rep"])]);
    const made = plan(want, before, strict());
    expect(refusals(made)).toEqual([]);
    expect(changesOf(made.changes, "rename").map(({ after, fields }) => [after.managerEmail, fields])).toEqual([
      [at("boss"), []],
      [at("new"), []],
    ]);
  });

  test("somebody who is protected may be renamed, and is protected afterwards", () => {
    const want = desired([bare("boss"), bare("new", ["old"]), bare("rep")], { guards: { protect: [at("old")] } });
    expect(refusals(plan(want, before, policy({ guards: { protect: [at("old")] } })))).toEqual([]);
    expect(protectedPeople(want)).toEqual([at("old"), at("new")]);
    expect(protectedPeople(desired([bare("new", ["old"])]))).toEqual([]);
  });

  test("everybody at once goes by upsert, whatever a re-upload would save", () => {
    const people = team(501);
    const want = people.map(
      (one): DesiredDeveloper => ({
        ...declare({
          ...one,
          email: one.email.replace(".com", ".org"),
          managerEmail: one.managerEmail.replace(".com", ".org"),
        }),
        previousEmails: [one.email],
      }),
    );
    const made = plan(desired(want), live(people), strict());
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toHaveLength(501);
    expect(made.way).toMatchObject({ kind: "upsert", requests: 4 });
  });

  test.each([
    ["strategy: reupload", {}, { strategy: "reupload" }],
    ["a change of the field mapping", { fields: { ...MAPPING, attributes: ["Site"] } }, {}],
  ] as const)("is refused with %s, which would replace everybody at once", (_name, source, more) => {
    const want = desired([bare("boss"), bare("new", ["old"]), bare("rep")], source);
    expect(refusedBy(plan(want, before, policy(more)))).toEqual([{ name: "rename", people: [at("new")] }]);
  });

  test("is refused when the identities were not read", () => {
    const made = plan(
      desired([bare("boss"), bare("new", ["old"]), bare("rep")]),
      { ...before, identities: null },
      policy(),
    );
    expect(refusedBy(made)).toEqual([{ name: "rename", people: [at("new")] }]);
  });

  test("of somebody who is live outside of the scope is refused", () => {
    const want = desired([{ ...bare("new", ["old"]), attributes: strings([["Role", "VP"]]) }], {
      scope: new Map([["Role", ["VP"]]]),
    });
    expect(refusedBy(plan(want, before, policy()))).toEqual([{ name: "scope", people: [at("new")] }]);
  });

  test("that is done, or never had anything to do, is no change", () => {
    const people = [dev("boss"), dev("new", { manager: "boss" })];
    const want = desired([bare("boss"), bare("new", ["old", "older"])]);
    expect(plan(want, live(people), policy()).changes).toEqual([]);
    expect(needsIdentities(want)).toBe(true);
    expect(needsIdentities(desired([bare("boss"), bare("new")]))).toBe(false);
  });

  test("without the old record is an ordinary create", () => {
    const made = plan(desired([bare("boss"), declare(dev("new", { manager: "boss" }))]), live([dev("boss")]), policy());
    expect(made.changes.map(({ kind }) => kind)).toEqual(["create"]);
  });

  test("an address that is declared belongs to its owner, whoever claims it", () => {
    const want = desired([bare("boss"), declare(dev("new"), {}), bare("old"), bare("rep")]);
    const claiming = desired([bare("boss"), renamed(dev("new"), ["old"]), bare("old"), bare("rep")]);
    expect(plan(claiming, before, policy()).changes).toEqual(plan(want, before, policy()).changes);
  });
});

describe("both addresses are live", () => {
  const both = [
    dev("boss"),
    dev("old", { manager: "boss", Role: "CTO" }),
    dev("new", { manager: "boss", Role: "CTO" }),
  ];
  const want = desired([bare("boss"), bare("new", ["old"])]);
  const entry: RenameEntry = {
    email: at("new"),
    previousEmail: at("old"),
    identities: [{ integrationId: 101, identity: "o" }],
  };

  const alike = [
    dev("boss"),
    dev("old", { manager: "boss", Role: "CTO" }),
    dev("new", { name: "OLD", manager: "boss", Role: "CTO" }),
  ];

  test("and nothing would be lost: the old record goes, and no guard counts it", () => {
    const identities = [holds("new", 101, "o"), holds("old", 101, "o")];
    const made = plan(want, live(alike, { identities }), strict());
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toMatchObject([{ kind: "rename", email: at("new"), previousEmail: at("old"), isRest: true }]);
    expect(made.way).toMatchObject({ kind: "upsert", requests: 1 });
  });

  test.each([
    ["an identity", alike, [holds("old", 101, "o")], "identities: 1"],
    ["a value", [...alike.slice(0, 2), dev("new", { name: "OLD", manager: "boss" })], [], "values that differ: 1"],
    [
      "another value",
      [...alike.slice(0, 2), dev("new", { name: "OLD", manager: "boss", Role: "COO" })],
      [],
      "differ: 1",
    ],
    ["another name", both, [], "values that differ: 1"],
    ["a manager", [...alike.slice(0, 2), dev("new", { name: "OLD", Role: "CTO" })], [], "values that differ: 1"],
    ["somebody's manager", [...alike, dev("rep", { manager: "old" })], [], "managers of others: 1"],
  ])("and %s would be lost: refused, and both are named", (_what, people, identities, lost) => {
    const made = plan(want, live(people as Developer[], { identities }), policy({ prune: "none" }));
    expect(made.changes).toEqual([]);
    expect(refusedBy(made)).toEqual([{ name: "rename", people: [at("new"), at("old")] }]);
    expect(refusals(made)[0]?.reason).toContain(lost);
  });

  test("and what would be lost is declared: the old record goes", () => {
    const identities = [holds("old", 101, "o"), holds("old", 102, "O1")];
    const declared = desired([
      bare("boss"),
      renamed(dev("new", { name: "OLD", manager: "boss", Role: "CTO" }), ["old"], { 101: "o", 102: "other" }),
      declare(dev("rep", { manager: "new" })),
    ]);
    const people = [...both, dev("rep", { manager: "old" })];
    const made = plan(declared, live(people, { identities }), policy({ guards: { maxIdentityMove: 0, maxDelete: 0 } }));
    expect(refusals(made)).toEqual([]);
    expect(made.changes.map(({ kind }) => kind)).toEqual(["rename", "update", "update", "setIdentity", "setIdentity"]);
  });

  test("and the journal says that it is under way: what is left is done", () => {
    const people = [...both, dev("rep", { manager: "old" })];
    const identities = [holds("old", 101, "o"), holds("old", 102, "O1")];
    const made = plan(want, live(people, { identities }), strict({ prune: "none", journal: [entry] }));
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toMatchObject([
      { kind: "rename", isRest: true },
      { kind: "update", email: at("rep"), after: { managerEmail: at("new") } },
      { kind: "setIdentity", after: "o", movedFrom: at("old") },
      { kind: "setIdentity", after: "O1", movedFrom: at("old") },
    ]);
  });

  test("somebody else of a similar address is not theirs to delete, whatever the limits; an exception that is reviewed says so", () => {
    const john = renamed(dev("new", { name: "John Smith", manager: "boss", Role: "Ops" }), ["old"]);
    const jane = dev("old", { name: "Jane Smith", manager: "boss", Role: "Legal" });
    const want = desired([bare("boss"), john]);
    const made = plan(want, live([dev("boss"), jane]), policy());
    // Only one of them is live: that is the record to rename, as the source says.
    expect(made.changes).toMatchObject([{ kind: "rename" }]);
    const people = [dev("boss"), jane, dev("new", { name: "John Smith", manager: "boss", Role: "Ops" })];
    for (const prune of ["none", "all"] as const) {
      const two = plan(want, live(people), policy({ prune, guards: { maxDelete: "100%", protect: [at("old")] } }));
      expect(two.changes).toEqual([]);
      expect(refusedBy(two)).toEqual([{ name: "rename", people: [at("new"), at("old")] }]);
    }
    const allow = [{ people: { delete: [at("old")] }, reason: "one person", until: "2999-12-31" as const }];
    const excused = plan({ ...want, allow }, live(people), strict({ prune: "none" }));
    expect(refusals(excused)).toEqual([]);
    expect(excused.changes).toMatchObject([{ kind: "rename", isRest: true }]);
  });

  test("the journal deletes nobody once the source no longer says so; it counts when the rename is taken back", () => {
    const identities = [holds("new", 101, "o")];
    const under = strict({ journal: [entry] });
    const forgotten = plan(
      desired([bare("boss"), bare("new")]),
      live(both, { identities }),
      strict({ journal: [entry], prune: "none" }),
    );
    expect(forgotten.changes).toEqual([]);
    expect(forgotten.kept).toMatchObject([{ email: at("old"), because: "notOurs" }]);
    const back = plan(desired([bare("boss"), bare("old")]), live(both, { identities }), under);
    expect(back.changes).toMatchObject([
      { kind: "rename", email: at("old"), previousEmail: at("new"), isRest: true },
      { kind: "setIdentity", email: at("old"), after: "o", movedFrom: at("new") },
    ]);
    expect(refusals(back)).toEqual([]);
  });

  test("the old record is gone and its identities too: the journal gives them back", () => {
    const people = [dev("boss"), dev("new", { manager: "boss" })];
    const made = plan(want, live(people), strict({ journal: [entry] }));
    expect(made.changes).toEqual([
      { kind: "setIdentity", email: at("new"), integrationId: 101, before: null, after: "o", movedFrom: null },
    ]);
    expect(needsIdentities(desired([bare("new")]), [entry])).toBe(true);
    // Somebody else holds it by now, or they hold another one: nothing is taken away.
    for (const identities of [[holds("boss", 101, "o")], [holds("new", 101, "n")], [holds("new", 101, "o")]]) {
      expect(plan(want, live(people, { identities }), strict({ journal: [entry] })).changes).toEqual([]);
    }
  });

  test("of two identities in one integration the journal gives back the one that is missing", () => {
    const two = { ...entry, identities: ["o", "o2"].map((identity) => ({ integrationId: 101, identity })) };
    const people = live([dev("boss"), dev("new", { manager: "boss" })], { identities: [holds("new", 101, "o")] });
    expect(plan(want, people, policy({ journal: [two] })).changes).toMatchObject([{ email: at("new"), after: "o2" }]);
  });

  test("a declared identity that the account keeps for the deleted record is taken from nobody", () => {
    const people = [dev("boss"), dev("new", { manager: "boss" })];
    const identities = [holds("old", 101, "o")];
    for (const former of [["old"], []]) {
      const declared = desired([bare("boss"), renamed(people[1] ?? dev("new"), former, { 101: "o" })]);
      const made = plan(declared, live(people, { identities }), strict({ journal: [entry] }));
      expect(made.changes).toMatchObject([{ kind: "setIdentity", before: null, after: "o", movedFrom: null }]);
      expect(refusals(made)).toEqual([]);
    }
  });

  test("an entry of a rename that was never begun has no effect", () => {
    const made = plan(
      desired([bare("boss"), declare(dev("new"))]),
      live(both.slice(0, 2)),
      policy({ journal: [entry] }),
    );
    expect(made.changes.map(({ kind }) => kind)).toEqual(["create", "delete"]);
  });

  test("several previous addresses are live: refused, unless the journal says which came last", () => {
    const several = desired([bare("boss"), bare("newest", ["new", "old"])]);
    const other = { ...entry, email: at("old"), previousEmail: at("new") };
    const reversed = changesOf(plan(several, live(both), policy({ journal: [other] })).changes, "rename");
    expect(reversed.filter(({ isRest }) => isRest !== true)).toMatchObject([{ previousEmail: at("old") }]);
    expect(refusedBy(plan(several, live(both), policy()))).toContainEqual({
      name: "rename",
      people: [at("new"), at("newest"), at("old")],
    });
    const identities = [holds("old", 101, "o"), holds("new", 102, "n")];
    const made = plan(several, live(both, { identities }), strict({ journal: [entry] }));
    expect(refusals(made)).toEqual([]);
    expect(made.changes).toMatchObject([
      { kind: "rename", email: at("newest"), previousEmail: at("new") },
      { kind: "rename", email: at("newest"), previousEmail: at("old"), isRest: true },
      { kind: "setIdentity", email: at("newest"), after: "o" },
      { kind: "setIdentity", email: at("newest"), after: "n" },
    ]);
    expect(made.changes[0]).not.toHaveProperty("isRest");
  });
});
