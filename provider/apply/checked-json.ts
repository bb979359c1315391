import { checksum } from "../roster/checksum.js";
import { isObject, type JsonObject } from "../sei/shape/json.js";

/** What a file holds, and whether it is as it was written. */
export interface CheckedJson {
  /** Everything but the checksum. */
  readonly content: JsonObject;
  /** null: the file has none. */
  readonly isWhole: boolean | null;
}

/** Data as the text of a file, with a checksum of everything else in it. */
export function checkedJson(content: object): string {
  return `${JSON.stringify({ ...content, checksum: checksum(content) }, null, 1)}\n`;
}

/** Reads such a text; null when it is no JSON object. */
export function readCheckedJson(text: string): CheckedJson | null {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(read)) return null;
  const { checksum: written, ...content } = read;
  return { content, isWhole: typeof written === "string" ? checksum(content) === written : null };
}
