import type { Identity } from "../roster/developer.js";
import type { IdentityCompleteness } from "../roster/live-roster.js";
import { isTable, readTable } from "./codec/csv.js";
import { identityRows, readIdentityRecords } from "./codec/identities.js";
import { readPage } from "./codec/list.js";
import type { Connection } from "./connection.js";
import {
  ForbiddenError,
  NotFoundError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnsupportedMediaTypeError,
} from "./errors/refusals.js";
import type { SeiError } from "./errors/sei-error.js";
import { UnreadableAnswerError } from "./errors/transport-errors.js";
import { otherSize, type Pages, readPages } from "./paging.js";

/** Every identity that the answers show, and whether two of them agree that these are all. */
export interface IdentitiesRead {
  readonly identities: readonly Identity[];
  readonly completeness: IdentityCompleteness;
  /** Every answer was this refusal. Left out: there was another one. */
  readonly absent?: 404 | 412;
  /** The only developers (keys) of whom the answers say anything. Left out: all. */
  readonly covers?: ReadonlySet<string>;
}

/** A refusal that may mean "there are none": 404, or 412 as before the setup. It may also be a broken answer. */
interface Absent {
  readonly status: 404 | 412;
}

type ListPages = Pages & { readonly identities: readonly Identity[] };
/** The JSON form. A refusal: this server has only the CSV, if any. */
type ListAnswer = ListPages | Absent | { readonly refusal: SeiError };
/** The CSV form; null for a server that has none for us. */
type CsvAnswer = { readonly identities: readonly Identity[] } | Absent | null;

/**
 * Reads the identities in both documented forms, the JSON list and the CSV download, and compares. A rename takes along
 * what this read shows, so an empty answer must not pass for "nobody has any":
 *
 * - Two answers that agree prove it: list and CSV; or, where there is no CSV, the list read twice when it announces a
 *   total, or when it is walked to an empty page in pages of two sizes.
 * - Two answers that disagree, or pages that do not add up, are `contradicted`: nothing that touches an identity goes.
 * - Else there is no second answer: a list without CSV and total that shows nobody, or a 404 or 412 in every form. That
 *   is what a server looks like that has never held an identity, so a first one may be set; nobody is renamed by it.
 *
 * @param walk do not believe totals
 */
export async function readIdentitiesOnce(connection: Connection, walk: boolean): Promise<IdentitiesRead> {
  const [list, csv] = await Promise.all([readList(connection, walk, null), readCsv(connection)]);
  if ("refusal" in list) return csvOnly(connection, csv, list.refusal);
  if (isAbsent(list)) return withoutList(connection, list, csv);
  const { identities, flaw } = list;
  if (flaw !== null) return contradicted(identities, flaw);
  if (csv !== null && !isAbsent(csv)) {
    // Shown to whoever plans either way: the longer answer has what must not be lost.
    const longer = csv.identities.length > identities.length ? csv.identities : identities;
    const words = difference(identities, csv.identities, "the CSV download");
    return words === null ? proven(identities) : contradicted(longer, words);
  }
  return readTwice(connection, list);
}

async function readTwice(connection: Connection, list: ListPages): Promise<IdentitiesRead> {
  const { identities, total, doubt, pageLength } = list;
  const again = await readList(connection, true, total === null ? otherSize(pageLength) : null);
  if ("refusal" in again || isAbsent(again))
    return contradicted(identities, "the list was there once, and then refused");
  const words = again.flaw ?? difference(identities, again.identities, "the list read again");
  if (words !== null) return contradicted(identities, words);
  if (total !== null) return proven(identities);
  const doubts = doubt ?? again.doubt;
  if (doubts !== null) return contradicted(identities, doubts);
  if (identities.length > 0) return proven(identities);
  return alone(identities, "the list shows none, without a total, and there is no CSV download to compare it with");
}

