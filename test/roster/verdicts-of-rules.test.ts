import { type Plan, plan } from "../../provider/roster/plan.js";
import { strings } from "../../provider/roster/strings.js";
import { at, declare, desired, dev, live, MAPPING, NOT_SET_UP, policy } from "../support/people.js";
import { verdict } from "../support/verdict.js";

const bare = (login: string) => ({ email: at(login), attributes: strings([]), identities: new Map() });

describe("the scope", () => {
  const scope = new Map([
    ["Team", ["Billing", "Payments"]],
    ["role", ["CTO"]],
  ]);
  const cto = (login: string, Team: string) => dev(login, { Role: "CTO", Team });

  test("is said, and every column counts", () => {
    const people = [cto("a", "Billing"), cto("b", "Search"), dev("c", { Team: "Payments" })];
    const limit = "Team: Billing, Payments; role: CTO";
    const fine = plan(desired([declare(cto("a", "Billing"))], { scope }), live(people), policy());
    expect(verdict(fine, "scope")).toMatchObject({
      name: "scope",
      limit,
      impersonal: { limit: "Team; role" },
      actual: 0,
      verdict: "passed",
    });
    expect(fine.kept.map(({ email }) => email)).toEqual([at("b"), at("c")]);
    const made = plan(
      desired(
        [...people].reverse().map((one) => declare(one)),
        { scope },
      ),
      live(people),
      policy(),
    );
    expect(verdict(made, "scope")).toEqual({
      name: "scope",
      limit,
      impersonal: { limit: "Team; role" },
      actual: 2,
      verdict: "refused",
      reason: "2 declared developer(s) are outside of this roster's scope, or would be",
      hint: "declare them in the roster whose scope they are in, or give them a value of this scope",
      people: [at("b"), at("c")],
    });
  });

  test("with columns that nobody has", () => {
    const strange = new Map([...scope, ["Squad", ["x"]], ["Tribe", ["y"]]]);
    const made = plan(
      desired([declare(cto("a", "Billing"))], { scope: strange }),
      live([cto("a", "Billing")]),
      policy(),
    );
    expect(verdict(made, "scope")).toEqual({
      name: "scope",
      limit: "Team: Billing, Payments; role: CTO; Squad: x; Tribe: y",
      impersonal: { limit: "Team; role; Squad; Tribe" },
      actual: 2,
      verdict: "refused",
      reason: 'the field mapping has no column for the scope\'s "Squad", "Tribe"',
      hint: "correct the column, or declare it under fields.attributes",
      people: [],
    });
    expect(verdict(made, "maxDelete")?.limit).toContain("of 0 ");
  });

  test("whose value is blank has those who have none", () => {
    const none = new Map([["Team", [""]]]);
    const made = plan(desired([bare("a")], { scope: none }), live([dev("a"), dev("b"), cto("c", "x")]), policy());
    expect(made.changes).toMatchObject([{ kind: "delete", email: at("b") }]);
  });
});

