import type { Call } from "../errors/sei-error.js";
import type { JsonObject } from "../shape/json.js";
import type { Answer } from "../transport/request.js";
import { unreadable } from "./page.js";

/** A list of the v1 API that comes in pages. */
export interface V1List<T> {
  readonly call: Call;
  /** What its records are, for messages: `a contributor`. */
  readonly kind: string;
  /** null: the record is not recognised. */
  readonly from: (record: JsonObject) => T | null;
  /** What no two records share; null for a record that is nobody's. */
  readonly keyOf: (record: JsonObject) => string | null;
}

/**
 * Every record as what it is.
 *
 * @throws UnreadableAnswerError with the shape of a record that is not recognised
 */
export function readEach<T>(
  { kind, from }: Pick<V1List<T>, "kind" | "from">,
  records: readonly JsonObject[],
  answer: Pick<Answer, "call" | "status">,
): readonly T[] {
  return records.map((record) => {
    const found = from(record);
    if (found === null) throw unreadable(answer, `a record in it is not recognised as ${kind}`, record);
    return found;
  });
}
