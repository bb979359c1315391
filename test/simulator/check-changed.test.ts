import fc from "fast-check";
import { strings } from "../../provider/roster/strings.js";
import type { StoredDeveloper } from "../../provider/simulator/account/account.js";
import { checkChanged } from "../../provider/simulator/rules/check-changed.js";
import { checkRecords } from "../../provider/simulator/rules/check-records.js";
import { findCycles, NOBODY, ON_CYCLE } from "../../provider/simulator/rules/cycles.js";
import { DIALECTS, type Dialect } from "../../provider/simulator/simulator.js";

const COLUMNS = [
  { name: "Name", type: "NAME" },
  { name: "Email", type: "EMAIL" },
  { name: "Boss", type: "MANAGER_EMAIL" },
] as const;

const key = fc.constantFrom("a", "b", "c", "d", "e");
const put = fc.record({ name: fc.constantFrom("N", "N", "N", ""), key, boss: fc.oneof(key, fc.constant("")) });
const write = fc.record({ put: fc.array(put, { maxLength: 3 }), gone: fc.array(key, { maxLength: 2 }) });

test("what is found among those who changed is what is found among all", () => {
  const entries = { selfManager: fc.constantFrom("cycle" as const, "root" as const) };
  fc.assert(
    fc.property(fc.array(write, { maxLength: 12 }), fc.record(entries), (writes, given) => {
      const dialect: Dialect = { ...DIALECTS.default, ...given };
      let before: ReadonlyMap<string, StoredDeveloper> = new Map();
      for (const { put, gone } of writes) {
        const after = new Map(before);
        const touched = new Set<string>();
        const present = gone.filter((each) => after.delete(each));
        for (const { name, key, boss } of put) {
          touched.add(key);
          after.set(key, {
            refId: 1,
            values: strings([
              ["Name", name],
              ["Email", key],
              ["Boss", boss],
            ]),
          });
        }
        const records = () => [...after.values()].map(({ values }) => values);
        const changed = { before, after, touched, gone: new Set(present), records, unique: true };
        const expected = checkRecords(records(), COLUMNS, dialect);
        expect(checkChanged(changed, COLUMNS, dialect)).toEqual(expected);
        if (expected.length === 0) before = after;
      }
    }),
    { numRuns: 1000 },
  );
});

test("everybody is looked at once, and then only who changed", () => {
  const values = (email: string) =>
    strings([
      ["Name", "N"],
      ["Email", email],
      ["Boss", ""],
    ]);
  const before = new Map([["a", { refId: 1, values: values("a") }]]);
  const after = new Map(before).set("b", { refId: 2, values: values("b") });
  const records = jest.fn(() => [values("a")]);
  const gone = new Set<string>();
  checkChanged(
    { before: new Map(), after: before, touched: new Set("a"), gone, records, unique: true },
    COLUMNS,
    DIALECTS.default,
  );
  expect(records).toHaveBeenCalledTimes(1);
  checkChanged({ before, after, touched: new Set("b"), gone, records, unique: true }, COLUMNS, DIALECTS.default);
  expect(records).toHaveBeenCalledTimes(1);
  checkChanged({ before, after, touched: new Set("b"), gone, records, unique: false }, COLUMNS, DIALECTS.default);
  checkChanged({ before, after, touched: new Set("b"), gone, records, unique: true }, [...COLUMNS], DIALECTS.default);
  expect(records).toHaveBeenCalledTimes(3);
});

test("somebody is on a circle when the way up comes back, and below one when it never ends", () => {
  const graph = fc
    .integer({ min: 1, max: 12 })
    .chain((size) => fc.array(fc.integer({ min: NOBODY, max: size - 1 }), { minLength: size, maxLength: size }));
  fc.assert(
    fc.property(graph, (managers) => {
      const found = findCycles(Int32Array.from(managers));
      managers.forEach((_, start) => {
        const met: number[] = [];
        for (
          let at = managers[start] ?? NOBODY;
          at !== NOBODY && met.length <= managers.length;
          at = managers[at] ?? NOBODY
        ) {
          met.push(at);
        }
        const endless = met.length > managers.length;
        expect({ start, on: found[start] === ON_CYCLE, any: found[start] !== 0 }).toEqual({
          start,
          on: met.includes(start),
          any: endless,
        });
      });
    }),
    { numRuns: 1000 },
  );
});