/** An absent list proves nothing by itself; an empty CSV beside it does. */
async function withoutList(connection: Connection, list: Absent, csv: CsvAnswer): Promise<IdentitiesRead> {
  if (csv !== null && !isAbsent(csv)) {
    if (csv.identities.length === 0) return proven([]);
    const words = `the list answers ${list.status} and the CSV download has ${csv.identities.length} identities`;
    return contradicted(csv.identities, words);
  }
  const second = csv ?? (await readList(connection, true, null));
  if (!isAbsent(second) || second.status !== list.status) {
    return contradicted([], `the list answers ${list.status}, and a second answer says otherwise`);
  }
  return { ...alone([], `every answer about the identities is ${list.status}`), absent: list.status };
}

/** No JSON here: the documents have a CSV form too. It has no pages to lose, so it is only read twice. */
async function csvOnly(connection: Connection, csv: CsvAnswer, refusal: SeiError): Promise<IdentitiesRead> {
  if (csv === null || isAbsent(csv)) throw refusal;
  const again = await readCsv(connection);
  const other = again === null || isAbsent(again) ? [] : again.identities;
  const words = difference(csv.identities, other, "the CSV download read again");
  return words === null ? proven(csv.identities) : contradicted(csv.identities, words);
}

/** @param size null: the size that this server is known to take */
async function readList(connection: Connection, walk: boolean, size: number | null): Promise<ListAnswer> {
  const { learned, routes, concurrency } = connection;
  const memory = size === null ? learned.identityPages : { ...learned.identityPages, size };
  try {
    const pages = await readPages(async (wish) => readPage(await connection.call(routes.identities(wish))), {
      memory,
      concurrency,
      walk,
    });
    return { ...pages, identities: readIdentityRecords(pages.records) };
  } catch (error) {
    return error instanceof RefusedError ? { refusal: error } : absentOr(error);
  }
}

async function readCsv(connection: Connection): Promise<CsvAnswer> {
  try {
    const answer = await connection.call(connection.routes.identitiesCsv());
    if (!isTable(answer)) return null;
    const table = readTable(answer);
    // Nobody under columns that say nothing of identities is no answer: a row of them must be readable too.
    readIdentityRecords(identityRows({ header: table.header, rows: [table.header.map(() => "1")] }));
    return { identities: readIdentityRecords(identityRows(table)) };
  } catch (error) {
    // A CSV in columns of another kind is no second answer.
    const none = [ForbiddenError, RefusedError, TooLargeError, UnsupportedMediaTypeError, UnreadableAnswerError];
    return none.some((kind) => error instanceof kind) ? null : absentOr(error);
  }
}

function absentOr(error: unknown): Absent {
  if (error instanceof NotFoundError) return { status: 404 };
  if (error instanceof SetupRequiredError) return { status: 412 };
  throw error;
}

function isAbsent(answer: object): answer is Absent {
  return "status" in answer;
}

function proven(identities: readonly Identity[]): IdentitiesRead {
  return { identities, completeness: { proven: true } };
}

export function contradicted(identities: readonly Identity[], reason: string): IdentitiesRead {
  return { identities, completeness: { proven: false, contradicted: true, reason } };
}

function alone(identities: readonly Identity[], reason: string): IdentitiesRead {
  return { identities, completeness: { proven: false, contradicted: false, reason } };
}

/** Why two answers cannot both be whole; null when they hold the same identities. */
export function difference(here: readonly Identity[], there: readonly Identity[], secondName: string): string | null {
  const inList = new Set(here.map(textOf));
  const inSecond = new Set(there.map(textOf));
  const onlyHere = [...inList].filter((one) => !inSecond.has(one)).length;
  const onlyThere = [...inSecond].filter((one) => !inList.has(one)).length;
  if (onlyHere === 0 && onlyThere === 0) return null;
  return `the list has ${inList.size} identities and ${secondName} ${inSecond.size} (${onlyHere} only in the first, ${onlyThere} only in the second)`;
}

function textOf({ email, integrationId, identity }: Identity): string {
  return `${email} ${integrationId} ${identity.trim()}`;
}
