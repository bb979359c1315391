import { byText } from "../../roster/strings.js";
import type { PageWish } from "../routes/routes.js";
import type { JsonObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { ContributorVersion } from "./contributor.js";
import { CREATED_AT, momentIn, textIn } from "./fields-of.js";
import { readEach, type V1List } from "./v1-list.js";

const LIST = { method: "GET", path: "/v1/org/users/versions" } as const;

export const VERSIONS: V1List<ContributorVersion> = {
  call: LIST,
  kind: "a version",
  from: versionFrom,
  keyOf: versionIn,
};

/**
 * `GET /v1/org/users/versions?page_size=999&page=0`.
 *
 * Source: apidocs, Contributors, "Retrieve the list of active versions".
 */
export function askVersions({ index, size }: PageWish): SeiRequest {
  const pageSize = size === null ? [] : ([["page_size", String(size)]] as const);
  return { ...LIST, query: [...pageSize, ["page", String(index)]], accept: "application/json", effect: "read" };
}

/**
 * The versions among the records of {@link readContributorPage}, the newest first: `{ id, name, version: "190" }` or
 * `{ id, type, version: 190, active, created_at, updated_at }`.
 *
 * @throws UnreadableAnswerError with the shape of a record that is not recognised
 */
export function readVersions(
  records: readonly JsonObject[],
  answer: Pick<Answer, "call" | "status">,
): readonly ContributorVersion[] {
  return sortedVersions(readEach(VERSIONS, records, answer));
}

/** The newest first. */
export function sortedVersions(versions: readonly ContributorVersion[]): readonly ContributorVersion[] {
  return [...versions].sort(newestFirst);
}

function versionFrom(record: JsonObject): ContributorVersion | null {
  const version = versionIn(record);
  return version === null
    ? null
    : {
        id: textIn(record, ["id"]) ?? null,
        version,
        active: activeIn(record),
        createdAt: momentIn(record, CREATED_AT),
      };
}

/** A name that is only digits is the version itself. */
function versionIn(record: JsonObject): string | null {
  const name = textIn(record, ["name"]) ?? "";
  const version = textIn(record, ["version"]) ?? (/^\d+$/.test(name) ? name : "");
  return version.trim() === "" ? null : version;
}

function activeIn(record: JsonObject): boolean | null {
  const value = String(pick(record, ["active", "is_active"]) ?? "").toLowerCase();
  return value === "true" ? true : value === "false" ? false : null;
}

function newestFirst(a: ContributorVersion, b: ContributorVersion): number {
  const [left, right] = [Number(a.version), Number(b.version)];
  const byNumber = Number.isNaN(left) || Number.isNaN(right) ? 0 : right - left;
  return byNumber || (b.createdAt ?? 0) - (a.createdAt ?? 0) || byText(b.version, a.version);
}
