/**
 * The key of a developer: the address, trimmed and lower-cased. Every comparison in this package is between keys.
 *
 * @example
 * emailKey(" Ada@Example.com "); // "ada@example.com"
 */
export function emailKey(address: string): string {
  return address.trim().toLowerCase();
}

/**
 * One `@` with something on both sides, nothing white or invisible, a dot-separated domain, and no link: enough to
 * catch a slip, no more.
 */
const ADDRESS = /^(?!mailto:)(?!\S*[\p{Cc}\p{Cf}])[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$/u;

/** What nearly every address is, and what takes a third of the time to see. */
const PLAIN = /^[a-z\d._+-]+@[a-z\d-]+(\.[a-z\d-]+)*$/;

/**
 * Whether a key can be an address at all.
 *
 * @example
 * isEmail("ada@example.com"); // true
 * isEmail("ada"); // false
 * isEmail("mailto:ada@example.com"); // false
 */
export function isEmail(key: string): boolean {
  return PLAIN.test(key) || ADDRESS.test(key);
}
