import fc from "fast-check";
import { type EveryPageSettings, readEveryPage } from "../../../provider/sei/contributors/every-page";
import type { ContributorPage } from "../../../provider/sei/contributors/page";
import { UnprovenListError } from "../../../provider/sei/errors";
import type { PageWish } from "../../../provider/sei/routes/routes";
import type { JsonObject } from "../../../provider/sei/shape/json";

type Fetch = (wish: PageWish) => Promise<ContributorPage>;

function read(fetch: Fetch, more: Partial<EveryPageSettings> = {}) {
  return readEveryPage(fetch, {
    memory: { size: 999, base: 0 },
    concurrency: 4,
    keyOf: ({ id }) => (id === "0" ? null : String(id)),
    rereadMs: [1, 1],
    wait: async () => undefined,
    call: { method: "POST", path: "/v1/org/users/list" },
    ...more,
  });
}

const people = (count: number) => Array.from({ length: count }, (_, at) => ({ id: String(at + 1) }));
const nobody = (at: number) => ({ id: "0", login: `seen-${at}` });

const server = fc.record({
  count: fc.nat({ max: 60 }),
  /** Where those stand who are nobody's. */
  dangling: fc.array(fc.nat({ max: 60 }), { maxLength: 12 }),
  most: fc.integer({ min: 1, max: 25 }),
  total: fc.constantFrom("all", "people", "none" as const),
  nonUsers: fc.boolean(),
  hasNext: fc.constantFrom("true", "honest", "none" as const),
  concurrency: fc.integer({ min: 1, max: 8 }),
});

function everybody(count: number, dangling: readonly number[]): readonly JsonObject[] {
  const all: JsonObject[] = people(count);
  for (const [at, place] of dangling.entries()) all.splice(Math.min(place, all.length), 0, nobody(at));
  return all;
}

test("whatever the page size, the totals and has_next: everybody, once, in order, and the reading ends", async () => {
  await fc.assert(
    fc.asyncProperty(server, async ({ count, dangling, most, total, nonUsers, hasNext, concurrency }) => {
      const all = everybody(count, dangling);
      let requests = 0;
      const fetch: Fetch = async ({ index, size }) => {
        requests += 1;
        const length = Math.min(size ?? most, most);
        const records = all.slice(index * length, (index + 1) * length);
        return {
          records,
          total: total === "all" ? all.length : total === "people" ? count : null,
          nonUsers: nonUsers ? dangling.length : null,
          hasNext: hasNext === "true" ? true : hasNext === "honest" ? (index + 1) * length < all.length : null,
        };
      };
      const records = await read(fetch, { concurrency });
      // Who is nobody's may stand on pages that need not be read.
      expect(records.filter(({ id }) => id !== "0")).toEqual(people(count));
      expect(requests).toBeLessThanOrEqual(Math.ceil(all.length / most) + 1 + concurrency);
    }),
    { numRuns: 500 },
  );
});

const faulty = fc.record({
  count: fc.integer({ min: 1, max: 40 }),
  most: fc.integer({ min: 1, max: 12 }),
  /** Which page goes out in place of each. */
  instead: fc.array(fc.nat({ max: 8 }), { minLength: 1, maxLength: 8 }),
  lost: fc.nat({ max: 2 }),
  hasNext: fc.constantFrom(true, false, null),
});

test("pages that come twice, in place of others, or have lost somebody: an error, or everybody once", async () => {
  let errors = 0;
  await fc.assert(
    fc.asyncProperty(faulty, async ({ count, most, instead, lost, hasNext }) => {
      const all = people(count);
      let requests = 0;
      const fetch: Fetch = async ({ index }) => {
        requests += 1;
        const from = instead[index] ?? index;
        const records = all.slice(from * most, (from + 1) * most);
        return { records: records.slice(index === 1 ? lost : 0), total: count, nonUsers: null, hasNext };
      };
      const outcome = await read(fetch).catch((error: unknown) => error);
      expect(requests).toBeLessThanOrEqual(3 * (count + 6));
      if (outcome instanceof UnprovenListError) {
        errors += 1;
        return;
      }
      const ids = (outcome as readonly JsonObject[]).map(({ id }) => String(id)).sort();
      expect(ids).toEqual(all.map(({ id }) => id).sort());
    }),
    { numRuns: 500 },
  );
  expect(errors).toBeGreaterThan(50);
});

test("a server that never ends is given up, and so is one that repeats a page", async () => {
  let next = 0;
  const endless: Fetch = async () => ({
    records: [{ id: String(++next) }],
    total: null,
    nonUsers: null,
    hasNext: true,
  });
  await expect(read(endless, { rereadMs: [] })).rejects.toThrow("it has not ended after 20000 pages");
  let asked = 0;
  const same: Fetch = async () => {
    asked += 1;
    return { records: people(3), total: 1_000_000, nonUsers: null, hasNext: true };
  };
  await expect(read(same)).rejects.toThrow("page 2 is the same as one before it");
  expect(asked).toBeLessThanOrEqual(15);
});

test("a first page that gives its own length as the total and says that there is more is not believed", async () => {
  const fetch: Fetch = async ({ index }) => ({
    records: people(20).slice(index * 10, index * 10 + 10),
    total: 10,
    nonUsers: null,
    hasNext: true,
  });
  await expect(read(fetch)).rejects.toThrow("it says that there are 10 and shows 20");
});
