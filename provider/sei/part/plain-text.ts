import { columnKey } from "../../roster/field-mapping.js";
import { isObject, type JsonObject } from "../shape/json.js";

/** A moment, as servers print dates in their own form. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d/;

/**
 * Whether a record shows the values under these keys as somebody may have entered them: as text. A number, a flag or a
 * moment may be the server's own form of another text, and only the CSV download tells which.
 */
export function isPlainText(record: JsonObject, keys: Iterable<string>): boolean {
  return holds(record, new Set([...keys].map(columnKey)), 3);
}

function holds(object: JsonObject, keys: ReadonlySet<string>, depth: number): boolean {
  return Object.entries(object).every(([key, value]) => {
    if (isObject(value)) return depth === 0 || holds(value, keys, depth - 1);
    if (Array.isArray(value)) return value.every((item) => !isObject(item) || isText(item["value"]));
    return !keys.has(columnKey(key)) || isText(value);
  });
}

function isText(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && !MOMENT.test(value));
}
