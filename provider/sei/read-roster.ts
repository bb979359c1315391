import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { Completeness, Disputed } from "../roster/live-roster.js";
import { matchColumns } from "./codec/columns.js";
import { isTable, readTable, type Table } from "./codec/csv.js";
import { type DecodedDevelopers, readDevelopers } from "./codec/developers.js";
import { readPage } from "./codec/list.js";
import { placesIn } from "./codec/place.js";
import { flatten, keysOf } from "./codec/record.js";
import { readSchema, type Schema } from "./codec/schema.js";
import type { Connection } from "./connection.js";
import {
  ForbiddenError,
  NotFoundError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnsupportedMediaTypeError,
} from "./errors/refusals.js";
import { otherGeneration } from "./other-generation.js";
import { firstPage, otherSize, type Pages, readPages } from "./paging.js";
import { knowsItsPaths } from "./probe.js";
import { listCall } from "./routes/generations.js";
import type { JsonObject } from "./shape/json.js";

/** The developers and the field mapping, read once by both ways. */
export interface RosterRead {
  readonly mapping: FieldMapping | null;
  readonly developers: ReadonlyMap<string, Developer>;
  readonly completeness: Completeness;
  /** Left out for nobody. */
  readonly disputed?: Disputed;
}

/** The statuses of them. */
const STATUS = { missing: 404, none: 412 } as const;

const NO_PAGES: Pages = { records: [], total: null, flaw: null, doubt: null, pageLength: 0 };

/** An answer that says "nothing here": `missing` when it was a 404, which a wrong endpoint would give too. */
type Nothing = "missing" | "none";

/**
 * Reads the schema, the list and the CSV download, and compares. Two answers of the API must agree on who is there;
 * otherwise the read is not proven to be complete, and says why in counts.
 *
 * @param walk do not believe totals
 */
export async function readRosterOnce(connection: Connection, walk: boolean): Promise<RosterRead> {
  const [schema, list, table] = await readAll(connection, walk);
  if (list === "missing") await refuseOtherGeneration(connection);
  if (typeof schema === "string") return withoutSchema(connection, schema, list, table);
  connection.learned.schemaForm = schema.form;
  const pages: Pages = typeof list === "string" ? NO_PAGES : list;
  const decoded = readDevelopers(schema, pages.records, table, listCall(connection.routes));
  connection.learned.addresses.clear();
  for (const [key, address] of decoded.addresses) connection.learned.addresses.set(key, address);
  const developers = new Map(decoded.listed.map((developer) => [developer.email, developer]));
  learn(connection, decoded.listKeys, pages.records, developers);
  const flaw =
    (typeof list === "string" ? `the list answers ${STATUS[list]}, although there is a field mapping` : null) ??
    pages.flaw ??
    (await contradiction(connection, schema, pages, table, decoded)) ??
    decoded.doubt;
  return {
    mapping: decoded.mapping,
    developers,
    completeness: flaw === null ? { proven: true, count: decoded.listed.length } : { proven: false, reason: flaw },
    ...(decoded.disputed === null ? {} : { disputed: decoded.disputed }),
  };
}

/** @throws WrongGenerationError instead of a refusal that means that the paths are those of the other generation */
async function readAll(connection: Connection, walk: boolean) {
  try {
    return await Promise.all([
      readSchemaOrNothing(connection),
      readListOrNothing(connection, walk),
      downloadOrNull(connection),
    ]);
  } catch (error) {
    throw (await otherGeneration(connection, error)) ?? error;
  }
}

/** @throws WrongGenerationError when it is the path that is missing, and the other generation's is there */
async function refuseOtherGeneration(connection: Connection): Promise<void> {
  const missing = new NotFoundError({ call: listCall(connection.routes), status: 404, said: "", reads: true });
  const wrong = await otherGeneration(connection, missing);
  if (wrong !== null) throw wrong;
}

/** Why a second answer does not say the same as the list; null when it does. */
async function contradiction(
  connection: Connection,
  schema: Schema,
  pages: Pages,
  table: Table | null,
  { listed, downloaded }: DecodedDevelopers,
): Promise<string | null> {
  const emails = listed.map(({ email }) => email);
  if (downloaded !== null) {
    // A broken answer is as empty as this.
    const silent = table?.header.length === 0 && emails.length === 0 && pages.total === null;
    if (silent) return "the list shows nobody and gives no total, and the CSV download is empty, even of column names";
    return disagreement(emails, downloaded, "the CSV download");
  }
  // The list read again, in pages of another size when it gives no total: the same pages would lose the same people.
  const again = await readListOrNothing(connection, true, pages.total === null ? otherSize(pages.pageLength) : null);
  if (typeof again === "string") return "the list was there once, and was then refused as if there were none";
  const second = readDevelopers(schema, again.records, null, listCall(connection.routes));
  const emailsAgain = second.listed.map(({ email }) => email);
  const words = again.flaw ?? disagreement(emails, emailsAgain, "the list read again");
  if (words !== null || pages.total !== null) return words;
  const doubt = pages.doubt ?? again.doubt ?? (emails.length === 0 ? "the list shows nobody and gives no total" : null);
  return doubt === null ? null : `${doubt}, and there is no CSV download to compare the list with`;
}

