import type { Dialect, ListWrapper } from "../dialect/dialect.js";
import type { Json } from "./record-json.js";

export interface Page<T> {
  readonly rows: readonly T[];
  readonly total: number;
  readonly pageIndex: number;
  readonly pageSize: number;
}

/** A page in the dialect's wrapper. */
export function pageJson(page: Page<Json>, wrapper: ListWrapper | "identities", dialect: Dialect): Json {
  if (wrapper === "array") return page.rows;
  const key = wrapper === "data.content" ? "content" : wrapper;
  const echo = dialect.pageEcho ? { pageIndex: page.pageIndex, pageSize: page.pageSize } : {};
  const envelope = { [key]: page.rows, ...echo, ...totalJson(page.total, dialect) };
  return wrapper === "data.content" ? { status: "SUCCESS", data: envelope } : envelope;
}

function totalJson(total: number, { totalName }: Dialect): { [key: string]: Json } {
  switch (totalName) {
    case "none":
      return {};
    case "page.totalElements":
      return { page: { totalElements: total } };
    case "_metadata.total_count":
      return { _metadata: { total_count: total } };
    case "total":
    case "totalCount":
    case "totalElements":
      return { [totalName]: total };
  }
}
