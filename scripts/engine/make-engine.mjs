import { mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "./build.mjs";
import { checkEngine } from "./check-engine.mjs";
import { launch } from "./launch.mjs";
import { PULUMI } from "./parts.mjs";

/**
 * @typedef {{ log: (line: string) => void, env: NodeJS.ProcessEnv, signal: AbortSignal }} Context
 *
 * @callback Maker makes an engine somewhere in a folder of its own
 * @param {string} folder empty, and removed afterwards
 * @param {Context} context
 * @returns {Promise<string | null>} the folder that has the executables; null when it could not be made (and said why)
 */

/** @type {readonly (readonly ["npm" | "go", Maker])[]} */
const MAKERS = [
  ["npm", launch],
  ["go", build],
];

/** No build takes so long: a folder that is older was left by a killed process. */
const LEFT_BEHIND_MS = 2 * 60 * 60_000;

/**
 * Makes an engine by the first way that works. It is made in a folder beside the target, tried there, and then moved into
 * place at once: neither an interrupted build nor a second one at the same time leaves half an engine.
 *
 * @param {string} target
 * @param {Context} context
 * @returns {Promise<"npm" | "go" | null>} how it was made
 */
export async function makeEngine(target, context) {
  await removeLeftBehind(target);
  for (const [source, make] of MAKERS) {
    const folder = await mkdtemp(`${target}.partial-`);
    try {
      const made = await make(folder, context);
      if (made === null) continue;
      const checked = await checkEngine(join(made, PULUMI), context);
      if ("version" in checked) {
        await moveIntoPlace(made, target, join(folder, "replaced"), context);
        return source;
      }
      context.log(`passed over what was made: ${checked.reason}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return null;
}

async function moveIntoPlace(
  /** @type {string} */ made,
  /** @type {string} */ target,
  /** @type {string} */ replaced,
  /** @type {Context} */ context,
) {
  try {
    await rename(made, target);
  } catch {
    // Something is there. From another process that was first it is as good as ours; a broken one makes room.
    if ("version" in (await checkEngine(join(target, PULUMI), context))) return;
    await rename(target, replaced);
    await rename(made, target);
  }
}

async function removeLeftBehind(/** @type {string} */ target) {
  for (const name of await readdir(dirname(target))) {
    if (!name.startsWith(`${basename(target)}.partial-`)) continue;
    const folder = join(dirname(target), name);
    const stats = await stat(folder).catch(() => null);
    if (stats !== null && Date.now() - stats.mtimeMs > LEFT_BEHIND_MS)
      await rm(folder, { recursive: true, force: true });
  }
}
