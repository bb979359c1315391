/**
 * The key of a developer: the address, trimmed and lower-cased. Every comparison in this package is between keys.
 *
 * @example
 * emailKey(" Ada@Example.com "); // "ada@example.com"
 */
export function emailKey(address: string): string {
  return address.trim().toLowerCase();
}

/** One `@` with something on both sides, no white space, and a dot-separated domain: enough to catch a slip, no more. */
const ADDRESS = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/;

/**
 * Whether a key can be an address at all.
 *
 * @example
 * isEmail("ada@example.com"); // true
 * isEmail("ada"); // false
 */
export function isEmail(key: string): boolean {
  return ADDRESS.test(key);
}
