import { isObject } from "./json.js";

const MOST_KEYS = 24;

/**
 * The shape of an answer for an error message: keys and types, never values. Keys that look like people or ids are
 * counted, not shown.
 *
 * @example
 * describeShape({ total: 2, developers: [{ email: "a@b.c" }] });
 * // "{ total: number, developers: [1 x { email: string }] }"
 */
export function describeShape(value: unknown, depth = 4): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return depth === 0 ? "[...]" : `[${value.length} x ${union(value.slice(0, 20), depth - 1)}]`;
  }
  if (!isObject(value)) return typeof value;
  const entries = Object.entries(value);
  if (entries.length === 0) return "{}";
  if (depth === 0) return "{...}";
  if (entries.some(([key]) => isPrivate(key)) || entries.length > 2 * MOST_KEYS) {
    return `{ <${entries.length} keys>: ${union(
      entries.slice(0, 20).map(([, one]) => one),
      depth - 1,
    )} }`;
  }
  const shown = entries.slice(0, MOST_KEYS).map(([key, one]) => `${key}: ${describeShape(one, depth - 1)}`);
  return `{ ${shown.join(", ")}${entries.length > MOST_KEYS ? ", ..." : ""} }`;
}

function union(values: readonly unknown[], depth: number): string {
  const shapes = [...new Set(values.map((one) => describeShape(one, depth)))];
  return shapes.length > 3 ? `${shapes.slice(0, 3).join(" | ")} | ...` : shapes.join(" | ");
}

/** A key that is data: an address, a number, a UUID. */
function isPrivate(key: string): boolean {
  return key.includes("@") || /^\d+$/.test(key) || /^[0-9a-f-]{32,}$/i.test(key) || key.length > 60;
}
