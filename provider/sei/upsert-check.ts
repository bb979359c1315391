import type { Developer } from "../roster/developer.js";
import { emailKey } from "../roster/email.js";
import { columnsOf, type FieldMapping, type FieldType } from "../roster/field-mapping.js";
import { columnsWithoutAliases, matchColumns } from "./codec/columns.js";
import { valueIn } from "./codec/developers-csv.js";
import { readPage } from "./codec/list.js";
import { developerFrom, flatten, keysOf } from "./codec/record.js";
import type { Connection } from "./connection.js";
import { NotFoundError, RefusedError, TooLargeError } from "./errors/refusals.js";
import { addressOf, type KnownDevelopers } from "./learned.js";
import { readListOrNothing, readRosterOnce } from "./read-roster.js";
import type { JsonObject } from "./shape/json.js";
import { mapLimited } from "./transport/limiter.js";

/** Developers looked at: enough to have every column in most rosters. */
const SAMPLE = 5;

type People = ReadonlyMap<string, Developer>;

/** What a look at the account says about the keys of an upsert. */
export interface Heard {
  /** Columns whose new value is there. */
  readonly arrived: readonly string[];
  /** Columns whose value is as before, or blank, and should not be. */
  readonly lost: readonly string[];
}

/** The columns in which an upsert changes somebody: only there can it be seen whether the server knows the key. */
export function changedColumns(
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: KnownDevelopers,
): readonly string[] {
  return columnsOf(mapping)
    .filter(([column, type]) => batch.some((one) => changes(one, column, type, before)))
    .map(([column]) => column);
}

function changes(sent: Developer, column: string, type: FieldType, before: KnownDevelopers): boolean {
  const was = before.get(sent.email);
  return valueIn(sent, column, type) !== (was === undefined ? "" : valueIn(was, column, type));
}

/**
 * Which columns of an upsert that was taken were understood. A server may ignore keys that it does not know, so a 200
 * does not say that the manager arrived: a few developers are read back. A value that the server altered did arrive.
 *
 * @param before the developers as they were
 */
export async function heardColumns(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: KnownDevelopers,
): Promise<Heard> {
  const sample = sampleOf(batch, mapping, before);
  const live = await readSample(connection, sample, mapping);
  const arrived: string[] = [];
  const lost: string[] = [];
  for (const [column, type] of columnsOf(mapping)) {
    if (sample.some((sent) => isLost(sent, column, type, before, live))) lost.push(column);
    else if (sample.some((sent) => changes(sent, column, type, before))) arrived.push(column);
  }
  return { arrived, lost };
}

function isLost(sent: Developer, column: string, type: FieldType, before: KnownDevelopers, live: People): boolean {
  const now = live.get(sent.email);
  if (now === undefined) return true;
  const was = before.get(sent.email);
  const value = valueIn(now, column, type);
  if (value === valueIn(sent, column, type)) return false;
  return value === "" || (was !== undefined && value === valueIn(was, column, type));
}

async function readSample(
  connection: Connection,
  sample: readonly Developer[],
  mapping: FieldMapping,
): Promise<People> {
  const flat = (await readBack(connection, sample)).map(flatten);
  const columns = columnsWithoutAliases(mapping);
  const keys = new Map([...(connection.learned.listKeys ?? []), ...matchColumns(columns, keysOf(flat))]);
  // A column that no list has shown so far may be blank, left out, or only in the CSV: the whole read tells.
  if (columns.some(({ column }) => !keys.has(column))) return (await readRosterOnce(connection, false)).developers;
  const live = new Map<string, Developer>();
  for (const record of flat) {
    const developer = developerFrom((column) => record.get(keys.get(column) ?? "") ?? "", columns);
    if (developer !== null) live.set(developer.email, developer);
  }
  return live;
}

/** For every column somebody whose value changes, or at least somebody with a value. */
function sampleOf(batch: readonly Developer[], mapping: FieldMapping, before: KnownDevelopers): readonly Developer[] {
  const sample = new Set<Developer>();
  for (const [column, type] of columnsOf(mapping)) {
    const fits = (one: Developer) => changes(one, column, type, before);
    if (sample.size >= SAMPLE || [...sample].some(fits)) continue;
    const chosen = batch.find(fits) ?? batch.find((one) => valueIn(one, column, type) !== "");
    if (chosen !== undefined) sample.add(chosen);
  }
  return sample.size > 0 ? [...sample] : batch.slice(0, 1);
}

/** By the filter, one address a request; where that finds somebody not, by reading the whole list. */
async function readBack(connection: Connection, sample: readonly Developer[]): Promise<readonly JsonObject[]> {
  const { routes, learned, concurrency } = connection;
  const found = await mapLimited(sample, concurrency, async ({ email }) => {
    try {
      const wish = { index: learned.pages.base, size: learned.pages.size };
      const page = readPage(await connection.call(routes.list(wish, [addressOf(learned, email)])));
      // By the address of the record itself: a manager's is in it too.
      return page.records.find((record) => ownAddresses(record, learned.listKeys).includes(email)) ?? null;
    } catch (error) {
      if (![NotFoundError, RefusedError, TooLargeError].some((kind) => error instanceof kind)) throw error;
      return null;
    }
  });
  const records = found.filter((record) => record !== null);
  if (records.length === sample.length) return records;
  const list = await readListOrNothing(connection, false);
  return typeof list === "string" ? [] : list.records;
}

function ownAddresses(record: JsonObject, listKeys: ReadonlyMap<string, string> | null): readonly string[] {
  const flat = flatten(record);
  const columns = [{ column: "email", type: "EMAIL", aliases: [] }] as const;
  const key = matchColumns(columns, flat.keys()).get("email");
  const keys = key === undefined ? [...(listKeys?.values() ?? [])] : [key];
  return keys.map((one) => emailKey(flat.get(one) ?? ""));
}
