import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, stringify } from "yaml";

const OPENAPI = fileURLToPath(new URL("../../openapi", import.meta.url));

/** The file that users read. */
export const DESCRIPTION = join(OPENAPI, "sei.yaml");

const NOTE = `# The sum of openapi/parts, written by \`npm run openapi\`: edit those.\n`;

/** Parts in the order in which they stand in the whole; a part that is not named here comes last. */
const ORDER = ["head", "paths-developers", "paths-identities", "paths-previous", "paths-v1"].map(
  (name) => `${name}.yaml`,
);

/**
 * The whole description, as text: its parts laid over each other.
 *
 * @throws {Error} when two parts say something about the same place
 */
export async function joinParts(folder = join(OPENAPI, "parts")) {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".yaml")).sort();
  const inOrder = [...ORDER, ...names.filter((name) => !ORDER.includes(name))];
  /** @type {Record<string, unknown>} */
  const whole = {};
  for (const name of inOrder) lay(parse(await readFile(join(folder, name), "utf8")), whole, name);
  return NOTE + stringify(whole, { lineWidth: 120, aliasDuplicateObjects: false });
}

/**
 * @param {Record<string, unknown>} part
 * @param {Record<string, unknown>} whole is changed
 * @param {string} at file and path, for the error
 */
function lay(part, whole, at) {
  for (const [key, value] of Object.entries(part)) {
    const there = whole[key];
    if (there === undefined) whole[key] = value;
    else if (isObject(there) && isObject(value)) lay(value, there, `${at} ${key}`);
    else throw new Error(`${at} ${key}: another part has it already`);
  }
}

/** @returns {value is Record<string, unknown>} */
function isObject(/** @type {unknown} */ value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
