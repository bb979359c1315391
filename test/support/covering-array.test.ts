import * as fc from "fast-check";
import { coveringArray, type Forbidden } from "./covering-array.js";

type Row = readonly number[];

const breaks = (row: Row, forbidden: readonly Forbidden[]) =>
  forbidden.some((one) => [...one].every(([parameter, values]) => values.has(row[parameter] ?? -1)));

/** Every row that there is. */
function everyRow(sizes: readonly number[]): readonly Row[] {
  return sizes.reduce<readonly Row[]>(
    (rows, size) => rows.flatMap((row) => Array.from({ length: size }, (_, value) => [...row, value])),
    [[]],
  );
}

function combinationsIn(rows: readonly Row[], strength: number): ReadonlySet<string> {
  const of = (row: Row, from: number, left: number): readonly string[] =>
    left === 0
      ? [""]
      : row.flatMap((value, at) =>
          at < from ? [] : of(row, at + 1, left - 1).map((rest) => `${at}=${value} ${rest}`),
        );
  return new Set(rows.flatMap((row) => of(row, 0, strength)));
}

test("the smallest one", () => {
  const rows = coveringArray([2, 2, 2], 2);
  expect(rows).toHaveLength(4);
  expect(combinationsIn(rows, 2)).toEqual(combinationsIn(everyRow([2, 2, 2]), 2));
});

test("every combination that is possible is covered, nothing that is forbidden is there", () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 6 });
  const story = sizes.chain((all) =>
    fc.record({
      sizes: fc.constant(all),
      strength: fc.constantFrom(2, 3),
      forbidden: fc.array(
        fc.uniqueArray(fc.nat(all.length - 1), { minLength: 2, maxLength: 3 }).chain((parameters) =>
          fc
            .tuple(
              ...parameters.map((one) =>
                fc.subarray([...Array(all[one] ?? 1).keys()], {
                  minLength: 1,
                  maxLength: Math.min(2, all[one] ?? 1),
                }),
              ),
            )
            .map((values): Forbidden => new Map(parameters.map((one, at) => [one, new Set(values[at])]))),
        ),
        { maxLength: 3 },
      ),
    }),
  );
  fc.assert(
    fc.property(story, ({ sizes, strength, forbidden }) => {
      const possible = everyRow(sizes).filter((row) => !breaks(row, forbidden));
      const rows = coveringArray(sizes, strength, forbidden);
      expect(rows.filter((row) => breaks(row, forbidden))).toEqual([]);
      expect(rows.every((row) => row.every((value, at) => value >= 0 && value < (sizes[at] ?? 0)))).toBe(true);
      expect(combinationsIn(rows, strength)).toEqual(combinationsIn(possible, strength));
    }),
  );
});

test("the same arguments give the same rows", () => {
  expect(coveringArray([3, 2, 4, 2], 2)).toEqual(coveringArray([3, 2, 4, 2], 2));
});
