import type { Dialect } from "../dialect/dialect.js";
import type { Json } from "./record-json.js";

/** A page of the v1 list. */
export interface ContributorPage {
  readonly records: readonly Json[];
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  /** So many rows of the whole list are users of integrations who are nobody's. */
  readonly nonUsers: number;
}

/** `{"records", "_metadata"}`. `next_page` is always the number of this page and one, also after the last. */
export function contributorPage(given: ContributorPage, dialect: Dialect): Json {
  const { records, page, pageSize, total, nonUsers } = given;
  const metadata = {
    page,
    page_size: pageSize,
    next_page: page + 1,
    has_next: hasNext(given, dialect),
    total_count: total,
  };
  switch (dialect.nonUsersCount) {
    case "metadata":
      return { records, _metadata: { ...metadata, non_users_count: nonUsers } };
    case "top":
      return { records, non_users_count: nonUsers, _metadata: metadata };
    case "none":
      return { records, _metadata: metadata };
  }
}

/** Whether a page says that there is another one. */
export function hasNext(
  { records, page, pageSize, total }: Omit<ContributorPage, "nonUsers">,
  { contributorHasNext }: Dialect,
): boolean {
  return contributorHasNext === "right" ? (page + 1) * pageSize < total : total > records.length;
}
