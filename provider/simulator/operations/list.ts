import type { Account } from "../account/account.js";
import type { RowFault } from "../faults/fault.js";
import { windowOf } from "../faults/row-faults.js";
import { Refusal, setupNeeded } from "../rules/refusal.js";
import { csvResponse, csvText } from "../shapes/csv-text.js";
import { keyNames } from "../shapes/key-names.js";
import { pageJson } from "../shapes/page-json.js";
import { recordJson } from "../shapes/record-json.js";
import type { Simulation } from "../simulation.js";
import { findDevelopers } from "./find-developers.js";
import { type ListQuery, readListQuery } from "./query.js";

/**
 * `GET /v2/developers` with `Accept: application/json`: one page.
 *
 * @throws Refusal 400 for a query that is wrong; the dialect's status before the setup, and for a page beyond the last
 */
export function list({ store, dialect }: Simulation, query: URLSearchParams, faults: readonly RowFault[]): Response {
  const account = store.visible;
  const asked = readListQuery(query, dialect);
  const columns = columnsOrRefuse(account, dialect);
  const { pageIndex, pageSize } = asked;
  const all = findDevelopers(account, columns, asked, dialect);
  checkPage(asked, all.length, dialect);
  const { rows, total } = windowOf(all, pageIndex * pageSize, pageSize, faults);
  const records = rows.map((developer) => recordJson(developer, columns, dialect));
  return Response.json(pageJson({ rows: records, total, pageIndex, pageSize }, dialect.listWrapper, dialect));
}

/**
 * `GET /v2/developers` with `Accept: text/csv`: "download a full CSV file".
 *
 * @throws Refusal the dialect's status before the setup
 */
export function download(
  { store, dialect }: Simulation,
  query: URLSearchParams,
  faults: readonly RowFault[],
): Response {
  const account = store.visible;
  const columns = columnsOrRefuse(account, dialect);
  const filter = readListQuery(dialect.csvFilters === "applied" ? query : new URLSearchParams(), dialect);
  const all = findDevelopers(account, columns, filter, dialect);
  const { rows } = windowOf(all, 0, all.length, faults);
  const names = keyNames(columns, dialect.csvHeader);
  const header = columns.map(({ name }) => names.get(name) ?? name);
  const cells = rows.map(({ values }) => columns.map(({ name }) => values[name] ?? ""));
  return csvResponse(header.length === 0 ? "" : csvText(header, cells, dialect), "developers.csv");
}

/** @throws Refusal for a page beyond the last, where the dialect has none */
export function checkPage(
  { pageIndex, pageSize }: Pick<ListQuery, "pageIndex" | "pageSize">,
  total: number,
  { pageBeyond }: Simulation["dialect"],
): void {
  if (pageIndex === 0 || pageIndex * pageSize < total || pageBeyond === "empty") return;
  throw new Refusal(pageBeyond === "notFound" ? 404 : 400, `There is no page ${pageIndex}.`);
}

/** The columns; none before the setup, where the dialect answers an empty list then. */
export function columnsOrRefuse({ columns }: Account, { listBeforeSetup }: Simulation["dialect"]) {
  if (columns !== null) return columns;
  if (listBeforeSetup !== "empty") throw setupNeeded(listBeforeSetup);
  return [];
}
