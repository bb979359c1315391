import type { Account } from "../account/account.js";
import type { ContributorLists } from "../account/contributor-lists.js";
import { type Person, peopleOf } from "../account/people.js";
import { remember } from "../account/remember.js";
import type { RowFault } from "../faults/fault.js";
import { windowOf } from "../faults/row-faults.js";
import { contributorJson, danglingJson } from "../shapes/contributor-json.js";
import { contributorPage } from "../shapes/contributor-page.js";
import type { Simulation } from "../simulation.js";
import { type ContributorFilter, matches, readListRequest } from "./contributor-request.js";
import { versionAsked } from "./contributor-versions.js";

/** A row of the list: somebody, or the number of a user who is nobody's. */
type Row = Person | number;

/**
 * `POST /v1/org/users/list` with `{"page", "page_size", "filter"}`: the contributors of the version in force, or of
 * `?version=`, by id. Users of integrations that are nobody's come first, unless `include_dangling_logins` is false.
 *
 * @throws Refusal 400 for a page that is none, 404 for a version that is not kept
 */
export function listContributors(
  lists: ContributorLists,
  { dialect }: Simulation,
  query: URLSearchParams,
  body: unknown,
  faults: readonly RowFault[],
): Response {
  const { page, pageSize, filter } = readListRequest(body, dialect);
  const account = versionAsked(lists, query);
  const asked = dialect.contributorFilter === "applied" ? filter : null;
  const rows = remember(account, ["contributors", asked], () => find(account, asked, dialect.danglingUsers));
  const { rows: shown, total } = windowOf(rows, page * pageSize, pageSize, faults);
  const columns = account.columns ?? [];
  const records = shown.map((row) =>
    typeof row === "number" ? danglingJson(row) : contributorJson(row, columns, account.revision, dialect),
  );
  // They stand before everybody else.
  const firstPerson = rows.findIndex((row) => typeof row !== "number");
  const nonUsers = firstPerson < 0 ? rows.length : firstPerson;
  return Response.json(contributorPage({ records, page, pageSize, total, nonUsers }, dialect));
}

function find(account: Account, filter: ContributorFilter | null, danglingUsers: number): readonly Row[] {
  const people = peopleOf(account);
  const dangling = Array.from({ length: danglingUsers }, (_, index) => index + 1);
  if (filter === null) return [...dangling, ...people];
  const kept = people.filter((person) => matches(person, filter, account));
  return filter.dangling ? [...dangling, ...kept] : kept;
}
