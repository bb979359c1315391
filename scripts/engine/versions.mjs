/** The engine that is fetched or built when there is none. `cli/go.mod` pins the same. */
export const PINNED = "3.250.0";

/** The npm package `pulumi` (official launcher) that fetches it. */
export const LAUNCHER = "3.265.0";

/** Since this version `--expect-no-changes` has an exit code of its own, 7; drift checks in CI need it. */
export const OLDEST = "3.227.0";

/**
 * The first three numbers of a version.
 *
 * @param {string} text such as "v3.250.0-alpha.1"
 * @returns {[number, number, number] | null} null when it is not a version
 */
function numbersOf(text) {
  const [, major, minor, patch] = /^v?(\d+)\.(\d+)\.(\d+)/.exec(text) ?? [];
  return patch === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

/** Whether a text is a version. */
export function isVersion(/** @type {string} */ text) {
  return numbersOf(text) !== null;
}

/**
 * Whether a version is as new as another. What is not a version is not.
 *
 * @param {string} version such as "v3.250.0"
 * @param {string} least such as "3.227.0"
 */
export function isAtLeast(version, least) {
  const [a, b] = [numbersOf(version), numbersOf(least)];
  if (a === null || b === null) return false;
  const at = a.findIndex((number, index) => number !== b[index]);
  return at === -1 || /** @type {number} */ (a[at]) > /** @type {number} */ (b[at]);
}
