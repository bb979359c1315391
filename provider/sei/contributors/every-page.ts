import { UnprovenListError } from "../errors/contributor-errors.js";
import { type Call, hasStatus } from "../errors/sei-error.js";
import { firstPage, type PageMemory } from "../paging.js";
import type { PageWish } from "../routes/routes.js";
import type { JsonObject } from "../shape/json.js";
import { mapLimited } from "../transport/limiter.js";
import type { ContributorPage } from "./page.js";

type FetchPage = (wish: PageWish) => Promise<ContributorPage>;

export interface EveryPageSettings {
  readonly memory: PageMemory;
  /** Pages asked for side by side. */
  readonly concurrency: number;
  /** What no two records share; null for a record that is nobody's, which the total may count or not. */
  readonly keyOf: (record: JsonObject) => string | null;
  /** Waits before the list is read again because its pages contradict each other. */
  readonly rereadMs: readonly number[];
  readonly wait: (ms: number) => Promise<void>;
  readonly call: Call;
}

/** A server that never ends: at ten records a page, the least that is known, this is 200,000 people. */
const MOST_PAGES = 20_000;

/**
 * Reads every page of a v1 list. `has_next: true` is not believed: the end is an empty page, the total, or where there is
 * none, `has_next: false` or a short page.
 *
 * @throws UnprovenListError when a page repeats, a record comes twice, or the total is another one, also when read again
 */
export async function readEveryPage(fetch: FetchPage, settings: EveryPageSettings): Promise<readonly JsonObject[]> {
  let read = await readOnce(fetch, settings);
  for (const ms of settings.rereadMs) {
    if (read.flaw === null) break;
    await settings.wait(ms);
    read = await readOnce(fetch, settings);
  }
  if (read.flaw !== null) throw new UnprovenListError(settings.call, read.flaw);
  return read.records;
}

interface Read {
  readonly records: readonly JsonObject[];
  readonly flaw: string | null;
}

async function readOnce(fetch: FetchPage, { memory, concurrency, keyOf }: EveryPageSettings): Promise<Read> {
  const list = new ListSoFar(keyOf);
  list.add(await firstPage(fetch, memory));
  for (let index = memory.base + 1; !list.isOver; ) {
    const wave = Math.min(list.pagesLeft, concurrency);
    const indexes = Array.from({ length: wave }, (_, at) => index + at);
    const pages = await mapLimited(indexes, concurrency, (at) => beyond(fetch, { index: at, size: memory.size }));
    for (const page of pages) if (!list.isOver) list.add(page);
    index += wave;
  }
  return { records: list.records, flaw: list.flaw };
}

const NO_SUCH_PAGE = new Set([400, 404, 416, 422]);
const EMPTY: ContributorPage = { records: [], total: null, nonUsers: null, hasNext: null };

/** A page after the first: some servers refuse to look beyond the end. */
async function beyond(fetch: FetchPage, wish: PageWish): Promise<ContributorPage> {
  try {
    return await fetch(wish);
  } catch (error) {
    if (hasStatus(error, NO_SUCH_PAGE)) return EMPTY;
    throw error;
  }
}

/** The pages that came, and what they say of the others. */
class ListSoFar {
  readonly records: JsonObject[] = [];
  isOver = false;
  flaw: string | null = null;
  readonly #keyOf: EveryPageSettings["keyOf"];
  readonly #keys = new Set<string>();
  /** Of those who are nobody's, who have no key: one that comes twice may stand in the place of somebody. */
  readonly #others = new Set<string>();
  readonly #prints = new Set<string>();
  #pages = 0;
  #firstLength = 0;
  #total: number | null = null;
  #nonUsers: number | null = null;

  constructor(keyOf: EveryPageSettings["keyOf"]) {
    this.#keyOf = keyOf;
  }

  /** How many pages are still to come by the total; one where it does not say. After a first page that is not the end. */
  get pagesLeft(): number {
    const left = (this.#total ?? 0) - this.records.length;
    return Math.max(1, Math.ceil(left / this.#firstLength));
  }

  get #all(): number {
    return this.#keys.size + this.#others.size;
  }

  add(page: ContributorPage): void {
    this.#pages += 1;
    if (page.records.length === 0) {
      this.#noteTotal(page);
      this.#end();
      return;
    }
    if (this.#pages === 1) this.#firstLength = page.records.length;
    const print = JSON.stringify(page.records);
    if (this.#prints.has(print)) {
      this.#end(`page ${this.#pages} is the same as one before it`);
      return;
    }
    this.#prints.add(print);
    this.#noteTotal(page);
    let doubles = 0;
    for (const record of page.records) {
      const key = this.#keyOf(record);
      if (key === null) this.#others.add(JSON.stringify(record));
      else if (this.#keys.size === this.#keys.add(key).size) doubles += 1;
      this.records.push(record);
    }
    if (doubles > 0) this.#end(`${doubles} of the records on page ${this.#pages} came before`);
    else if (this.#pages >= MOST_PAGES) this.#end(`it has not ended after ${MOST_PAGES} pages`);
    else if (this.flaw !== null || this.#isWhole(page)) this.#end();
  }

  /** The first page that has one says it; an empty page beyond the end may say 0. */
  #noteTotal({ records, total, nonUsers }: ContributorPage): void {
    this.#nonUsers ??= nonUsers;
    if (total === null || (records.length === 0 && this.#pages > 1)) return;
    if (this.#total !== null && total !== this.#total && this.flaw === null) {
      this.flaw = `it changed while it was read (totals ${this.#total} and ${total})`;
    }
    this.#total ??= total;
  }

  /** Nobody knows whether the total counts those who are nobody's: so it must be reached without them, or with all. */
  #isWhole({ records, hasNext }: ContributorPage): boolean {
    const total = this.#total;
    if (total === null) return hasNext === false || (hasNext === null && records.length < this.#firstLength);
    // A total that is only the length of its own page.
    if (this.#pages === 1 && hasNext === true && total === records.length) return false;
    if (this.#keys.size >= total) return true;
    const nonUsers = this.#nonUsers;
    if (nonUsers !== null && this.#all >= total + nonUsers) return true;
    const isReached = this.#all >= total && (nonUsers === null || this.#keys.size + nonUsers === total);
    return isReached && hasNext === false;
  }

  #end(flaw: string | null = null): void {
    this.isOver = true;
    this.flaw = flaw ?? this.flaw ?? this.#contradiction();
  }

  #contradiction(): string | null {
    const total = this.#total;
    if (total === null) return null;
    const [all, own] = [this.#all, this.#keys.size];
    if (all === total || own === total || (this.#nonUsers !== null && own + this.#nonUsers === total)) return null;
    return `it says that there are ${total} and shows ${all}`;
  }
}
