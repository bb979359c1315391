import { emailKey } from "../../roster/email.js";
import type { PageWish } from "../routes/routes.js";
import type { JsonObject } from "../shape/json.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { Contributor } from "./contributor.js";
import { contributorFrom, isDangling, isOwnId } from "./contributor-record.js";
import { EMAIL, ID, textIn } from "./fields-of.js";
import { readEach, type V1List } from "./v1-list.js";

const LIST = { method: "POST", path: "/v1/org/users/list" } as const;

/** Everybody in it, also who is nobody's. */
export const CONTRIBUTORS: V1List<Contributor> = {
  call: LIST,
  kind: "a contributor",
  from: contributorFrom,
  keyOf: keyOfRecord,
};

/**
 * `POST /v1/org/users/list` with `{ page, page_size, filter }`: reads, although it is a POST.
 *
 * Source: apidocs, Contributors, "Retrieve the list of current active users".
 *
 * @param version null: the active one
 */
export function askList({ index, size }: PageWish, version: string | null, filter: JsonObject = {}): SeiRequest {
  const value = { page: index, ...(size === null ? {} : { page_size: size }), filter };
  return {
    ...LIST,
    query: version === null ? [] : [["version", version]],
    accept: "application/json",
    body: { kind: "json", value },
    effect: "read",
  };
}

/**
 * The contributors among the records of {@link readContributorPage}, without those who are nobody's.
 *
 * @throws UnreadableAnswerError with the shape of a record that is not recognised
 */
export function readContributors(
  records: readonly JsonObject[],
  answer: Pick<Answer, "call" | "status">,
): readonly Contributor[] {
  return withoutNobodies(readEach(CONTRIBUTORS, records, answer));
}

/** The ones that are somebody: not only seen in an integration. */
export function withoutNobodies(contributors: readonly Contributor[]): readonly Contributor[] {
  return contributors.filter((one) => !isDangling(one));
}

/** By id; somebody with an email and no id of their own is found by the email. */
function keyOfRecord(record: JsonObject): string | null {
  const id = textIn(record, ID) ?? "";
  if (isOwnId(id)) return `id ${id}`;
  const email = textIn(record, EMAIL) ?? "";
  return isDangling({ id, email }) ? null : `email ${emailKey(email)}`;
}
