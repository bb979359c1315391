import { readPage } from "../codec/list.js";
import type { Connection } from "../connection.js";
import { NotFoundError, RefusedError, SetupRequiredError, TooLargeError } from "../errors/refusals.js";
import { firstPage, type Page, type PageMemory } from "../paging.js";
import type { PageWish } from "../routes/routes.js";
import type { JsonObject } from "../shape/json.js";
import type { SeiRequest } from "../transport/request.js";

/** The request of one page of a list. */
export type PageRequest = (wish: PageWish) => SeiRequest;

/** The first page of a list that has more than one. */
export interface FullPage {
  readonly records: readonly JsonObject[];
}

/**
 * The first page of a whole list. null: there is no such list, or it is no longer than this page, so that to read it
 * whole is as cheap as to read a part of it.
 */
export async function fullPage(
  connection: Connection,
  memory: PageMemory,
  request: PageRequest,
): Promise<FullPage | null> {
  const fetch = async (wish: PageWish) => readPage(await connection.call(request(wish)));
  const page = await pageOrNull(() => firstPage(fetch, memory));
  if (page === null || page.records.length === 0) return null;
  const { records, total } = page;
  // A short page without a total may be all there is, or as long as the server makes them.
  const next = total === null ? await pageOrNull(() => fetch({ index: memory.base + 1, size: memory.size })) : null;
  const isWhole = total === null ? next === null || next.records.length === 0 : total <= records.length;
  return isWhole ? null : { records };
}

/**
 * Everything that a filtered list shows. A server that ignores the filter shows the full page again, and one that shows
 * as much as that may have more: only a shorter page that says of no more is an answer.
 *
 * @param full the page without the filter
 * @returns null when it is none
 */
export async function narrowPage(
  connection: Connection,
  { size, base }: PageMemory,
  request: PageRequest,
  full: FullPage,
): Promise<readonly JsonObject[] | null> {
  const page = await pageOrNull(async () => readPage(await connection.call(request({ index: base, size }))));
  if (page === null || page.records.length >= full.records.length) return null;
  return page.total === null || page.total === page.records.length ? page.records : null;
}

/**
 * The same address in the other case: a server that finds somebody by it finds them however they are spelled.
 *
 * @returns null when it has no letters
 */
export function otherCase(address: string): string | null {
  const upper = address.toUpperCase();
  const other = upper === address ? address.toLowerCase() : upper;
  return other === address ? null : other;
}

async function pageOrNull(read: () => Promise<Page>): Promise<Page | null> {
  try {
    return await read();
  } catch (error) {
    const refused = [NotFoundError, RefusedError, SetupRequiredError, TooLargeError];
    if (refused.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}
