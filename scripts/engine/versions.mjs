/** The engine that is fetched or built when there is none. */
export const PINNED = "3.250.0";

/** The npm package `pulumi` (official launcher) that fetches it. */
export const LAUNCHER = "3.265.0";

/** Since this version `--expect-no-changes` has an exit code of its own, 7; drift checks in CI need it. */
export const OLDEST = "3.227.0";

/**
 * Whether a version is as new as another.
 *
 * @param {string} version such as "v3.250.0"
 * @param {string} least such as "3.227.0"
 */
export function isAtLeast(version, least) {
  const numbers = (/** @type {string} */ text) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [a, b] = [numbers(version), numbers(least)];
  for (let at = 0; at < 3; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
