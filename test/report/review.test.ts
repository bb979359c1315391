import { reviewOf } from "../../provider/report/review";
import { plan } from "../../provider/roster/plan";
import { at, declare, desired, dev, live, policy } from "../support/people";
import { bigPlan, mixedPlan } from "./mixed-plan";

const { plan: mixed, live: roster } = mixedPlan({ columns: true });
const review = reviewOf(mixed, roster.developers, { people: "names" });
const ada = { email: at("ada"), name: "Ada Lovelace" };
const alan = { email: at("alan"), name: "Alan Turing" };

test("every change is the answer to one question, and nothing is lost", () => {
  expect(review.counts).toEqual({ create: 3, update: 6, delete: 2, rename: 1, setIdentity: 4, mapField: 1 });
  expect(review.joins).toEqual([
    { person: { email: at("emil.post"), name: "Emil Post" }, manager: alan, team: "Search" },
    { person: { email: at("nia"), name: "Nia Okafor" }, manager: ada, team: "Payments", due: "2026-11-01" },
    {
      person: { email: at("omar"), name: "Omar *Khayyam*" },
      manager: { email: at("nia"), name: "Nia Okafor" },
      team: "Payments",
    },
  ]);
  expect(review.leaves.map(({ person }) => person.name)).toEqual(["Emil Post", "Jo O'Neill"]);
  expect(review.columns).toEqual([{ column: "Site", before: null, after: "ATTRIBUTE" }]);
  expect(review.kept).toEqual([{ because: "notOurs", people: [{ email: at("zed"), name: "Zed Shaw" }] }]);
  expect(review.warnings).toEqual([
    {
      kind: "looksLikeRename",
      joins: { email: at("emil.post"), name: "Emil Post" },
      leaves: { email: at("emil"), name: "Emil Post" },
    },
  ]);
  expect([review.way, review.checksum]).toEqual([mixed.way, mixed.checksum]);
});

test("another manager, and the same one with a new address", () => {
  expect(review.managers.filter(({ samePerson }) => !samePerson)).toEqual(
    ["bob", "carl", "ida"].map((login) => ({
      person: expect.objectContaining({ email: at(login) }),
      before: ada,
      after: alan,
      samePerson: false,
    })),
  );
  expect(review.managers.filter(({ samePerson }) => samePerson)).toEqual([
    {
      person: { email: at("gus"), name: "Gus Grissom" },
      before: { email: at("fay.old"), name: "Fay Wray" },
      after: { email: at("fay"), name: "Fay Wray" },
      samePerson: true,
    },
  ]);
});

test("values of the team column, and of the others, apart; a name is one of the others", () => {
  expect(review.teamColumn).toBe("Team");
  expect(review.teams.map(({ person }) => person.email)).toEqual([at("bob"), at("carl"), at("ida")]);
  expect(review.others.map(({ person, values }) => [person.email, values])).toEqual([
    [at("dora"), [{ field: "Role", before: "Engineer", after: "Staff Engineer", cleared: false }]],
    [at("hal"), [{ field: "Role", before: "Architect", after: "", cleared: true }]],
  ]);
  const named = plan(
    desired([declare(dev("ada", { name: "Ada King" }))]),
    live([dev("ada", { name: "Ada" })]),
    policy(),
  );
  const { others } = reviewOf(named, live([]).developers, { people: "names" });
  expect(others.map(({ person, values }) => [person.name, values.map(({ field }) => field)])).toEqual([
    ["Ada King", ["Name"]],
  ]);
});

test("an identity that only follows its owner to a new address says so, and is counted there", () => {
  expect(review.renames).toEqual([
    {
      person: { email: at("fay"), name: "Fay Wray" },
      was: { email: at("fay.old"), name: "Fay Wray" },
      identities: 1,
    },
  ]);
  const known = ({ person, integrationId, comesAlong }: (typeof review.identities)[number]) =>
    `${person.email} ${integrationId} ${comesAlong}`;
  expect(review.identities.map(known)).toEqual([
    `${at("ada")} 101 false`,
    `${at("carl")} 101 false`,
    `${at("fay")} 7 true`,
    `${at("fay")} 101 false`,
  ]);
  expect(review.identities[1]?.movedFrom).toEqual({ email: at("jo"), name: "Jo O'Neill" });
});

test("masked: no name, login or value, and no address but its first letter and its domain", () => {
  const guards = { maxDelete: 0, maxManagerChange: 0 };
  const made = mixedPlan({ guards });
  const masked = reviewOf(made.plan, made.live.developers, { people: "masked" });
  const text = JSON.stringify(masked);
  expect(text).not.toMatch(/Lovelace|Turing|Okafor|Fay|Payments|Engineer|ada-gh|carl|fay\.old/i);
  expect(text.match(/[\w.*]+@/g)?.filter((found) => !/^.\*{3}@$/.test(found))).toEqual([]);
  expect(masked.refusals.map(({ name }) => name)).toEqual(["maxDelete", "maxManagerChange"]);
  expect(masked.others.map(({ values }) => values[0]?.cleared)).toEqual([false, true]);
  expect(masked.identities.map(({ comesAlong }) => comesAlong)).toEqual([false, false, true, false]);
});

test("a manager who is nobody is said as far as there is something to say", () => {
  const stray = dev("ada", { manager: "gone" });
  const made = plan(desired([declare({ ...stray, managerEmail: "" })]), live([stray]), policy());
  const { managers } = reviewOf(made, live([stray]).developers, { people: "names" });
  expect(managers).toEqual([
    {
      person: { email: at("ada"), name: "ADA" },
      before: { email: at("gone"), name: "" },
      after: null,
      samePerson: false,
    },
  ]);
});

test("no changes: no answers", () => {
  const made = plan(desired([declare(dev("ada"))]), live([dev("ada")]), policy());
  const { guards, ...rest } = reviewOf(made, live([dev("ada")]).developers, { people: "names" });
  const lists = Object.values(rest).filter((value) => Array.isArray(value));
  expect([...new Set(lists.map((list) => list.length))]).toEqual([0]);
  expect(guards.length).toBeGreaterThan(5);
});

test("the work grows with the changes, not with their square", () => {
  const timeOf = (size: number) => {
    const made = bigPlan(size);
    const start = performance.now();
    reviewOf(made.plan, made.live.developers, { people: "names" });
    return performance.now() - start;
  };
  timeOf(1_000);
  // Sixteen times as many: a quadratic step takes 256 times as long.
  expect(timeOf(16_000) / Math.max(5, timeOf(1_000))).toBeLessThan(100);
});
