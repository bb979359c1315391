import type { Account } from "../account/account.js";
import { type ContributorLists, timeOfVersion } from "../account/contributor-lists.js";
import type { Dialect } from "../dialect/dialect.js";
import type { RowFault } from "../faults/fault.js";
import { windowOf } from "../faults/row-faults.js";
import { badRequest, Refusal } from "../rules/refusal.js";
import { versionUuid } from "../shapes/contributor-json.js";
import { hasNext } from "../shapes/contributor-page.js";
import type { Json } from "../shapes/record-json.js";
import type { Simulation } from "../simulation.js";

/** The page size without `page_size`: "Default is not specified". */
const PAGE_SIZE = 50;

/**
 * `GET /v1/org/users/versions`: every version that there ever was, newest first, although the documents call it "the list of
 * active versions".
 *
 * @throws Refusal 400 for a page that is none
 */
export function contributorVersions(
  lists: ContributorLists,
  { dialect }: Simulation,
  query: URLSearchParams,
  faults: readonly RowFault[],
): Response {
  const page = whole(query.get("page") ?? "0", 0);
  const pageSize = whole(query.get("page_size") ?? String(PAGE_SIZE), 1);
  const active = lists.visible.revision;
  const versions = Array.from({ length: active }, (_, index) => active - index);
  const { rows, total } = windowOf(versions, page * pageSize, pageSize, faults);
  const records = rows.map((version) => versionJson(version, version === active, dialect));
  const has_next = hasNext({ records, page, pageSize, total }, dialect);
  const _metadata = { page_size: pageSize, page, has_next, total_count: total };
  return Response.json({ records, count: records.length, _metadata });
}

/**
 * The list that a request is about: the one in force, or that of `?version=`.
 *
 * @throws Refusal 400 for a version that is no number, 404 for one that is not kept or was never there
 */
export function versionAsked(lists: ContributorLists, query: URLSearchParams): Account {
  const version = query.get("version");
  if (version === null) return lists.visible;
  const account = lists.at(whole(version, 0));
  if (account === null) throw new Refusal(404, `Version ${version} not found.`);
  return account;
}

function versionJson(version: number, active: boolean, { contributorVersions: form }: Dialect): Json {
  const id = versionUuid(version);
  if (form === "sdk") return { id, name: `Version ${version}`, version: String(version) };
  const made = timeOfVersion(version);
  return { id, type: "USER", version, active, created_at: made, updated_at: made };
}

function whole(text: string, least: number): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) throw badRequest("Invalid request");
  return Number(text);
}
