import { oneLine } from "./request.mjs";

/** Not done, for a reason that a person must look at. Exit code 3, as with `sei-roster`. */
export class Refused extends Error {}

/**
 * Runs a script: what goes wrong becomes one line on stderr and an exit code.
 *
 * @param {() => Promise<void>} script
 */
export async function main(script) {
  try {
    await script();
  } catch (error) {
    process.stderr.write(`sei-roster ci: ${oneLine(error instanceof Error ? error.message : String(error))}\n`);
    process.exitCode = error instanceof Refused ? 3 : 1;
  }
}

/**
 * A variable that must be there.
 *
 * @param {string} name
 * @param {RegExp} [form]
 * @returns {string}
 */
export function needed(name, form = /./) {
  const value = process.env[name] ?? "";
  if (form.test(value)) return value;
  throw new Error(value === "" ? `${name} is not set` : `${name} has a form that cannot be right`);
}

/** A variable, trimmed; "" when it is not set. */
export function optional(/** @type {string} */ name) {
  return (process.env[name] ?? "").trim();
}
