import type { DesiredDeveloper, Developer } from "../../provider/roster/developer.js";
import { meantBy } from "../../provider/roster/only.js";
import { type Policy, plan, refusals } from "../../provider/roster/plan.js";
import { at, declare, desired, dev, live, MAPPING, NOT_SET_UP, policy, team } from "../support/people.js";
import { verdict } from "../support/verdict.js";

const planned = (
  declared: readonly DesiredDeveloper[],
  now: readonly Developer[],
  logins: readonly string[],
  more: Partial<Policy> = {},
) => plan(desired(declared), live(now), policy({ only: logins.map(at), ...more }));

const report = (login: string, manager: string) => declare(dev(login, { manager }));

test("names in any order mean people in one order", () => {
  expect(meantBy(["zoe", "bob", "zoe", "ada"].map(at), desired([declare(dev("bob"))]))).toEqual({
    people: ["ada", "bob", "zoe"].map(at),
    undeclared: ["ada", "zoe"].map(at),
  });
});

describe("a plan of named people", () => {
  test("never replaces everybody, whatever is said or saved by it", () => {
    const crowd = team(1_200);
    const declared = crowd.map((one) => declare({ ...one, name: "New" }));
    const logins = crowd.slice(0, 1_100).map(({ email }) => email.replace("@example.com", ""));
    for (const strategy of ["auto", "reupload", "upsert"] as const) {
      const made = planned(declared, crowd, logins, { strategy, guards: { maxUpdate: "100%" } });
      expect([refusals(made), made.changes.length, made.way.kind]).toEqual([[], 1_100, "upsert"]);
    }
    expect(plan(desired(declared), live(crowd), policy()).way.kind).toBe("reupload");
  });

  test("says of those who were named who is kept, and why", () => {
    const made = planned([declare(dev("ada"))], [dev("ada"), dev("bob"), dev("cy")], ["ada", "bob"], { prune: "none" });
    expect(made.kept).toEqual([{ email: at("bob"), name: "BOB", because: "notOurs" }]);
  });

  test("with prune none deletes nobody, also by name", () => {
    expect(planned([declare(dev("ada"))], [dev("ada"), dev("bob")], ["bob"], { prune: "none" }).changes).toEqual([]);
  });
});

describe("a manager whom nobody named", () => {
  const judged = (...args: Parameters<typeof planned>) => verdict(planned(...args), "consistency");
  const REASON = "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS";

  test("and who is not live is named in the hint, where the source declares them", () => {
    expect(judged([report("ada", "eve"), declare(dev("eve"))], [], ["ada"])).toMatchObject({
      reason: `${REASON}: 1 developer(s) would report to eve@example.com, who would not be live`,
      hint: "name the manager as well: --only eve@example.com",
      impersonal: { reason: `${REASON}: 1 developer(s) would report to somebody who would not be live` },
      people: [at("ada")],
    });
  });

  test("and whom nobody declares is to be created first", () => {
    expect(judged([report("ada", "eve")], [], ["ada"])?.hint).toBe(
      "eve@example.com is not declared either: create the manager first",
    );
  });

  test("of both kinds, each is said; several in order", () => {
    const declared = [report("ada", "zoe"), report("bob", "eve"), report("cy", "fay"), declare(dev("zoe"))];
    const made = judged([...declared, declare(dev("fay"))], [], ["ada", "bob", "cy"]);
    expect(made?.reason).toContain("3 developer(s) would report to eve@example.com, fay@example.com, zoe@example.com,");
    expect(made?.hint).toBe(
      "name the manager as well: --only fay@example.com --only zoe@example.com; eve@example.com is not declared either: create the manager first",
    );
  });

  test("and who leaves: the reports are to be named", () => {
    expect(judged([declare(dev("rep"))], [dev("rep", { manager: "boss" }), dev("boss")], ["boss"])).toMatchObject({
      hint: "give the reports another manager, and name them as well: --only rep@example.com",
      people: [at("rep")],
    });
  });

  test("five are named of many", () => {
    const logins = ["r1", "r2", "r3", "r4", "r5", "r6", "r7"];
    const bosses = logins.map((login) => `boss-${login}`);
    const made = judged(
      [...logins.map((login) => report(login, `boss-${login}`)), ...bosses.map((login) => declare(dev(login)))],
      [],
      logins,
    );
    expect(made?.reason).toContain("boss-r5@example.com and 2 more, who would not be live");
    expect(made?.reason).not.toContain("boss-r6");
    expect(made?.hint?.match(/--only/g)).toHaveLength(5);
    const five = judged(
      logins.slice(0, 5).map((login) => report(login, `boss-${login}`)),
      [],
      logins.slice(0, 5),
    );
    expect(five?.hint).toMatch(/boss-r4@example\.com, boss-r5@example\.com is not declared either/);
    const left = judged(
      logins.map((login) => declare(dev(login))),
      [...logins.map((login) => dev(login, { manager: "boss" })), dev("boss")],
      ["boss"],
    );
    expect(left?.hint?.match(/--only/g)).toHaveLength(5);
  });

  test("beside another objection: both are said, and neither names people where it is public", () => {
    const made = judged([report("ada", "eve"), declare(dev("bob", { name: "" }))], [], ["ada", "bob"]);
    expect(made).toMatchObject({ actual: 2, limit: made?.impersonal?.limit });
    expect(made?.impersonal?.reason).toBe(
      `REQUIRED_VALUE_MISSING: 1 developer(s) without a name; ${REASON}: 1 developer(s) would report to somebody who would not be live`,
    );
  });

  test("in a plan of everybody is nobody to name", () => {
    const made = verdict(plan(desired([report("ada", "eve")]), live([]), policy()), "consistency");
    expect(made?.hint).toBe("give the reports another manager in the same change, or keep the manager");
    expect(made?.impersonal).toBeUndefined();
  });
});