describe("the rules of the API", () => {
  const judged = (made: Plan) => verdict(made, "consistency");
  const people = [
    dev("ada"),
    dev("bob", { manager: "ada" }),
    dev("cyd", { manager: "ada" }),
    dev("dan", { manager: "cyd" }),
  ];
  const refused = { name: "consistency", limit: "the rules of the API hold after the apply", verdict: "refused" };

  test("reports without their manager", () => {
    expect(judged(plan(desired([bare("bob"), bare("cyd"), bare("dan")]), live(people), policy()))).toEqual({
      ...refused,
      actual: 1,
      reason:
        "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: 2 developer(s) would report to somebody who is not on the roster",
      hint: "give the reports another manager in the same change, or keep the manager",
      people: [at("bob"), at("cyd")],
    });
    expect(
      judged(
        plan(
          desired([bare("ada"), ...["bob", "cyd", "dan"].map((one) => declare(dev(one, { manager: "nobody" })))]),
          live(people),
          policy(),
        ),
      ),
    ).toMatchObject({ people: [at("bob"), at("cyd"), at("dan")] });
  });

  test("a circle: only its people, not who reports into it", () => {
    const want = desired([declare(dev("ada", { manager: "cyd" })), bare("bob"), bare("cyd"), bare("dan")]);
    expect(judged(plan(want, live(people), policy()))).toEqual({
      ...refused,
      actual: 1,
      reason: "CIRCULAR_REFERENCE: 2 developer(s) would report to each other in a circle",
      hint: "declare the manager of one of them so that the circle opens",
      people: [at("ada"), at("cyd")],
    });
    const oneself = desired([declare(dev("ada", { manager: "ada" })), bare("bob"), bare("cyd"), bare("dan")]);
    expect(judged(plan(oneself, live(people), policy()))).toMatchObject({ people: [at("ada")] });
  });

  test("two circles are two breaches with one hint", () => {
    const want = desired([
      declare(dev("ada", { manager: "bob" })),
      bare("bob"),
      declare(dev("cyd", { manager: "dan" })),
      bare("dan"),
    ]);
    const made = judged(plan(want, live(people), policy()));
    expect(made).toMatchObject({
      actual: 2,
      hint: "declare the manager of one of them so that the circle opens",
      people: people.map(({ email }) => email),
    });
    expect(made?.reason).toBe(
      "CIRCULAR_REFERENCE: 2 developer(s) would report to each other in a circle; CIRCULAR_REFERENCE: 2 developer(s) would report to each other in a circle",
    );
  });

  test("a circle that is live and touched by nobody is not ours, beside a change elsewhere", () => {
    const circle = [dev("x", { manager: "y" }), dev("y", { manager: "x" })];
    const other = { ...declare(dev("ada")), name: "Ada" };
    const made = plan(desired([other]), live([...circle, dev("ada")]), policy({ prune: "none" }));
    expect(judged(made)?.verdict).toBe("passed");
    const touched = plan(desired([{ ...bare("y"), name: "Why" }]), live(circle), policy({ prune: "none" }));
    expect(judged(touched)).toMatchObject({ people: [at("x"), at("y")] });
  });

  test("a manager who is not there and was not there is not ours", () => {
    const lost = dev("lost", { manager: "gone" });
    const made = plan(desired([bare("lost"), { ...bare("ada"), name: "Ada" }]), live([lost, dev("ada")]), policy());
    expect(judged(made)?.verdict).toBe("passed");
    const touched = plan(desired([{ ...bare("lost"), name: "Lost" }]), live([lost]), policy());
    expect(judged(touched)).toMatchObject({ people: [at("lost")] });
  });

  test("developers without a name, by any kind of change", () => {
    const want = desired([
      bare("new"),
      declare(dev("ada", { name: " " })),
      { ...declare(dev("b2", { name: "\t" })), previousEmails: [at("bob")] },
    ]);
    expect(judged(plan(want, live([dev("ada"), dev("bob")]), policy()))).toEqual({
      ...refused,
      actual: 1,
      reason: "REQUIRED_VALUE_MISSING: 3 developer(s) without a name",
      hint: "give them a name",
      people: [at("ada"), at("b2"), at("new")],
    });
  });

  test("attributes without a column, several breaches at once", () => {
    const want = desired([
      {
        ...bare("ada"),
        attributes: strings([
          ["Tribe", "x"],
          ["Squad", ""],
        ]),
      },
      bare("new"),
    ]);
    expect(judged(plan(want, live([dev("ada")]), policy()))).toEqual({
      ...refused,
      actual: 2,
      reason:
        'REQUIRED_VALUE_MISSING: 1 developer(s) without a name; the field mapping has no column for "Squad", "Tribe"',
      hint: "give them a name; correct the name, or declare the column under fields.attributes",
      people: [at("new")],
    });
  });
});

