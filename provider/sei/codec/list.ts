import { UnreadableAnswerError } from "../errors/transport-errors.js";
import type { Page } from "../paging.js";
import { describeShape } from "../shape/describe.js";
import { findRecords } from "../shape/find-records.js";
import { findTotal } from "../shape/find-total.js";
import type { Answer } from "../transport/request.js";

/**
 * Reads one page of a list, of developers or of identities. The documents show no body: see findRecords and findTotal.
 *
 * @throws UnreadableAnswerError with the shape, when there is no list in it
 */
export function readPage(answer: Answer): Page {
  if (answer.status === 204 || answer.text.trim() === "" || answer.json === null) return { records: [], total: null };
  const found = findRecords(answer.json);
  if (found === null) {
    throw new UnreadableAnswerError(
      answer.call,
      answer.status,
      "no list of records can be recognised in it",
      describeShape(answer.json ?? answer.text),
    );
  }
  return { records: found.records, total: findTotal(found.wrappers, found.records.length, answer.headers) };
}
