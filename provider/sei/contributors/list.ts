import type { PageWish } from "../routes/routes.js";
import type { JsonObject } from "../shape/json.js";
import type { Answer, SeiRequest } from "../transport/request.js";
import type { Contributor } from "./contributor.js";
import { contributorFrom, isDangling } from "./contributor-record.js";
import { unreadable } from "./page.js";

export const LIST = { method: "POST", path: "/v1/org/users/list" } as const;

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
  answer: Pick<Answer, "call" | "status"> = { call: LIST, status: 200 },
): readonly Contributor[] {
  return records
    .map((record) => {
      const contributor = contributorFrom(record);
      if (contributor === null) throw unreadable(answer, "a record in it is not recognised as a contributor", record);
      return contributor;
    })
    .filter((one) => !isDangling(one));
}