describe("renames", () => {
  const limit = "a renamed developer keeps identities and reports";
  const old = dev("old", { Role: "CTO" });
  const renamed = (login: string, ...former: string[]) => ({ ...bare(login), previousEmails: former.map(at) });
  const judged = (made: Plan) => verdict(made, "rename");

  test("pass, and are counted", () => {
    expect(judged(plan(desired([renamed("new", "old")]), live([old]), policy()))).toEqual({
      name: "rename",
      limit,
      actual: 1,
      verdict: "passed",
      people: [],
    });
  });

  test("both addresses are live, and all that would be lost is said", () => {
    const identities = [1, 2].map((integrationId) => ({ email: at("old"), integrationId, identity: "o" }));
    const people = [old, dev("new", { name: "OLD" }), dev("rep", { manager: "old" })];
    const made = plan(desired([renamed("new", "old")]), live(people, { identities }), policy({ prune: "none" }));
    expect(judged(made)).toEqual({
      name: "rename",
      limit,
      actual: 1,
      verdict: "refused",
      reason:
        "1 developer(s) are live under the new address and under a previous one, this machine knows of no rename that was begun, and deleting the old record would lose what the new one does not have (identities: 2, values that differ: 1, managers of others: 1)",
      hint: "if they are two people, take the address out of `previousEmails`; if they are one, declare for the new address what only the old one has, name it as the manager of the old one's reports, and let the old values go with allow: [{ delete: [<old address>], reason: <why>, until: <day> }]",
      people: [at("new"), at("old")],
    });
    const onlyValues = judged(plan(desired([renamed("new", "old")]), live(people.slice(0, 2)), policy()));
    expect(onlyValues?.reason).toContain("(values that differ: 1)");
  });

  test("several objections are all said", () => {
    const people = [old, dev("new"), dev("x1"), dev("x2")];
    const want = desired([renamed("new", "old"), renamed("x", "x2", "x1")]);
    expect(judged(plan(want, { ...live(people), identities: null }, policy()))).toEqual({
      name: "rename",
      limit,
      actual: 3,
      verdict: "refused",
      reason: expect.stringMatching(
        /\(values that differ: 2\); 1 developer\(s\) have several previous addresses that are live, so it is not clear which record is theirs; the identities of who is renamed were not read$/,
      ),
      hint: expect.stringMatching(
        /until: <day> }\]; keep the one to rename in `previousEmails`, and rename or delete the others first; read the live roster with its identities$/,
      ),
      people: [at("new"), at("old"), at("x1"), at("x2"), at("x")],
    });
  });

  test.each([
    [
      "strategy: reupload",
      {},
      "1 developer(s) would be renamed by a re-upload, which would lose their identities",
      "use `strategy: auto` or `strategy: upsert` for this change",
    ],
    [
      "another field mapping",
      { fields: { ...MAPPING, attributes: ["Site"] } },
      "1 developer(s) would be renamed while the field mapping changes, which replaces everybody at once and would lose their identities",
      "rename first: leave the change of the field mapping out, apply, and put it back",
    ],
  ] as const)("by %s", (_what, source, reason, hint) => {
    const made = plan(desired([renamed("new", "old")], source), live([old]), policy({ strategy: "reupload" }));
    expect(judged(made)).toEqual({
      name: "rename",
      limit,
      actual: 1,
      verdict: "refused",
      reason,
      hint,
      people: [at("new")],
    });
  });

  test("without identities: nothing to say where nobody is renamed", () => {
    expect(judged(plan(desired([bare("old")]), { ...live([old]), identities: null }, policy()))?.verdict).toBe(
      "passed",
    );
    expect(judged(plan(desired([bare("old")]), { ...NOT_SET_UP, identities: null }, policy()))?.verdict).toBe("passed");
  });
});

test("a circle is one breach, however many of it the plan changes", () => {
  const want = desired([declare(dev("ada", { manager: "bob" })), declare(dev("bob", { manager: "ada" }))]);
  const made = verdict(plan(want, live([dev("ada"), dev("bob")]), policy()), "consistency");
  expect([made?.actual, made?.people]).toEqual([1, [at("ada"), at("bob")]]);
});