describe("what is left to the whole plan", () => {
  const part = (declared: readonly DesiredDeveloper[], now: readonly Developer[], logins: readonly string[]) =>
    plan(desired(declared), live(now, { part: true }), policy({ only: logins.map(at), guards: { maxDelete: 5 } }));

  test("a delete or a rename of which only a part was read", () => {
    const moved = { ...declare(dev("new")), previousEmails: [at("old")] };
    for (const made of [
      part([moved], [dev("old")], ["new"]),
      part([declare(dev("ada"))], [dev("ada"), dev("bob")], ["bob"]),
    ]) {
      expect(refusals(made)).toEqual([
        {
          name: "only",
          limit: "1 named; upserts, and deletes that a whole read proves",
          actual: 1,
          verdict: "refused",
          reason: "1 developer(s) would be deleted or renamed, and only a part of the account was read",
          hint: "read the whole account",
          people: [made.changes.flatMap((change) => ("email" in change ? [change.email] : []))[0]],
        },
      ]);
    }
    expect(verdict(part([moved], [dev("old"), dev("bob")], ["new", "bob"]), "only")?.reason).toMatch(/^2 developer/);
  });

  test("an update of which only a part was read is not", () => {
    const made = part([declare(dev("ada", { Role: "CTO" }))], [dev("ada")], ["ada"]);
    expect([made.changes.length, refusals(made)]).toEqual([1, []]);
  });

  test("the initial setup, with what to do", () => {
    const fields = { ...MAPPING, name: "Full Name" };
    const made = plan(desired([declare(dev("ada"))], { fields }), NOT_SET_UP, policy({ only: [at("ada")] }));
    expect(made.mapping).toEqual(fields);
    expect(verdict(made, "only")?.hint).toBe("run the initial setup: apply the whole source once, without --only");
  });

  test("columns that the source declares and the account does not have; a column that nobody declares is only wrong", () => {
    const fields = { ...MAPPING, attributes: [...MAPPING.attributes, "Site", "Level"] };
    const judged = (attributes: Readonly<Record<string, string>>) =>
      plan(
        desired([{ ...declare(dev("ada")), attributes }], { fields }),
        live([dev("ada")]),
        policy({ only: [at("ada")] }),
      );
    const coming = judged({ Role: "CTO", Site: "Berlin", Level: "9", Sice: "?" });
    expect(verdict(coming, "only")?.reason).toBe(
      'the account has no column "Level", "Site" yet, and a new column concerns everybody',
    );
    expect(refusals(judged({ Role: "CTO", Sice: "?" })).map(({ name }) => name)).toEqual(["consistency"]);
  });
});
