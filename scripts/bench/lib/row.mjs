/**
 * One thing that is measured.
 *
 * @typedef {object} Row
 * @property {string} id what `--only` takes
 * @property {string} title
 * @property {string} [bar] what it should reach, in words; design.md section 10 or issue 8 says it
 * @property {"quick" | "usual" | "full"} when the shortest run that it is part of
 * @property {(context: Context) => Promise<Measured>} run
 *
 * @typedef {object} Measured
 * @property {readonly Readonly<Record<string, string | number>>[]} lines of a table; the keys are its columns, with units
 * @property {readonly string[]} [notes]
 *
 * @typedef {object} Context
 * @property {string} root the checkout
 * @property {string} cli the built `sei-roster`
 * @property {string} folder an empty folder of this row's own; it is removed afterwards
 * @property {NodeJS.ProcessEnv} env without what somebody set for Pulumi or SEI, and with a private cache folder
 * @property {boolean} quick
 * @property {boolean} full
 * @property {(line: string) => void} log
 */

/** What a row is measured against is not on this machine: the row says so, and the rest goes on. */
export class NotHereError extends Error {
  name = "NotHereError";
}

/** Three digits that count. */
export function round(/** @type {number} */ number) {
  return Number(number.toPrecision(3));
}
