/**
 * What a dynamic provider receives in a preview in place of a value that is not known yet, whatever its type: the
 * engine does not decode it (pulumi/pulumi#6310).
 */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/**
 * Whether a value is unknown, or holds something unknown.
 *
 * @example
 * containsUnknown({ a: ["04da6b54-80e4-46f7-96ec-b56ff0331ba9"] }); // true
 */
export function containsUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(containsUnknown);
  return typeof value === "object" && value !== null && Object.values(value).some(containsUnknown);
}
