import { isObject, type JsonObject } from "./json.js";
import { pick } from "./names.js";

const TOTALS = [
  "total",
  "totalCount",
  "totalElements",
  "totalDevelopers",
  "totalRecords",
  "totalItems",
  "totalResults",
  "totalRows",
  "totalIdentities",
];
const NESTED = [
  "page",
  "pagination",
  "paging",
  "pageInfo",
  "_metadata",
  "metadata",
  "meta",
  "pageable",
  "summary",
  "_page",
];
const HEADERS = ["x-total-count", "x-total-elements", "x-total"];

/**
 * How many there are in all, when the answer says: in a wrapper of the list or in an object beside it that is about
 * pages, or in a header. A `count` that may be the length of the page is not believed.
 *
 * @example
 * findTotal([{ _metadata: { total_count: 521 } }], 100, new Map()); // 521
 * findTotal([{ count: 100 }], 100, new Map()); // null
 */
export function findTotal(
  wrappers: readonly JsonObject[],
  pageLength: number,
  headers: ReadonlyMap<string, string>,
): number | null {
  // The wrapper nearest to the list speaks for it.
  const objects = [...wrappers]
    .reverse()
    .flatMap((wrapper) => [wrapper, ...NESTED.map((name) => pick(wrapper, [name])).filter(isObject)]);
  for (const object of objects) {
    const total = countOf(pick(object, TOTALS));
    if (total !== null) return total;
  }
  for (const object of objects) {
    const count = countOf(pick(object, ["count"]));
    if (count !== null && count > pageLength) return count;
  }
  for (const name of HEADERS) {
    const total = countOf(headers.get(name));
    if (total !== null) return total;
  }
  return null;
}

function countOf(value: unknown): number | null {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
