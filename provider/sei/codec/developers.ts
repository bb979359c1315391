import type { Developer } from "../../roster/developer.js";
import { emailKey } from "../../roster/email.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { describeShape } from "../shape/describe.js";
import type { JsonObject } from "../shape/json.js";
import { isSystemName } from "../shape/names.js";
import { type Column, matchColumns } from "./columns.js";
import type { Table } from "./csv.js";
import { developerFrom, flatten, keysOf } from "./record.js";
import type { Schema } from "./schema.js";

/** Which requests were answered, for messages. */
const LIST = { method: "GET", path: "/v2/developers" };

/** The developers, out of the two answers that hold them. */
export interface DecodedDevelopers {
  readonly mapping: FieldMapping;
  /** In the order of the list; one entry a record, so that doubles can be seen. */
  readonly listed: readonly Developer[];
  /** The keys of the CSV's rows, "" for a row without an email; null when there is no CSV. */
  readonly downloaded: readonly string[] | null;
  /** Which key of a record holds which column. */
  readonly listKeys: ReadonlyMap<string, string>;
  /** By key: addresses that are not listed as their key. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * Reads the records of the list by the columns of the schema. A column that no record shows is taken from the CSV.
 *
 * @param table null when the server has no CSV download
 * @throws UnreadableAnswerError when a record has no email, or a column is in neither answer
 */
export function readDevelopers(schema: Schema, records: readonly JsonObject[], table: Table | null): DecodedDevelopers {
  const flat = records.map(flatten);
  const keys = keysOf(flat);
  const columns = schema.coreOnly ? withUnlistedAttributes(schema.columns, table?.header ?? [...keys]) : schema.columns;
  const listKeys = matchColumns(columns, keys);
  const header = matchColumns(columns, table?.header ?? []);
  const rows = table === null ? null : rowsByEmail(table, columns, header);
  if (records.length > 0) assertReadable(columns, listKeys, header, records);

  const addresses = new Map<string, string>();
  const listed = flat.map((record, index) => {
    const address = record.get(listKeys.get(schema.mapping.email) ?? "") ?? "";
    const email = emailKey(address);
    if (address !== email) addresses.set(email, address);
    const row = rows?.byEmail.get(email);
    const developer = developerFrom((column) => {
      const key = listKeys.get(column);
      return key === undefined ? (row?.[rows?.at.get(column) ?? -1] ?? "") : (record.get(key) ?? "");
    }, columns);
    if (developer === null) throw unreadable(`record ${index + 1} of its list has no email`, records[index]);
    return developer;
  });
  const attributes = columns.filter(({ type }) => type === "ATTRIBUTE").map(({ column }) => column);
  return {
    mapping: { ...schema.mapping, attributes: [...new Set(attributes)] },
    listed,
    downloaded: rows?.emails ?? null,
    listKeys,
    addresses,
  };
}

/** A schema that lists the three core columns only says nothing of the others: then every other column is an attribute. */
function withUnlistedAttributes(core: readonly Column[], keys: readonly string[]): readonly Column[] {
  const taken = new Set(matchColumns(core, keys).values());
  const others = keys.filter((key) => key !== "" && !taken.has(key) && !isSystemName(key));
  return [...core, ...others.map((column) => ({ column, type: "ATTRIBUTE" as const, aliases: [] }))];
}

function rowsByEmail(table: Table, columns: readonly Column[], header: ReadonlyMap<string, string>) {
  const at = new Map([...header].map(([column, name]) => [column, table.header.indexOf(name)]));
  const emailColumn = columns.find(({ type }) => type === "EMAIL")?.column ?? "";
  const emailAt = at.get(emailColumn);
  if (emailAt === undefined && table.header.length > 0) {
    throw unreadable("its CSV has no column for the email", Object.fromEntries(table.header.map((name) => [name, ""])));
  }
  const emails = table.rows.map((row) => emailKey(row[emailAt ?? -1] ?? ""));
  return { at, emails, byEmail: new Map(emails.map((email, index) => [email, table.rows[index] ?? []])) };
}

function assertReadable(
  columns: readonly Column[],
  listKeys: ReadonlyMap<string, string>,
  header: ReadonlyMap<string, string>,
  records: readonly JsonObject[],
): void {
  for (const { column, type } of columns) {
    if (type === "EMAIL" && !listKeys.has(column)) throw unreadable("the records of its list have no email", records);
    // Taken for blank, it would be blanked at the next write.
    if (!listKeys.has(column) && !header.has(column)) {
      throw unreadable(`the column "${column}" of the schema is neither in its list nor in its CSV`, records);
    }
  }
}

function unreadable(problem: string, shown: unknown): UnreadableAnswerError {
  return new UnreadableAnswerError(LIST, 200, problem, describeShape(shown));
}
