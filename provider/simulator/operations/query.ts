import type { Dialect } from "../dialect/dialect.js";
import { badRequest } from "../rules/refusal.js";

/** A parsed query string. */
export interface ListQuery {
  readonly emails: readonly string[];
  readonly developerRefIds: readonly number[];
  readonly integrationIds: readonly number[];
  readonly search: { readonly key: string; readonly value: string } | null;
  readonly sortKey: string | null;
  readonly descending: boolean;
  readonly pageIndex: number;
  readonly pageSize: number;
}

/**
 * Reads the query of a list. The documents name `emails`, `developerRefIds`, `searchKey`, `searchValue`, `sortOrder`,
 * `pageIndex` and `pageSize`, and `sortKey` in the previous form of the call.
 *
 * @throws Refusal 400 for numbers that are none, half a search, and a page that the dialect refuses
 */
export function readListQuery(query: URLSearchParams, dialect: Dialect): ListQuery {
  const order = (query.get("sortOrder") ?? "asc").toLowerCase();
  if (order !== "asc" && order !== "desc") throw badRequest("sortOrder must be asc or desc.");
  return {
    emails: several(query, "emails", dialect),
    developerRefIds: several(query, "developerRefIds", dialect).map((text) => integer("developerRefIds", text)),
    integrationIds: several(query, "integrationIds", dialect).map((text) => integer("integrationIds", text)),
    search: searchOf(query, dialect),
    sortKey: query.get("sortKey"),
    descending: order === "desc",
    pageIndex: integer("pageIndex", query.get("pageIndex") ?? "0"),
    pageSize: pageSizeOf(query.get("pageSize"), dialect),
  };
}

function several(query: URLSearchParams, name: string, { multiValue }: Dialect): readonly string[] {
  const given = query.getAll(name);
  switch (multiValue) {
    case "repeated":
      return given;
    case "comma":
      // Only the last of several is looked at, as servers do that expect one.
      return given.slice(-1).flatMap(split);
    case "both":
      return given.flatMap(split);
  }
}

function split(text: string): readonly string[] {
  return text.split(",").filter((part) => part !== "");
}

function searchOf(query: URLSearchParams, { searchHalf }: Dialect): ListQuery["search"] {
  const key = query.get("searchKey");
  const value = query.get("searchValue");
  if (key !== null && value !== null) return { key, value };
  if (key === value || searchHalf === "ignore") return null;
  throw badRequest("searchKey and searchValue go together.");
}

function pageSizeOf(text: string | null, { pageSizeDefault, pageSizeMax, pageSizeOver }: Dialect): number {
  if (text === null) return pageSizeDefault;
  const size = integer("pageSize", text);
  if (size === 0) throw badRequest("pageSize must be at least 1.");
  if (size > pageSizeMax && pageSizeOver === "badRequest") throw badRequest(`pageSize must be at most ${pageSizeMax}.`);
  return Math.min(size, pageSizeMax);
}

/** The largest int32: the documents' example of an id, 1073741824, is the sample of one. */
export const INT32 = 2_147_483_647;

function integer(name: string, text: string): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) > INT32)
    throw badRequest(`${name} must be an integer from 0 on: ${text}`);
  return Number(text);
}
