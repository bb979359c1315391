import { runInNewContext } from "node:vm";
import fc from "fast-check";
import { joined } from "./browser-text";

type View = "before" | "after" | "both";
interface Org {
  readonly name: readonly string[];
  readonly email: readonly string[];
  readonly state: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
}
interface Forest {
  readonly below: (manager: number) => Iterable<number>;
  readonly size: ArrayLike<number>;
  readonly count: number;
}
interface Line {
  readonly what: "person" | "gone" | "rest";
  readonly one: number;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly people: number;
}
interface Model {
  makeForest(org: Org, view: View): Forest;
  chartRows(forest: Forest, options: object): readonly Line[];
  openAtFirst(forest: Forest, most: number): ReadonlySet<number>;
}

// What the page does before anything is drawn needs no browser.
const { makeForest, chartRows, openAtFirst } = runInNewContext(
  `${joined(["forest.js", "chart-rows.js"])}; ({ makeForest, chartRows, openAtFirst })`,
) as Model;

/** Any people with any managers before and after: circles, themselves, nobody. */
const anyOrg = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc
    .array(
      fc.record({
        state: fc.constantFrom("j", "l", "m", "c", "s"),
        before: fc.integer({ min: -1, max: count - 1 }),
        after: fc.integer({ min: -1, max: count - 1 }),
      }),
      { minLength: count, maxLength: count },
    )
    .map(
      (people): Org => ({
        name: people.map((_, one) => `P${one}`),
        email: people.map((_, one) => `p${one}@example.com`),
        state: people.map(({ state }) => state).join(""),
        before: people.map(({ before, state }) => (state === "j" ? -1 : before)),
        after: people.map(({ after, state }) => (state === "l" ? -1 : after)),
      }),
    ),
);
const anyView = fc.constantFrom<View>("before", "after", "both");
const shownIn = (org: Org, view: View): readonly number[] =>
  [...org.state].flatMap((state, one) =>
    state === (view === "before" ? "j" : view === "after" ? "l" : "") ? [] : [one],
  );
const sorted = (people: readonly number[]): readonly number[] => [...people].sort((one, other) => one - other);
const all = {
  openRest: new Set(Array.from({ length: 20 }, (_, one) => one - 1)),
  order: (people: Iterable<number>) => [...people],
};

test("with everything open, everybody is there once, whatever the managers are", () => {
  fc.assert(
    fc.property(anyOrg, anyView, fc.boolean(), (org, view, onlyChanged) => {
      const rows = chartRows(makeForest(org, view), { ...all, open: new Set(org.email.keys()), onlyChanged });
      expect(sorted(rows.filter(({ what }) => what === "person").map(({ one }) => one))).toEqual(shownIn(org, view));
      const moved = [...org.state].filter((state) => state === "m").length;
      expect(rows.filter(({ what }) => what === "gone")).toHaveLength(view === "both" ? moved : 0);
      for (const { position, siblings, level } of rows)
        expect(position >= 1 && position <= siblings && level >= 1).toBe(true);
    }),
  );
});

test("who is folded away and who is shown make everybody", () => {
  fc.assert(
    fc.property(anyOrg, anyView, (org, view) => {
      const forest = makeForest(org, view);
      const open = new Set(org.email.keys());
      const rows = chartRows(forest, { ...all, openRest: new Set(), open, onlyChanged: true });
      const shown = rows.filter(({ what }) => what === "person");
      const folded = rows.reduce((sum, { people }) => sum + people, 0);
      expect(shown.length + folded).toBe(shownIn(org, view).length);
      // Nobody who changes is folded away.
      const changing = shownIn(org, view).filter((one) => org.state[one] !== "s");
      expect(shown.map(({ one }) => one)).toEqual(expect.arrayContaining([...changing]));
    }),
  );
});

test("the counts at the top are of everybody", () => {
  fc.assert(
    fc.property(anyOrg, anyView, (org, view) => {
      const forest = makeForest(org, view);
      const tops = [...forest.below(-1)];
      expect(tops.reduce((sum, one) => sum + (forest.size[one] ?? 0) + 1, 0)).toBe(shownIn(org, view).length);
      expect(tops.length).toBeGreaterThan(shownIn(org, view).length === 0 ? -1 : 0);
      expect(forest.count).toBe(shownIn(org, view).length);
    }),
  );
});

test("what is open at first shows everybody who changes when they are few, and is bounded when they are many", () => {
  const org: Org = {
    name: Array.from({ length: 5_000 }, (_, one) => `P${one}`),
    email: Array.from({ length: 5_000 }, (_, one) => `p${one}@example.com`),
    state: `${"s".repeat(4_990)}${"c".repeat(10)}`,
    before: Array.from({ length: 5_000 }, (_, one) => (one === 0 ? -1 : Math.floor((one - 1) / 8))),
    after: Array.from({ length: 5_000 }, (_, one) => (one === 0 ? -1 : Math.floor((one - 1) / 8))),
  };
  const lines = (state: string): readonly Line[] => {
    const forest = makeForest({ ...org, state }, "both");
    return chartRows(forest, { ...all, openRest: new Set(), open: openAtFirst(forest, 600), onlyChanged: true });
  };
  expect(lines(org.state).filter(({ one }) => one >= 4_990)).toHaveLength(10);
  expect(lines("c".repeat(5_000)).length).toBeLessThan(700);
});