function learn(
  { learned }: Connection,
  listKeys: ReadonlyMap<string, string>,
  records: readonly JsonObject[],
  developers: ReadonlyMap<string, Developer>,
): void {
  learned.developers = developers;
  learned.upserted = new Map();
  if (records.length > 0) learnKeys({ learned }, listKeys, records);
}

/** Notes how the list writes a record. */
export function learnKeys(
  { learned }: Pick<Connection, "learned">,
  listKeys: ReadonlyMap<string, string>,
  records: readonly JsonObject[],
): void {
  learned.listKeys = listKeys;
  learned.listPlaces = placesIn(listKeys, records);
}

/** Finds out how the list writes a record, from its first page, for who writes without having read. */
export async function learnListKeys(connection: Connection): Promise<void> {
  const { learned, routes } = connection;
  try {
    const schema = await readSchemaOrNull(connection);
    if (schema === null) return;
    const { records } = await firstPage(
      async (wish) => readPage(await connection.call(routes.list(wish))),
      learned.pages,
    );
    if (records.length === 0) return;
    learnKeys(connection, matchColumns(schema.columns, keysOf(records.map(flatten))), records);
  } catch (error) {
    // A key that may only write, or a list that wants another page size: then without.
    const expected = [ForbiddenError, NotFoundError, SetupRequiredError, RefusedError, TooLargeError];
    if (!expected.some((kind) => error instanceof kind)) throw error;
  }
}

/** The schema as it is now; null when the account has none. */
export async function readSchemaOrNull(connection: Connection): Promise<Schema | null> {
  const schema = await readSchemaOrNothing(connection);
  return typeof schema === "string" ? null : schema;
}

async function readSchemaOrNothing(connection: Connection): Promise<Schema | Nothing> {
  const schema = await nothingIfMissing(async () => readSchema(await connection.call(connection.routes.schema())));
  return schema ?? "none";
}

/** @param size of a page; null: the size that this server is known to take */
export async function readListOrNothing(
  connection: Connection,
  walk: boolean,
  size: number | null = null,
): Promise<Pages | Nothing> {
  const { learned, routes, concurrency } = connection;
  const memory = size === null ? learned.pages : { ...learned.pages, size };
  return nothingIfMissing(() =>
    readPages(async (wish) => readPage(await connection.call(routes.list(wish))), { memory, concurrency, walk }),
  );
}

async function nothingIfMissing<T>(read: () => Promise<T>): Promise<T | Nothing> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof NotFoundError) return "missing";
    if (error instanceof SetupRequiredError) return "none";
    throw error;
  }
}

/** null: this server has no CSV download for us. */
async function downloadOrNull(connection: Connection): Promise<Table | null> {
  try {
    const answer = await connection.call(connection.routes.download());
    if (answer.text.trim() === "") return { header: [], rows: [] };
    return isTable(answer) ? readTable(answer) : null;
  } catch (error) {
    const refused = [
      ForbiddenError,
      NotFoundError,
      RefusedError,
      SetupRequiredError,
      TooLargeError,
      UnsupportedMediaTypeError,
    ];
    if (refused.some((kind) => error instanceof kind)) return null;
    throw error;
  }
}

async function withoutSchema(
  connection: Connection,
  schema: Nothing,
  list: Pages | Nothing,
  table: Table | null,
): Promise<RosterRead> {
  const listed = typeof list === "string" ? 0 : Math.max(list.records.length, list.total ?? 0);
  const downloaded = table?.rows.length ?? 0;
  const nobody = { mapping: null, developers: new Map<string, Developer>() };
  if (listed > 0 || downloaded > 0) {
    const counts = `the list has ${listed} developers and the CSV download ${table === null ? "is not there" : downloaded}`;
    return { ...nobody, completeness: { proven: false, reason: `the account has no schema, but ${counts}` } };
  }
  if (schema === "missing" && list === "missing" && !(await knowsItsPaths(connection))) {
    const reason = "every answer is 404: the account is not set up, or the endpoint is not the API's";
    return { ...nobody, completeness: { proven: false, reason, everythingMissing: true } };
  }
  return { ...nobody, completeness: { proven: true, count: 0 } };
}

/** Why two answers about who is there cannot both be whole; null when they agree. */
function disagreement(listed: readonly string[], second: readonly string[], secondName: string): string | null {
  const here = new Set(listed);
  const there = new Set(second);
  if (here.size < listed.length)
    return `the list shows ${listed.length - here.size} of ${listed.length} developers more than once`;
  if (there.has("")) return `${secondName} has developers without an email`;
  if (there.size < second.length)
    return `${secondName} shows ${second.length - there.size} of ${second.length} developers more than once`;
  const onlyHere = listed.filter((email) => !there.has(email)).length;
  // Nobody stands twice in either of them.
  const onlyThere = second.length - (listed.length - onlyHere);
  if (onlyHere === 0 && onlyThere === 0) return null;
  return `the list has ${listed.length} developers and ${secondName} ${second.length} (${onlyHere} only in the first, ${onlyThere} only in the second)`;
}
