import type { Developer } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { columnsWithoutAliases, matchColumns } from "./codec/columns.js";
import { valueIn } from "./codec/developers-csv.js";
import { readPage } from "./codec/list.js";
import { developerFrom, flatten } from "./codec/record.js";
import type { Connection } from "./connection.js";
import { NotFoundError, RefusedError, TooLargeError } from "./errors/refusals.js";
import { addressOf } from "./learned.js";
import { ownAddress } from "./own-address.js";
import { readListOrNothing, readRosterOnce } from "./read-roster.js";
import type { JsonObject } from "./shape/json.js";

/** What a look at a record that was sent says, column by column. */
export interface Heard {
  /** Columns that hold what was sent, or what the server made of it. */
  readonly good: readonly string[];
  /** Columns that are as before and should not be. */
  readonly unheard: readonly string[];
  /** Columns that had a value, should have one, and are blank: the server took them for not sent. */
  readonly blanked: readonly string[];
}

/**
 * Compares every column of a record that was sent with what is live. A server may ignore keys that it does not know and
 * blank what it does not hear of, so a 200 says nothing.
 *
 * @param was the record before; null: it is new, or nobody has read it
 * @param now null: it is not there
 */
export function heard(sent: Developer, was: Developer | null, now: Developer | null, mapping: FieldMapping): Heard {
  const good: string[] = [];
  const unheard: string[] = [];
  const blanked: string[] = [];
  for (const [column, type] of columnsOf(mapping)) {
    const meant = valueIn(sent, column, type);
    const old = was === null ? "" : valueIn(was, column, type);
    const value = now === null ? null : valueIn(now, column, type);
    if (value === meant) good.push(column);
    else if (value === "" && old !== "") blanked.push(column);
    else if (value === null || value === "" || value === old) unheard.push(column);
    else good.push(column);
  }
  return { good, unheard, blanked };
}

export function isWhole({ unheard, blanked }: Heard): boolean {
  return unheard.length === 0 && blanked.length === 0;
}

/** Reads one developer back, every column; null when nobody has this address. */
export async function readOne(connection: Connection, email: string, mapping: FieldMapping): Promise<Developer | null> {
  const record = await recordOf(connection, email, mapping);
  if (record === null) return null;
  const flat = flatten(record);
  const columns = columnsWithoutAliases(mapping);
  const keys = new Map([...(connection.learned.listKeys ?? []), ...matchColumns(columns, flat.keys())]);
  // A column that no list has shown so far may be blank, left out, or only in the CSV: the whole read tells.
  if (columns.some(({ column }) => !keys.has(column))) {
    return (await readRosterOnce(connection, false)).developers.get(email) ?? null;
  }
  return developerFrom((column) => flat.get(keys.get(column) ?? "") ?? "", columns);
}

/** By the filter; where that does not find them, by reading the whole list. */
async function recordOf(connection: Connection, email: string, mapping: FieldMapping): Promise<JsonObject | null> {
  const { routes, learned } = connection;
  const isTheirs = (record: JsonObject) => ownAddress(flatten(record), mapping, learned.listKeys) === email;
  try {
    const wish = { index: learned.pages.base, size: learned.pages.size };
    const one = { email: addressOf(learned, email), column: mapping.email };
    const page = readPage(await connection.call(routes.list(wish, one)));
    const found = page.records.find(isTheirs);
    if (found !== undefined) return found;
    if (learned.developerFilter === "works") return null;
  } catch (error) {
    if (![NotFoundError, RefusedError, TooLargeError].some((kind) => error instanceof kind)) throw error;
  }
  const list = await readListOrNothing(connection, false);
  return typeof list === "string" ? null : (list.records.find(isTheirs) ?? null);
}
