import { UnreadableAnswerError } from "../errors/transport-errors.js";
import type { Page } from "../paging.js";
import { describeShape } from "../shape/describe.js";
import { findRecords } from "../shape/find-records.js";
import { findTotal } from "../shape/find-total.js";
import { isObject } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer } from "../transport/request.js";

/** One page of a v1 list. */
export interface ContributorPage extends Page {
  /** `non_users_count`: users of integrations that are nobody's, whom `total` may count or not. null: not said. */
  readonly nonUsers: number | null;
  /** As it is said: true says nothing, because some servers say it of the last page too. */
  readonly hasNext: boolean | null;
}

/**
 * Reads `{ records, _metadata: { total_count, has_next, non_users_count } }`; the counts may stand at the top as well.
 *
 * @throws UnreadableAnswerError with the shape, when there is no list in it
 */
export function readContributorPage(answer: Answer): ContributorPage {
  if (answer.status === 204 || answer.text.trim() === "" || answer.json === null) {
    return { records: [], total: null, nonUsers: null, hasNext: null };
  }
  const found = findRecords(answer.json);
  if (found === null)
    throw unreadable(answer, "no list of records can be recognised in it", answer.json ?? answer.text);
  const { records, wrappers } = found;
  const around = [...wrappers]
    .reverse()
    .flatMap((one) => [pick(one, ["_metadata", "metadata"]), one])
    .filter(isObject);
  const said = (name: string) => around.map((one) => pick(one, [name])).find((value) => value !== undefined);
  const nonUsers = Number(said("non_users_count") ?? Number.NaN);
  const hasNext = said("has_next");
  return {
    records,
    total: findTotal(wrappers, records.length, answer.headers),
    nonUsers: Number.isSafeInteger(nonUsers) && nonUsers >= 0 ? nonUsers : null,
    hasNext: typeof hasNext === "boolean" ? hasNext : hasNext === "true" ? true : hasNext === "false" ? false : null,
  };
}

/** An answer, or a part of it, that is not recognised: keys and types, never values. */
export function unreadable(answer: Pick<Answer, "call" | "status">, problem: string, part: unknown) {
  return new UnreadableAnswerError(answer.call, answer.status, problem, describeShape(part));
}
