import { isMethodMissing, NotFoundError, RefusedError, TooLargeError } from "./errors/refusals.js";
import type { PageWish } from "./routes/routes.js";
import type { JsonObject } from "./shape/json.js";
import { mapLimited } from "./transport/limiter.js";

export interface Page {
  readonly records: readonly JsonObject[];
  /** What the answer says there are in all; null when it does not say. */
  readonly total: number | null;
}

export interface Pages {
  readonly records: readonly JsonObject[];
  /** What the pages say there are in all; null when they do not say, or only how long they are themselves. */
  readonly total: number | null;
  /** Why the pages cannot be the whole list; null when nothing speaks against it. Counts, never people. */
  readonly flaw: string | null;
  /** Why the pages may not be the whole list: only an answer of another kind could tell. Null when they look whole. */
  readonly doubt: string | null;
  /** Records of the first page. */
  readonly pageLength: number;
}

/** What is known of how a server pages. */
export interface PageMemory {
  /** Records a page; null: the server wants no pageSize. */
  size: number | null;
  /** The index of the first page. */
  base: 0 | 1;
}

export interface PagingSettings {
  readonly memory: PageMemory;
  readonly concurrency: number;
  /** Do not believe the total: go on until a page is empty. For reading again what did not add up. */
  readonly walk: boolean;
}

type FetchPage = (wish: PageWish) => Promise<Page>;

const SIZES: readonly (number | null)[] = [100, 50, 20, null];

/**
 * Reads every page: the first, then the others side by side. The server may clamp the page size, ignore the paging or
 * give no total; what cannot be the whole list is said in `flaw`, and what might not be in `doubt`.
 */
export async function readPages(fetch: FetchPage, settings: PagingSettings): Promise<Pages> {
  const { memory, concurrency, walk } = settings;
  const first = await firstPage(fetch, memory);
  const length = first.records.length;
  const asked = memory.size;
  if (length === 0) return checked([first], null, asked);
  // A total that equals a full page may be the length of that page.
  const believed = !walk && first.total !== null && !(first.total === length && length === asked);
  if (believed && first.total !== null) {
    const count = Math.ceil(first.total / length);
    const indexes = Array.from({ length: Math.max(0, count - 1) }, (_, at) => memory.base + at + 1);
    // A page that was announced and is refused may be gone by now: then the total says that the list is not whole.
    const rest = await mapLimited(indexes, concurrency, (index) => pageOrNull(fetch, { index, size: asked }));
    return checked([first, ...rest.filter((page) => page !== null)], null, asked);
  }
  const { pages, repeated } = await walkOn(fetch, first, settings);
  const doubt = repeated ? "a page is the same as one before it, so the paging may be ignored" : null;
  return checked([first, ...pages], doubt, asked);
}

/**
 * The first page, with the largest page size that the server takes. A server that refuses page 0 in every size is asked
 * for page 1: it may count from there.
 */
export async function firstPage<P extends Page>(fetch: (wish: PageWish) => Promise<P>, memory: PageMemory): Promise<P> {
  const at = SIZES.indexOf(memory.size);
  const sizes = at === -1 ? [memory.size, ...SIZES] : SIZES.slice(at);
  let refusal: unknown = null;
  for (const base of memory.base === 1 ? ([1] as const) : ([0, 1] as const)) {
    for (const size of sizes) {
      try {
        const page = await fetch({ index: base, size });
        Object.assign(memory, { size, base });
        return page;
      } catch (error) {
        const mayBeTheWish =
          (error instanceof RefusedError && !isMethodMissing(error)) || error instanceof TooLargeError;
        // Page 1 is only a guess: what was said of page 0 is what whoever reads the error wants to know.
        const guess = base === 1 && refusal !== null;
        if (!mayBeTheWish) throw guess ? refusal : error;
        if (!guess) refusal = error;
      }
    }
  }
  throw refusal;
}

/** Pages of another size end elsewhere, so what gets lost at the end of a page shows. null: any size. */
export function otherSize(pageLength: number): number | null {
  return pageLength === 0 ? null : Math.ceil(pageLength / 2);
}

/** Without a total: until a page is empty, short, out of range or the same as one before. */
async function walkOn(
  fetch: FetchPage,
  first: Page,
  { memory: { size, base }, concurrency, walk }: PagingSettings,
): Promise<{ readonly pages: readonly Page[]; readonly repeated: boolean }> {
  const pages: Page[] = [];
  const seen = new Set([fingerprint(first)]);
  // One page first: most accounts that give no total have no second one.
  for (let index = base + 1, wave = 1; ; index += wave, wave = Math.min(2 * wave, concurrency)) {
    const indexes = Array.from({ length: wave }, (_, at) => index + at);
    const came = await mapLimited(indexes, concurrency, (at) => pageOrNull(fetch, { index: at, size }));
    for (const page of came) {
      if (page === null || page.records.length === 0) return { pages, repeated: false };
      const print = fingerprint(page);
      if (seen.has(print)) return { pages, repeated: true };
      seen.add(print);
      pages.push(page);
      if (!walk && page.records.length < first.records.length) return { pages, repeated: false };
    }
  }
}

async function pageOrNull(fetch: FetchPage, wish: PageWish): Promise<Page | null> {
  try {
    return await fetch(wish);
  } catch (error) {
    // Beyond the end, with a server that refuses to look there.
    if (error instanceof NotFoundError || error instanceof RefusedError) return null;
    throw error;
  }
}

/** The first page and what came after it. */
type SomePages = readonly [Page, ...Page[]];

function fingerprint(page: Page): string {
  return JSON.stringify(page.records);
}

function checked(pages: SomePages, doubt: string | null, asked: number | null): Pages {
  const records = pages.flatMap((page) => page.records);
  // When the first page gives no total, what looks like one on a shorter page is the length of a page. And `total` as
  // the length of each page says nothing about the whole.
  const silent =
    pages[0].total === null || (pages.length > 1 && pages.every((page) => page.total === page.records.length));
  const totals = new Set(silent ? [] : pages.map(({ total }) => total).filter((total) => total !== null));
  const [total = null] = totals;
  const pageLength = pages[0].records.length;
  // Shown again and again, a full page that gives its own length as the total may be the whole list or not.
  const full = pages.length === 1 && total === pageLength && pageLength === asked;
  const stated = doubt !== null && full ? null : total;
  return { records, total: stated, flaw: flawOf(records.length, totals), doubt: doubt ?? doubtOf(pages), pageLength };
}

function flawOf(rows: number, totals: ReadonlySet<number>): string | null {
  if (totals.size > 1) return `the list changed while it was read (totals ${[...totals].join(" and ")})`;
  const [total = rows] = totals;
  return total === rows ? null : `the list says that there are ${total} and shows ${rows}`;
}

/** Every page but the last is as long as the first, or some of them have lost records. */
function doubtOf(pages: SomePages): string | null {
  const first = pages[0].records.length;
  const lengths = pages.map(({ records }) => records.length);
  const odd = lengths.findIndex((length, at) => length > first || (length < first && at < lengths.length - 1));
  return odd === -1 ? null : `page ${odd + 1} has ${lengths[odd]} records and the first ${first}`;
}
