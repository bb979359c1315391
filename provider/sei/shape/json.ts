/** An object of JSON: not null, not an array. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A string, a number or a boolean. */
export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** null and absent are blank; a number or a boolean is what it prints as; null for what is no text at all. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return "";
  return isScalar(value) ? String(value) : null;
}

/** An object of the answer, and the way to it from the root. */
export interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * The root and what lies below it in objects, nearest first, at most `depth` steps down. Arrays are given and not
 * entered.
 */
export function places(root: unknown, depth = 3): readonly Place[] {
  const found: Place[] = [{ path: [], value: root }];
  for (let at = 0; at < found.length; at += 1) {
    const place = found[at];
    if (place === undefined || place.path.length >= depth || !isObject(place.value)) continue;
    for (const [key, value] of Object.entries(place.value)) {
      if (typeof value === "object" && value !== null) found.push({ path: [...place.path, key], value });
    }
  }
  return found;
}
