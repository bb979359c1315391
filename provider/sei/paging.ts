import { NotFoundError, RefusedError, TooLargeError } from "./errors/refusals.js";
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
  readonly total: number | null;
  /** Why the pages cannot be the whole list; null when nothing speaks against it. Counts, never people. */
  readonly flaw: string | null;
}

export interface PagingSettings {
  /** Where the page size is remembered. */
  readonly size: { get(): number | null; set(size: number | null): void };
  readonly concurrency: number;
  /** Do not believe the total: go on until a page is empty. For reading again what did not add up. */
  readonly walk: boolean;
}

const SIZES: readonly (number | null)[] = [100, 50, 20, null];

/**
 * Reads every page: the first, then the others side by side. The server may clamp the page size, ignore the paging or
 * give no total; what cannot be the whole list is said in `flaw`.
 */
export async function readPages(fetch: (wish: PageWish) => Promise<Page>, settings: PagingSettings): Promise<Pages> {
  const first = await firstPage(fetch, settings.size);
  const length = first.records.length;
  if (length === 0) return checked([first]);
  const asked = settings.size.get();
  // A total that equals a full page may be the length of that page.
  const believed = !settings.walk && first.total !== null && !(first.total === length && length === asked);
  if (believed && first.total !== null) {
    const count = Math.ceil(first.total / length);
    const indexes = Array.from({ length: Math.max(0, count - 1) }, (_, at) => at + 1);
    const rest = await mapLimited(indexes, settings.concurrency, (index) => fetch({ index, size: asked }));
    return checked([first, ...rest]);
  }
  return checked([first, ...(await walkOn(fetch, first, asked, settings))]);
}

/** The first page, with the largest page size that the server takes. */
export async function firstPage(fetch: (wish: PageWish) => Promise<Page>, size: PagingSettings["size"]): Promise<Page> {
  const sizes = SIZES.slice(Math.max(0, SIZES.indexOf(size.get())));
  for (const [at, wanted] of sizes.entries()) {
    try {
      const page = await fetch({ index: 0, size: wanted });
      size.set(wanted);
      return page;
    } catch (error) {
      const mayBeTheSize = error instanceof RefusedError || error instanceof TooLargeError;
      if (!mayBeTheSize || at === sizes.length - 1) throw error;
    }
  }
  throw new Error("no page size to try");
}

/** Without a total: until a page is empty, short, out of range or the same as one before. */
async function walkOn(
  fetch: (wish: PageWish) => Promise<Page>,
  first: Page,
  size: number | null,
  settings: PagingSettings,
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  const seen = new Set([fingerprint(first)]);
  // One page first: most accounts that give no total have no second one.
  for (let index = 1, wave = 1; ; index += wave, wave = Math.min(2 * wave, settings.concurrency)) {
    const indexes = Array.from({ length: wave }, (_, at) => index + at);
    const came = await mapLimited(indexes, settings.concurrency, (at) => pageOrNull(fetch, { index: at, size }));
    for (const page of came) {
      if (page === null || page.records.length === 0) return pages;
      const print = fingerprint(page);
      if (seen.has(print)) return pages;
      seen.add(print);
      pages.push(page);
      if (!settings.walk && page.records.length < first.records.length) return pages;
    }
  }
}

async function pageOrNull(fetch: (wish: PageWish) => Promise<Page>, wish: PageWish): Promise<Page | null> {
  try {
    return await fetch(wish);
  } catch (error) {
    // Beyond the end, with a server that refuses to look there.
    if (error instanceof NotFoundError || error instanceof RefusedError) return null;
    throw error;
  }
}

function fingerprint(page: Page): string {
  return JSON.stringify(page.records);
}

function checked(pages: readonly Page[]): Pages {
  const records = pages.flatMap((page) => page.records);
  // When the first page gives no total, what looks like one on a shorter page is the length of a page.
  const stated = pages[0]?.total === null ? [] : pages.map(({ total }) => total);
  const totals = new Set(stated.filter((total) => total !== null));
  const [total = null] = totals;
  return { records, total, flaw: flawOf(records.length, totals, pages) };
}

function flawOf(rows: number, totals: ReadonlySet<number>, pages: readonly Page[]): string | null {
  // `total` as the length of each page says nothing about the whole.
  if (pages.length > 1 && pages.every(({ total, records }) => total === records.length)) return null;
  if (totals.size > 1) return `the list changed while it was read (totals ${[...totals].join(" and ")})`;
  const [total = rows] = totals;
  return total === rows ? null : `the list says that there are ${total} and shows ${rows}`;
}
