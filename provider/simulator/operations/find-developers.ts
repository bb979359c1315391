import { columnKey } from "../../roster/field-mapping.js";
import type { Account, StoredDeveloper } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import { orderedBy, orderedMatches } from "../account/ordered.js";
import { remember } from "../account/remember.js";
import type { Dialect } from "../dialect/dialect.js";
import { badRequest } from "../rules/refusal.js";
import { keyNames } from "../shapes/key-names.js";
import type { ListQuery } from "./query.js";

/** What decides which developers a list has, and in which order: all of a query but the page. */
type Filter = Pick<ListQuery, "emails" | "developerRefIds" | "search" | "sortKey" | "descending">;

/**
 * The developers that a query asks for, sorted, ties by id, so that pages are stable. Filters are combined with AND.
 *
 * @throws Refusal 400 for a `searchKey` of no field where the dialect refuses it, and for a `sortKey` of no field
 */
export function findDevelopers(
  account: Account,
  columns: Columns,
  filter: Filter,
  dialect: Dialect,
): readonly StoredDeveloper[] {
  const { emails, developerRefIds, search, sortKey, descending } = filter;
  const question = ["developers", emails, developerRefIds, search, sortKey, descending];
  return remember(account, question, () => find(account, columns, filter, dialect));
}

function find(
  account: Account,
  columns: Columns,
  { emails, developerRefIds, search, sortKey, descending }: Filter,
  dialect: Dialect,
): readonly StoredDeveloper[] {
  const tests: ((developer: StoredDeveloper) => boolean)[] = [];
  if (emails.length > 0) {
    const wanted = new Set(emails.map((email) => account.developers.get(keyOf(email, dialect))));
    tests.push((developer) => wanted.has(developer));
  }
  if (developerRefIds.length > 0) {
    const wanted = new Set(developerRefIds);
    tests.push(({ refId }) => wanted.has(refId));
  }
  if (search !== null) tests.push(matcher(search, columns, dialect));
  const { name, textOf } = orderOf(sortKey, columns, dialect);
  const found =
    tests.length === 0
      ? orderedBy(account.developers, name, textOf)
      : orderedMatches(account.developers, name, textOf, (developer) => tests.every((test) => test(developer)));
  return descending ? [...found].reverse() : found;
}

/** Puts everybody in the orders of lists without `sortKey` beforehand, so that no page waits for it. */
export function prepareLists({ developers, columns }: Account, dialect: Dialect): void {
  if (columns === null) return;
  const { name, textOf } = orderOf(null, columns, dialect);
  orderedBy(developers, name, textOf);
  byEmail({ developers }, columns);
}

/** Everybody by email as it is written: the order of lists of identities. */
export function byEmail({ developers }: Pick<Account, "developers">, columns: Columns): readonly StoredDeveloper[] {
  const email = columnOf(columns, "EMAIL") ?? "";
  return orderedBy(developers, `as written by ${email}`, ({ values }) => values[email] ?? "");
}

/** "Search by attributes (key-value pair like "department":"Engineering", name)": the key in any spelling of the column. */
function matcher(
  { key, value }: { readonly key: string; readonly value: string },
  columns: Columns,
  { searchUnknownKey, searchMatch }: Dialect,
): (developer: StoredDeveloper) => boolean {
  const column = columnNamed(key, columns);
  if (column === undefined) {
    if (searchUnknownKey === "badRequest") throw badRequest(`Unknown searchKey: ${key}`);
    return () => searchUnknownKey === "ignore";
  }
  const wanted = value.toLowerCase();
  const part = searchMatch === "contains" && column.type !== "CUSTOM";
  return ({ values }) => {
    const has = (values[column.name] ?? "").toLowerCase();
    return part ? has.includes(wanted) : has === wanted;
  };
}

/** The order of a list, ties by id. @throws Refusal 400 for a `sortKey` of no field */
function orderOf(
  sortKey: string | null,
  columns: Columns,
  { sortDefault, refIdName }: Dialect,
): { readonly name: string; readonly textOf: (developer: StoredDeveloper) => string } {
  const defaults = { name: columnOf(columns, "NAME"), email: columnOf(columns, "EMAIL"), refId: undefined };
  const named = sortKey === null ? undefined : columnNamed(sortKey, columns)?.name;
  if (sortKey !== null && named === undefined && sortKey !== refIdName) throw badRequest(`Unknown sortKey: ${sortKey}`);
  const column = sortKey === null ? defaults[sortDefault] : named;
  if (column === undefined) return { name: "by id", textOf: () => "" };
  return { name: `by ${column}`, textOf: ({ values }) => (values[column] ?? "").toLowerCase() };
}

function columnNamed(key: string, columns: Columns): Columns[number] | undefined {
  const exact = columns.find(({ name }) => name === key);
  if (exact !== undefined) return exact;
  const wanted = columnKey(key);
  const spellings = (["columns", "snake", "display"] as const).map((style) => keyNames(columns, style));
  return columns.find(({ name }) => spellings.some((names) => columnKey(names.get(name) ?? name) === wanted));
}
