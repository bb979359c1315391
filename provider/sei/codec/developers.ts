import type { Developer } from "../../roster/developer.js";
import { emailKey } from "../../roster/email.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import type { Disputed } from "../../roster/live-roster.js";
import type { Call } from "../errors/sei-error.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { describeShape } from "../shape/describe.js";
import type { JsonObject } from "../shape/json.js";
import { isSystemName } from "../shape/names.js";
import { type Column, matchColumns } from "./columns.js";
import { compareColumn, disputedIn, type Source } from "./compare-values.js";
import type { Table } from "./csv.js";
import { developerFrom, type FlatRecord, flatten, keysOf } from "./record.js";
import type { Schema } from "./schema.js";
import { unlistedColumns } from "./unlisted-columns.js";

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
  /** Of whom the two answers show different values; null for nobody. */
  readonly disputed: Disputed | null;
  /** Why a column may have been missed; null for nothing. */
  readonly doubt: string | null;
}

/**
 * Reads the records of the list by the columns of the schema and by those that only the answers themselves show. A
 * column that no record shows is taken from the CSV.
 *
 * @param table null when the server has no CSV download
 * @param call which request was answered, for messages
 * @throws UnreadableAnswerError when a record has no email, or a column is in neither answer
 */
export function readDevelopers(
  schema: Schema,
  records: readonly JsonObject[],
  table: Table | null,
  call: Call,
): DecodedDevelopers {
  const flat = records.map(flatten);
  const tableHeader = table === null || table.header.length === 0 ? null : table.header;
  const unlisted = unlistedColumns(schema.columns, tableHeader, flat);
  const columns = [...schema.columns, ...unlisted.columns];
  const listKeys = new Map(matchColumns(columns, keysOf(flat)));
  const header = matchColumns(columns, table?.header ?? []);
  const rows = table === null ? null : rowsByEmail(table, columns, header, call);
  if (records.length > 0) assertReadable(columns, listKeys, header, records, call);

  const emailAt = listKeys.get(schema.mapping.email) ?? "";
  const people = flat.map((record) => {
    const address = record.get(emailAt) ?? "";
    const email = emailKey(address);
    return { record, address, email, row: rows?.byEmail.get(email) };
  });
  const inList = (column: string): ValueOf => {
    const key = listKeys.get(column) ?? "";
    return ({ record }) => record.get(key) ?? "";
  };
  const inCsv = (column: string): ValueOf => {
    const at = rows?.at.get(column) ?? -1;
    return ({ row }) => row?.[at] ?? "";
  };
  const both = people.filter(({ row }) => row !== undefined);
  const sources = new Map<string, Source>();
  const disputed = new Map<string, readonly string[]>();
  for (const { column, type } of columns) {
    if (!listKeys.has(column)) sources.set(column, "csv");
    if (!listKeys.has(column) || !header.has(column) || type === "EMAIL") continue;
    const compared = compareColumn(both, { inList: inList(column), inCsv: inCsv(column) }, type);
    sources.set(column, compared.source);
    disputed.set(column, compared.disputed);
    // A number of the server's own, which a column of that name must not be written under.
    if (compared.source === "csv" && isSystemName(column)) listKeys.delete(column);
  }

  // A blank in one answer and a value in the other: what is there must not be blanked by the next write.
  const values = new Map(
    columns.map(({ column }): [string, ValueOf] => {
      const answers = [inList(column), inCsv(column)] as const;
      const [first, second] = sources.get(column) === "csv" ? [answers[1], answers[0]] : answers;
      return [column, (person) => first(person) || second(person)];
    }),
  );
  const addresses = new Map<string, string>();
  const listed = people.map((person, index) => {
    if (person.address !== person.email) addresses.set(person.email, person.address);
    const developer = developerFrom((column) => values.get(column)?.(person) ?? "", columns);
    if (developer === null) throw unreadable(call, `record ${index + 1} of its list has no email`, records[index]);
    return developer;
  });
  const attributes = columns.filter(({ type }) => type === "ATTRIBUTE").map(({ column }) => column);
  return {
    mapping: { ...schema.mapping, attributes: [...new Set(attributes)] },
    listed,
    downloaded: rows?.emails ?? null,
    listKeys,
    addresses,
    disputed: disputedIn(disputed),
    doubt: unlisted.doubt,
  };
}

type ValueOf = (person: Person) => string;

/** One record, and the row of the same developer. */
interface Person {
  readonly record: FlatRecord;
  readonly address: string;
  readonly email: string;
  readonly row: readonly string[] | undefined;
}

function rowsByEmail(table: Table, columns: readonly Column[], header: ReadonlyMap<string, string>, call: Call) {
  const at = new Map([...header].map(([column, name]) => [column, table.header.indexOf(name)]));
  const emailColumn = columns.find(({ type }) => type === "EMAIL")?.column ?? "";
  const emailAt = at.get(emailColumn);
  if (emailAt === undefined && table.header.length > 0) {
    const shown = Object.fromEntries(table.header.map((name) => [name, ""]));
    throw unreadable(call, "its CSV has no column for the email", shown);
  }
  const emails = table.rows.map((row) => emailKey(row[emailAt ?? -1] ?? ""));
  return { at, emails, byEmail: new Map(emails.map((email, index) => [email, table.rows[index] ?? []])) };
}

function assertReadable(
  columns: readonly Column[],
  listKeys: ReadonlyMap<string, string>,
  header: ReadonlyMap<string, string>,
  records: readonly JsonObject[],
  call: Call,
): void {
  for (const { column, type } of columns) {
    if (type === "EMAIL" && !listKeys.has(column))
      throw unreadable(call, "the records of its list have no email", records);
    // Taken for blank, it would be blanked at the next write.
    if (!listKeys.has(column) && !header.has(column)) {
      throw unreadable(call, `the column "${column}" of the schema is neither in its list nor in its CSV`, records);
    }
  }
}

function unreadable(call: Call, problem: string, shown: unknown): UnreadableAnswerError {
  return new UnreadableAnswerError(call, 200, problem, describeShape(shown));
}
