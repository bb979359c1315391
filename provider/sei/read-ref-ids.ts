import { columnKey, type FieldMapping } from "../roster/field-mapping.js";
import { readPage } from "./codec/list.js";
import { flatten } from "./codec/record.js";
import type { Connection } from "./connection.js";
import { addressOf } from "./learned.js";
import { ownAddress } from "./own-address.js";
import { readPages } from "./paging.js";
import type { SearchWish } from "./routes/routes.js";
import type { JsonObject } from "./shape/json.js";
import { isReferenceName } from "./shape/names.js";

/** More developers than this, and the whole list is read. */
const FEW = 5;

/**
 * The server's own number of these developers (`developerRefId`), as text, by key. Who is not live, or has none in the
 * list, is left out. A server that ignores `emails` shows everybody; the answer is filtered here.
 */
export async function readRefIds(
  connection: Connection,
  emails: readonly string[],
  mapping: FieldMapping,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(emails);
  const few = wanted.size <= FEW;
  const asked: readonly (SearchWish | undefined)[] = few
    ? [...wanted].map((email) => ({ email: addressOf(connection.learned, email), column: mapping.email }))
    : [undefined];
  const found = new Map<string, string>();
  for (const filter of asked) {
    const { records } = await readPages(
      async (wish) => readPage(await connection.call(connection.routes.list(wish, filter))),
      { memory: connection.learned.pages, concurrency: connection.concurrency, walk: false },
    );
    for (const record of records) {
      const email = ownAddress(flatten(record), mapping, connection.learned.listKeys);
      const refId = refIdOf(record);
      if (wanted.has(email) && refId !== null) found.set(email, refId);
    }
  }
  return found;
}

/** `developerRefId` in its spellings, or else `id`. */
function refIdOf(record: JsonObject): string | null {
  const entries = Object.entries(record);
  const [, refId] =
    entries.find(([key]) => isReferenceName(key)) ?? entries.find(([key]) => columnKey(key) === "id") ?? [];
  return typeof refId === "number" || (typeof refId === "string" && refId !== "") ? String(refId) : null;
}
