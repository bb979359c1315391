import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { describeShape } from "../shape/describe.js";
import { isObject, places } from "../shape/json.js";
import { pick } from "../shape/names.js";
import type { Answer } from "../transport/request.js";

/** The surest first; `id` and `version` may be something else, so they come last. */
const NAMES = ["versionId", "uploadId", "developerVersionId", "draftId", "id", "version"];

/**
 * The version that an upload made: "Response includes `versionId` for tracking". Opaque, a string or a number.
 *
 * @throws UnreadableAnswerError with the shape
 */
export function readVersionId(answer: Answer): string {
  const objects = places(answer.json)
    .map(({ value }) => value)
    .filter(isObject);
  for (const name of NAMES) {
    for (const object of objects) {
      const value = pick(object, [name]);
      if (typeof value === "string" && value !== "") return value;
      if (typeof value === "number") return String(value);
    }
  }
  const [, located] = /\/(?:versions|uploads)\/([^/?#]+)/.exec(answer.headers.get("location") ?? "") ?? [];
  if (located !== undefined) return decodeURIComponent(located);
  throw new UnreadableAnswerError(
    answer.call,
    answer.status,
    "no versionId can be found in it",
    describeShape(answer.json ?? answer.text),
  );
}
