import type { Developer } from "../../roster/developer.js";
import { emailKey } from "../../roster/email.js";
import { matchColumns } from "../codec/columns.js";
import { type DecodedDevelopers, readDevelopers } from "../codec/developers.js";
import { flatten, keysOf } from "../codec/record.js";
import type { Schema } from "../codec/schema.js";
import type { Connection } from "../connection.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { addressOf } from "../learned.js";
import { learnKeys, type RosterRead, readSchemaOrNull } from "../read-roster.js";
import { listCall } from "../routes/generations.js";
import type { JsonObject } from "../shape/json.js";
import { isSystemName } from "../shape/names.js";
import { mapLimited } from "../transport/limiter.js";
import { type FullPage, fullPage, narrowPage, otherCase } from "./narrow-page.js";
import { isPlainText } from "./plain-text.js";

/** A longer reporting line than this is read with everybody. */
const MOST = 60;

/**
 * Reads some developers and everybody above them, each by a request of their own. What is not found must not be live, so
 * that is believed only of a server that was seen to find somebody else by the filter, in whatever case; and values are
 * taken only from a list that shows every column of the schema, filled with text.
 *
 * @returns null when this server or this account does not allow it: then everybody has to be read
 */
export async function readRecords(connection: Connection, people: readonly string[]): Promise<RosterRead | null> {
  const { learned, routes } = connection;
  const schema = await readSchemaOrNull(connection);
  if (schema === null || schema.coreOnly || schema.columns.some(({ column }) => isSystemName(column))) return null;
  const full = await fullPage(connection, learned.pages, (wish) => routes.list(wish));
  const keys = full === null ? null : filledKeys(schema, full.records);
  if (full === null || keys === null) return null;
  const search = new Search(connection, schema.mapping.email, keys, full);
  const witness = await search.witness(people);
  if (witness === null) return null;
  const found = await search.upwards(people);
  if (found === null || !found.every((record) => isPlainText(record, keys.columns.values()))) return null;
  return decoded(connection, schema, full, [witness, ...found]);
}

/** Which key of a record holds what. */
interface Keys {
  /** By column. */
  readonly columns: ReadonlyMap<string, string>;
  readonly email: string;
  readonly managerEmail: string;
}

/** null unless every column of the schema is there and has a value of somebody. */
function filledKeys({ columns, mapping }: Schema, records: readonly JsonObject[]): Keys | null {
  const flat = records.map(flatten);
  const keys = matchColumns(columns, keysOf(flat));
  const isFilled = (key: string) => flat.some((record) => (record.get(key) ?? "").trim() !== "");
  const [email, managerEmail] = [keys.get(mapping.email), keys.get(mapping.managerEmail)];
  if (email === undefined || managerEmail === undefined || keys.size < columns.length) return null;
  return [...keys.values()].every(isFilled) ? { columns: keys, email, managerEmail } : null;
}

/** Looks for developers one by one. */
class Search {
  readonly #connection: Connection;
  readonly #emailColumn: string;
  readonly #keys: Keys;
  readonly #full: FullPage;

  constructor(connection: Connection, emailColumn: string, keys: Keys, full: FullPage) {
    this.#connection = connection;
    this.#emailColumn = emailColumn;
    this.#keys = keys;
    this.#full = full;
  }

  /** Somebody else, who is found by an address in the other case; null: nobody is, so nothing follows from an empty answer. */
  async witness(people: readonly string[]): Promise<JsonObject | null> {
    const one = this.#full.records.find((record) => !people.includes(this.#key(record)));
    const asked = one === undefined ? null : otherCase(this.#address(one));
    if (one === undefined || asked === null) return null;
    const found = await this.#one(asked, this.#key(one));
    return found === "unknown" ? null : found;
  }

  /** These people and whoever is above them, as far as they are live; null when the server does not say. */
  async upwards(people: readonly string[]): Promise<readonly JsonObject[] | null> {
    const asked = new Set(people);
    const found: JsonObject[] = [];
    for (let next: readonly string[] = [...asked]; next.length > 0; ) {
      const came = await mapLimited(next, this.#connection.concurrency, (email) => this.#surely(email));
      next = [];
      for (const record of came) {
        if (record === "unknown") return null;
        if (record === null) continue;
        found.push(record);
        const manager = emailKey(flatten(record).get(this.#keys.managerEmail) ?? "");
        if (manager === "" || asked.has(manager)) continue;
        asked.add(manager);
        next = [...next, manager];
      }
      if (asked.size > MOST) return null;
    }
    return found;
  }

  /**
   * Whoever is taken for new is sent with blanks for whatever is not declared. So that somebody is not live is believed
   * when two answers say so and one between them has somebody in it: a broken one has nobody.
   */
  async #surely(email: string): Promise<JsonObject | null | "unknown"> {
    const address = addressOf(this.#connection.learned, email);
    const found = await this.#one(address, email);
    if (found !== null) return found;
    if (this.#full.records.some((record) => this.#key(record) === email)) return "unknown";
    return (await this.witness([email])) === null ? "unknown" : this.#one(address, email);
  }

  async #one(address: string, key: string): Promise<JsonObject | null | "unknown"> {
    const { learned, routes } = this.#connection;
    const request = { email: address, column: this.#emailColumn };
    const shown = await narrowPage(this.#connection, learned.pages, (wish) => routes.list(wish, request), this.#full);
    if (shown === null) return "unknown";
    const own = shown.filter((record) => this.#key(record) === key);
    // Twice on the list is a list that nothing follows from.
    return own.length > 1 ? "unknown" : (own[0] ?? null);
  }

  #address(record: JsonObject): string {
    return flatten(record).get(this.#keys.email) ?? "";
  }

  #key(record: JsonObject): string {
    return emailKey(this.#address(record));
  }
}

/** null: somebody on the page has no address and may be anybody, or what the filter found has other keys than the page. */
function readable(read: () => DecodedDevelopers): DecodedDevelopers | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof UnreadableAnswerError) return null;
    throw error;
  }
}

function decoded(
  connection: Connection,
  schema: Schema,
  { records }: FullPage,
  found: readonly JsonObject[],
): RosterRead | null {
  const { learned } = connection;
  const read = readable(() => readDevelopers(schema, [...records, ...found], null, listCall(connection.routes)));
  // Columns that the schema does not list are told from what is the server's own by the CSV.
  if (read === null || read.doubt !== null || read.mapping.attributes.length > schema.mapping.attributes.length)
    return null;
  const developers = new Map<string, Developer>(
    read.listed.slice(records.length).map((developer) => [developer.email, developer]),
  );
  learned.schemaForm = schema.form;
  for (const [key, address] of read.addresses) learned.addresses.set(key, address);
  learnKeys(connection, read.listKeys, records);
  learned.developers = developers;
  learned.upserted = new Map();
  learned.developerFilter = "works";
  return { mapping: read.mapping, developers, completeness: { proven: true, count: developers.size } };
}
