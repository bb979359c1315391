import type { Developer } from "../roster/developer.js";
import { emailKey } from "../roster/email.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { columnsWithoutAliases, matchColumns } from "./codec/columns.js";
import { valueIn } from "./codec/developers-csv.js";
import { readPage } from "./codec/list.js";
import { developerFrom, flatten, keysOf } from "./codec/record.js";
import type { Connection } from "./connection.js";
import { NotFoundError, RefusedError, TooLargeError } from "./errors/refusals.js";
import { addressOf } from "./learned.js";
import { readListOrNothing, readRosterOnce } from "./read-roster.js";
import type { JsonObject } from "./shape/json.js";
import { mapLimited } from "./transport/limiter.js";

/** Developers looked at: enough to have every kind of column in most rosters. */
const SAMPLE = 3;

/**
 * Whether an upsert that was taken was also understood. A server may ignore keys that it does not know, so a 200 does not
 * say that the manager arrived: a few developers are read back. A value that is as before, or blank, was not understood;
 * one that the server altered was.
 *
 * @param before the developers as they were
 */
export async function wasUnderstood(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: ReadonlyMap<string, Developer>,
): Promise<boolean> {
  const sample = sampleOf(batch, mapping, before);
  const live = await readSample(connection, sample, mapping);
  return sample.every((sent) => {
    const now = live.get(sent.email);
    if (now === undefined) return false;
    return columnsOf(mapping).every(([column, type]) => {
      const value = valueIn(now, column, type);
      const was = before.get(sent.email);
      const ignored = value === "" || (was !== undefined && value === valueIn(was, column, type));
      return value === valueIn(sent, column, type) || !ignored;
    });
  });
}

async function readSample(
  connection: Connection,
  sample: readonly Developer[],
  mapping: FieldMapping,
): Promise<ReadonlyMap<string, Developer>> {
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
function sampleOf(
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: ReadonlyMap<string, Developer>,
): readonly Developer[] {
  const sample = new Set<Developer>();
  for (const [column, type] of columnsOf(mapping)) {
    const changes = (one: Developer) => {
      const was = before.get(one.email);
      return valueIn(one, column, type) !== (was === undefined ? "" : valueIn(was, column, type));
    };
    if (sample.size >= SAMPLE || [...sample].some(changes)) continue;
    const chosen = batch.find(changes) ?? batch.find((one) => valueIn(one, column, type) !== "");
    if (chosen !== undefined) sample.add(chosen);
  }
  return sample.size > 0 ? [...sample] : batch.slice(0, 1);
}

/** By the filter, one address a request; where that finds somebody not, by reading the whole list. */
async function readBack(connection: Connection, sample: readonly Developer[]): Promise<readonly JsonObject[]> {
  const { routes, learned, concurrency } = connection;
  const found = await mapLimited(sample, concurrency, async ({ email }) => {
    try {
      const page = readPage(
        await connection.call(routes.list({ index: 0, size: learned.pageSize }, [addressOf(learned, email)])),
      );
      return (
        page.records.find((record) => [...flatten(record).values()].some((value) => emailKey(value) === email)) ?? null
      );
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
