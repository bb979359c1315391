import { byText } from "../../roster/strings.js";
import type { Account } from "../account/account.js";
import { columnOf } from "../account/columns.js";
import { keyOf } from "../account/normalise.js";
import { remember } from "../account/remember.js";
import type { RowFault } from "../faults/fault.js";
import { windowOf } from "../faults/row-faults.js";
import { badRequest } from "../rules/refusal.js";
import { csvResponse, csvText } from "../shapes/csv-text.js";
import { type Holder, identityRows } from "../shapes/identity-json.js";
import { pageJson } from "../shapes/page-json.js";
import type { Simulation } from "../simulation.js";
import { byEmail } from "./find-developers.js";
import { checkPage, columnsOrRefuse } from "./list.js";
import { type ListQuery, readListQuery } from "./query.js";

/**
 * `GET /v2/developers/identities` with `Accept: application/json`: "with filtering, sorting, and pagination". Sorted by
 * email (or the other way round), then by integration.
 *
 * @throws Refusal 400 for a query that is wrong; the dialect's status before the setup
 */
export function readIdentities(
  { store, dialect }: Simulation,
  query: URLSearchParams,
  faults: readonly RowFault[],
): Response {
  const given = readListQuery(query, dialect);
  const asked = dialect.identityFilter === "applied" ? given : { ...given, ...NO_FILTER };
  const { pageIndex, pageSize, ...filter } = asked;
  const account = store.visible;
  const rows = remember(account, ["identities", filter], () => oneEach(findHolders(account, asked, dialect), dialect));
  checkPage(asked, rows.length, dialect);
  const window = windowOf(rows, pageIndex * pageSize, pageSize, faults);
  const page = { rows: identityRows(window.rows, dialect), total: window.total, pageIndex, pageSize };
  return Response.json(pageJson(page, dialect.identitiesWrapper, dialect));
}

/** The same with `Accept: text/csv`: "Download all developer identities", in the columns of an upload. */
export function downloadIdentities({ store, dialect }: Simulation, faults: readonly RowFault[]): Response {
  const holders = findHolders(store.visible, readListQuery(new URLSearchParams(), dialect), dialect);
  const all = holders.flatMap(({ email, held }) =>
    held.length === 0 ? [[email, "", ""]] : held.map(([id, identity]) => [email, String(id), identity]),
  );
  const { rows } = windowOf(all, 0, all.length, faults);
  return csvResponse(csvText(["email", "integrationId", "identity"], rows, dialect), "developer_identities.csv");
}

/** What filters, as it is without any. */
const NO_FILTER = { emails: [], integrationIds: [], developerRefIds: [] };

/** Holders of whom each is one row of a list. */
function oneEach(holders: readonly Holder[], { identitiesShape }: Simulation["dialect"]): readonly Holder[] {
  if (identitiesShape === "nested" || holders.every(({ held }) => held.length <= 1)) return holders;
  return holders.flatMap((holder) =>
    holder.held.length <= 1 ? [holder] : holder.held.map((each) => ({ ...holder, held: [each] })),
  );
}

function findHolders(account: Account, query: ListQuery, dialect: Simulation["dialect"]): readonly Holder[] {
  const columns = columnsOrRefuse(account, dialect);
  const emailColumn = columnOf(columns, "EMAIL") ?? "";
  const nameColumn = columnOf(columns, "NAME") ?? "";
  const emails = new Set(query.emails.map((email) => keyOf(email, dialect)));
  const ids = new Set(query.integrationIds);
  const refIds = new Set(query.developerRefIds);
  const matches = matcher(query, dialect);
  const holders: Holder[] = [];
  const listsAll = dialect.withoutIdentity === "listed" && query.search === null && ids.size === 0;
  // Identities that wait for their developer are not shown.
  for (const developer of byEmail(account, columns)) {
    const email = developer.values[emailColumn] ?? "";
    const key = keyOf(email, dialect);
    const held = account.identities.get(key) ?? [];
    if (emails.size > 0 && !emails.has(key)) continue;
    if (refIds.size > 0 && !refIds.has(developer.refId)) continue;
    const kept: (readonly [number, string])[] = [];
    for (const [id, identities] of held) {
      if (ids.size > 0 && !ids.has(id)) continue;
      for (const identity of identities) if (matches(email, id, identity)) kept.push([id, identity]);
    }
    if (kept.length > 1) kept.sort(([a, x], [b, y]) => a - b || byText(x, y));
    if (kept.length > 0 || listsAll) {
      holders.push({ email, name: developer.values[nameColumn] ?? "", refId: developer.refId, held: kept });
    }
  }
  return query.descending ? holders.reverse() : holders;
}

function matcher({ search }: ListQuery, { searchUnknownKey, searchMatch }: Simulation["dialect"]) {
  if (search === null) return () => true;
  const { key } = search;
  const wanted = search.value.toLowerCase();
  const email = (text: string) =>
    searchMatch === "contains" ? text.toLowerCase().includes(wanted) : text.toLowerCase() === wanted;
  if (key !== "email" && key !== "integrationId" && key !== "identity" && searchUnknownKey === "badRequest") {
    throw badRequest(`Unknown searchKey: ${key}`);
  }
  return (address: string, id: number, identity: string): boolean => {
    if (key === "email") return email(address);
    if (key === "integrationId") return String(id) === search.value;
    if (key === "identity") return identity.toLowerCase() === wanted;
    return searchUnknownKey === "ignore";
  };
}
