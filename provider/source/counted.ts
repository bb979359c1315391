/**
 * A number with its thing, in the singular or plural.
 *
 * @example
 * counted(1, "file"); // "1 file"
 * counted(2, "identity"); // "2 identities"
 */
export function counted(count: number, thing: string): string {
  return `${count} ${count === 1 ? thing : thing.replace(/y$/, "ie").concat("s")}`;
}
