import { columnKey } from "../../roster/field-mapping.js";
import { byText } from "../../roster/strings.js";
import type { Account, StoredDeveloper } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
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
  let found = [...account.developers];
  if (emails.length > 0) {
    const wanted = new Set(emails.map((email) => keyOf(email, dialect)));
    found = found.filter(([key]) => wanted.has(key));
  }
  if (developerRefIds.length > 0) {
    const wanted = new Set(developerRefIds);
    found = found.filter(([, { refId }]) => wanted.has(refId));
  }
  const matches = search === null ? null : matcher(search, columns, dialect);
  const developers = found.map(([, developer]) => developer).filter((developer) => matches?.(developer) ?? true);
  const sorted = sort(developers, sortKey, columns, dialect);
  return descending ? sorted.reverse() : sorted;
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

function sort(
  developers: readonly StoredDeveloper[],
  sortKey: string | null,
  columns: Columns,
  { sortDefault, refIdName }: Dialect,
): StoredDeveloper[] {
  const byId = (a: StoredDeveloper, b: StoredDeveloper) => a.refId - b.refId;
  const defaults = { name: columnOf(columns, "NAME"), email: columnOf(columns, "EMAIL"), refId: undefined };
  const named = sortKey === null ? undefined : columnNamed(sortKey, columns)?.name;
  if (sortKey !== null && named === undefined && sortKey !== refIdName) throw badRequest(`Unknown sortKey: ${sortKey}`);
  const column = sortKey === null ? defaults[sortDefault] : named;
  if (column === undefined) return [...developers].sort(byId);
  const keyed = developers.map((developer) => ({ developer, key: (developer.values[column] ?? "").toLowerCase() }));
  keyed.sort((a, b) => byText(a.key, b.key) || byId(a.developer, b.developer));
  return keyed.map(({ developer }) => developer);
}

function columnNamed(key: string, columns: Columns): Columns[number] | undefined {
  const exact = columns.find(({ name }) => name === key);
  if (exact !== undefined) return exact;
  const wanted = columnKey(key);
  const spellings = (["columns", "snake", "display"] as const).map((style) => keyNames(columns, style));
  return columns.find(({ name }) => spellings.some((names) => columnKey(names.get(name) ?? name) === wanted));
}
