import fc from "fast-check";
import { type Change, changesOf } from "../../provider/roster/change.js";
import { meantBy } from "../../provider/roster/only.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { rosterAfter } from "../../provider/roster/roster-after.js";
import { at, declare, desired, dev, live, NOT_SET_UP, policy, team } from "../support/people.js";

const LOGINS = ["ada", "bob", "cy", "dee", "eve", "fay"];
const person = (login: string) =>
  fc.record({
    there: fc.boolean(),
    Team: fc.constantFrom("", "Core", "Payments"),
    manager: fc.constantFrom("", ...LOGINS.slice(0, LOGINS.indexOf(login))),
    github: fc.option(fc.constantFrom("x", "y", "z"), { nil: null }),
    previous: fc.option(fc.constantFrom(...LOGINS), { nil: null }),
  });
const roster = fc.record(Object.fromEntries(LOGINS.map((login) => [login, person(login)])));
type Drawn = typeof roster extends fc.Arbitrary<infer T> ? T : never;

const records = (drawn: Drawn) =>
  LOGINS.flatMap((login) => {
    const { there, Team = "", manager = "" } = drawn[login] ?? { there: false };
    return there ? [dev(login, { Team, manager })] : [];
  });

function worldOf(declared: Drawn, found: Drawn) {
  const previous = new Set<string>();
  const developers = records(declared).map((one) => {
    const login = one.email.replace("@example.com", "");
    const { github, previous: former } = declared[login] ?? {};
    // Validation refuses an address that is declared, or claimed twice.
    const isFree = former != null && declared[former]?.there === false && !previous.has(former);
    if (isFree) previous.add(former);
    return {
      ...declare(one, github == null ? {} : { 101: github }),
      ...(isFree ? { previousEmails: [at(former)] } : {}),
    };
  });
  const identities = records(found).flatMap(({ email }) => {
    const { github } = found[email.replace("@example.com", "")] ?? {};
    return github == null ? [] : [{ email, integrationId: 101, identity: github }];
  });
  return { desired: desired(developers), live: live(records(found), { identities }) };
}

/** Whom a change is about, and what it is. */
const keyOf = (change: Change) => `${change.kind} ${"email" in change ? change.email : change.column}`;

test("a plan of some people is a part of the whole plan, and only theirs", () => {
  fc.assert(
    fc.property(
      roster,
      roster,
      fc.subarray(LOGINS, { minLength: 1 }),
      fc.constantFrom("all" as const, "none" as const),
      (declared, found, named, prune) => {
        const world = worldOf(declared, found);
        const { people } = meantBy(named.map(at), world.desired);
        const whole = plan(world.desired, world.live, policy({ prune }));
        const part = plan(world.desired, world.live, policy({ prune, only: people }));
        const all = new Set(whole.changes.map(keyOf));
        const renamed = new Map(changesOf(part.changes, "rename").map((one) => [one.previousEmail, one.email]));
        // What is declared for somebody who was not named comes along until their turn comes: it must not get lost.
        const comesAlong = (change: Change) =>
          change.kind === "setIdentity" && renamed.get(change.movedFrom ?? "") === change.email;
        // Somebody else reports to who is renamed, and nothing else of theirs changes; the whole plan may even delete them.
        const follows = (change: Change) =>
          change.kind === "update" &&
          change.fields.every(({ sameManager }) => sameManager === true) &&
          renamed.get(change.before.managerEmail) === change.after.managerEmail;
        const isTheirs = (change: Change) => "email" in change && people.includes(change.email);
        const isPlanned = (change: Change) => all.has(keyOf(change)) || comesAlong(change);
        const strange = part.changes.filter((one) => !follows(one) && !(isTheirs(one) && isPlanned(one)));
        expect(strange.map(keyOf)).toEqual([]);
        expect(part.kept.every(({ email }) => people.includes(email))).toBe(true);
      },
    ),
  );
});

test("once everybody was named one after the other, the whole plan is done", () => {
  fc.assert(
    fc.property(roster, roster, (declared, found) => {
      const world = worldOf(declared, found);
      const whole = plan(world.desired, world.live, policy());
      fc.pre(refusals(whole).length === 0 && changesOf(whole.changes, "rename").length === 0);
      let now = world.live;
      for (const login of LOGINS) {
        const { changes } = plan(world.desired, now, policy({ only: [at(login)] }));
        now = { ...now, developers: rosterAfter(now.developers, changes) };
      }
      const expected = rosterAfter(world.live.developers, whole.changes);
      expect(new Map([...now.developers].sort())).toEqual(new Map([...expected].sort()));
    }),
  );
});

test("a previous address means who has it now, and never a leaver", () => {
  const ada = { ...declare(dev("ada")), previousEmails: [at("byron")] };
  const world = desired([ada]);
  expect(meantBy([at("byron"), at("zoe"), at("ada")], world)).toEqual({
    people: [at("ada"), at("zoe")],
    undeclared: [at("zoe")],
  });
  const found = live([dev("byron"), dev("zoe"), dev("yan")]);
  const kinds = (only: readonly string[]) =>
    plan(world, found, policy({ only })).changes.map((change) => keyOf(change));
  expect(kinds([at("ada")])).toEqual([`rename ${at("ada")}`]);
  // Even when nobody asked whom it means.
  expect(kinds([at("byron")])).toEqual([]);
  expect(kinds([at("zoe")])).toEqual([`delete ${at("zoe")}`]);
});

test("a share is one of the whole roster, not of who is named", () => {
  const crowd = team(40);
  const world = desired(crowd.slice(0, -1).map((one) => declare(one)));
  const only = [at("p039")];
  const judged = plan(world, live(crowd), policy({ only, guards: { maxDelete: "5%" } }));
  expect([refusals(judged), judged.changes.length]).toEqual([[], 1]);
  const strict = plan(world, live(crowd), policy({ only, guards: { maxDelete: 0 } }));
  expect(refusals(strict).map(({ name }) => name)).toEqual(["maxDelete"]);
});

test("an empty source deletes nobody, also by name; nor does a part of the account", () => {
  const found = live([dev("ada"), dev("bob")]);
  const names = (read: typeof found, world = desired([])) =>
    refusals(plan(world, read, policy({ only: [at("bob")] }))).map(({ name }) => name);
  expect(names(found)).toEqual(["emptySource"]);
  expect(names({ ...found, part: true }, desired([declare(dev("ada"))]))).toEqual(["only"]);
});

test("the setup and a new column are for everybody", () => {
  const fields = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team", "Site"] };
  const ada = { ...declare(dev("ada")), attributes: { Site: "Berlin" } };
  const only = [at("ada")];
  const fresh = refusals(plan(desired([ada], { fields }), NOT_SET_UP, policy({ only })));
  expect(fresh.map(({ name }) => name)).toContain("only");
  expect(fresh.find(({ name }) => name === "only")?.reason).toContain("412 Precondition Failed");
  const column = plan(desired([ada], { fields }), live([dev("ada"), dev("bob")]), policy({ only }));
  expect(changesOf(column.changes, "mapField")).toEqual([]);
  expect(
    refusals(column)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["consistency"]);
  const both = { ...ada, attributes: { Site: "Berlin", Role: "CTO" } };
  const half = refusals(plan(desired([both], { fields }), live([dev("ada"), dev("bob")]), policy({ only })));
  expect(half.map(({ name }) => name).sort()).toEqual(["consistency", "only"]);
  expect(half.find(({ name }) => name === "only")?.hint).toBe("apply the whole source once, without --only");
});
