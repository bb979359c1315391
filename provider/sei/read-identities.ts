import type { Identity } from "../roster/developer.js";
import { emailKey } from "../roster/email.js";
import { isTable, readTable } from "./codec/csv.js";
import { identityRows, readIdentityRecords } from "./codec/identities.js";
import { readPage } from "./codec/list.js";
import type { Connection } from "./connection.js";
import { NotFoundError, RefusedError, SetupRequiredError, TooLargeError } from "./errors/refusals.js";
import { UnreadableAnswerError } from "./errors/transport-errors.js";
import { addressOf, type Learned } from "./learned.js";
import { firstPage, type PagingSettings, readPages } from "./paging.js";
import { mapLimited } from "./transport/limiter.js";

/** More developers than this, and everything is read at once. */
const FEW = 25;

/** Every identity of the account; none when the API answers 404. */
export async function readAllIdentities(connection: Connection): Promise<readonly Identity[]> {
  let pages = await readPagesOfIdentities(connection, false);
  for (const ms of connection.rereadMs) {
    if (pages.flaw === null) break;
    await connection.wait(ms);
    pages = await readPagesOfIdentities(connection, true);
  }
  if (pages.flaw !== null) {
    const { method, path } = connection.routes.identities({ index: 0, size: null });
    throw new UnreadableAnswerError({ method, path }, 200, `the identities are not all there: ${pages.flaw}`);
  }
  return readIdentityRecords(pages.records);
}

/**
 * The identities of a few developers. How several values of `emails` are written is not documented, so each request asks
 * for one; a server that ignores or refuses the filter is asked for everything, and the answer is filtered here.
 */
export async function readIdentitiesOf(
  connection: Connection,
  emails: readonly string[],
): Promise<readonly Identity[]> {
  const wanted = new Set(emails.map(emailKey));
  if (wanted.size === 0) return [];
  const asked = wanted.size <= FEW && connection.learned.identityFilter !== "ignored";
  const found = asked ? await filtered(connection, [...wanted]) : null;
  const all = found ?? (await readAllIdentities(connection));
  return all.filter(({ email }) => wanted.has(email));
}

/** null: the filter does not work here. */
async function filtered(connection: Connection, emails: readonly string[]): Promise<readonly Identity[] | null> {
  const found: Identity[] = [];
  // The first alone, to learn whether the filter works at all.
  const [first = "", ...rest] = emails;
  const firstPage = await identitiesOfOne(connection, first);
  if (firstPage === null) return null;
  found.push(...firstPage);
  const others = await mapLimited(rest, connection.concurrency, (email) => identitiesOfOne(connection, email));
  for (const identities of others) {
    if (identities === null) return null;
    found.push(...identities);
  }
  return found;
}

async function identitiesOfOne(connection: Connection, email: string): Promise<readonly Identity[] | null> {
  const { learned, routes } = connection;
  if (learned.identityFilter === "ignored") return null;
  try {
    const page = await firstPage(
      async (wish) => readPage(await connection.call(routes.identities(wish, [addressOf(learned, email)]))),
      pageSize(learned),
    );
    const identities = readIdentityRecords(page.records);
    const others = identities.some((one) => one.email !== email);
    const more = page.total !== null && page.total > page.records.length;
    if (!others && !more) {
      learned.identityFilter = "works";
      return identities;
    }
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof SetupRequiredError) return [];
    if (!(error instanceof RefusedError) && !(error instanceof TooLargeError)) throw error;
  }
  learned.identityFilter = "ignored";
  return null;
}

function pageSize(learned: Learned): PagingSettings["size"] {
  return {
    get: () => learned.identitiesPageSize,
    set: (value) => {
      learned.identitiesPageSize = value;
    },
  };
}

async function readPagesOfIdentities(connection: Connection, walk: boolean) {
  const { learned, routes, concurrency } = connection;
  const size = pageSize(learned);
  try {
    return await readPages(async (wish) => readPage(await connection.call(routes.identities(wish))), {
      size,
      concurrency,
      walk,
    });
  } catch (error) {
    const nothing = { records: [], total: null, flaw: null };
    if (error instanceof NotFoundError || error instanceof SetupRequiredError) return nothing;
    if (!(error instanceof RefusedError)) throw error;
    // No JSON here: the documents have a CSV form too.
    const answer = await connection.call(routes.identitiesCsv());
    if (!isTable(answer)) throw error;
    return { ...nothing, records: identityRows(readTable(answer)) };
  }
}
