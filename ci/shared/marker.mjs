// The hidden first line by which the bot finds its own comments again.

/**
 * What a marker says. `checksum` is there only when an apply may rely on it.
 *
 * @typedef {object} Marker
 * @property {"plan" | "offline" | "apply" | "drift"} kind
 * @property {string} name which roster, when a repository has several
 * @property {string} run `<id>.<attempt>` of the run that wrote it; a newer one is larger
 * @property {string} [pr] number of the pull or merge request
 * @property {string} [head] the commit that was planned
 * @property {string} [checksum] 64 hexadecimal digits
 */

/** @type {Readonly<Record<string, RegExp>>} */
const PATTERNS = {
  name: /^[a-z0-9-]{1,40}$/,
  run: /^\d{1,15}\.\d{1,6}$/,
  pr: /^[1-9]\d{0,9}$/,
  head: /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/,
  checksum: /^[0-9a-f]{64}$/,
};
const KINDS = ["plan", "offline", "apply", "drift"];

/**
 * @param {Marker} marker
 * @throws {Error} when a value has a form that no marker may hold
 * @example
 * formatMarker({ kind: "plan", name: "default", run: "7.1", pr: "12" });
 * // "<!-- sei-roster:plan name=default run=7.1 pr=12 -->"
 */
export function formatMarker(marker) {
  const { kind, ...rest } = marker;
  const values = Object.entries(rest).filter(([, value]) => value !== undefined && value !== "");
  for (const [key, value] of values) {
    if (PATTERNS[key]?.test(value) !== true) throw new Error(`a marker cannot hold ${key} ${JSON.stringify(value)}`);
  }
  return `<!-- sei-roster:${kind}${values.map(([key, value]) => ` ${key}=${value}`).join("")} -->`;
}

/**
 * Reads the marker of a text: its very first line, or none. What stands below is content and is never looked at, because
 * content comes from files that anybody may have written.
 *
 * @param {string} body
 * @returns {Marker | undefined}
 */
export function readMarker(body) {
  const line = body.split(/\r?\n/, 1)[0] ?? "";
  const found = /^<!-- sei-roster:([a-z]+)((?: [a-z]+=[0-9a-z.-]+)+) -->$/.exec(line);
  const [, kind = "", rest = ""] = found ?? [];
  if (!KINDS.includes(kind)) return undefined;
  const pairs = rest
    .trim()
    .split(" ")
    .map((pair) => /** @type {[string, string]} */ (pair.split("=", 2)));
  const values = Object.fromEntries(pairs);
  const isGood = pairs.every(([key, value]) => PATTERNS[key]?.test(value) === true);
  if (!isGood || Object.keys(values).length < pairs.length) return undefined;
  if (values.name === undefined || values.run === undefined) return undefined;
  return /** @type {Marker} */ (/** @type {unknown} */ ({ kind, ...values }));
}

/** Content in which nothing looks like a marker, wherever it might end up. */
export function withoutMarkers(/** @type {string} */ content) {
  return content.replace(/<!--(?=\s*sei-roster:)/gi, "&lt;!--");
}

/** Whether run `a` is newer than run `b`. */
export function isNewer(/** @type {string} */ a, /** @type {string} */ b) {
  const [[runA, tryA], [runB, tryB]] = [numbersOf(a), numbersOf(b)];
  return runA === runB ? tryA > tryB : runA > runB;
}

/** @returns {[number, number]} */
function numbersOf(/** @type {string} */ run) {
  const [id = 0, attempt = 0] = run.split(".").map(Number);
  return [id, attempt];
}
