import { dirname, join } from "node:path";
import { engineFolder } from "./cache-folder.mjs";
import { checkEngine, isExecutable } from "./check-engine.mjs";
import { interruptible } from "./interrupt.mjs";
import { withLock } from "./lock.mjs";
import { makeEngine } from "./make-engine.mjs";
import { NoEngineError } from "./no-engine-error.mjs";
import { PULUMI } from "./parts.mjs";
import { pathFolders } from "./path-folders.mjs";

/** @typedef {{ pulumi: string, version: string, source: "PATH" | "cache" | "npm" | "go" }} Engine */

/**
 * Finds a real `pulumi`: on PATH, else in the cache, else from the npm package `pulumi`, else built with Go. It finds
 * what is beside it (language host, launcher of dynamic providers) by itself; callers still do well to put
 * `dirname(pulumi)` first on PATH, as an older host that comes first there would be taken instead.
 *
 * @param {{ log: (line: string) => void, env?: NodeJS.ProcessEnv }} options `log` gets progress, and why a candidate was
 * passed over
 * @returns {Promise<Engine>}
 * @throws {NoEngineError}
 */
export function findEngine({ log, env = process.env }) {
  return interruptible(async (signal) => {
    const context = { log, env, signal };
    for (const folder of pathFolders(env)) {
      const found = await accept(join(folder, PULUMI), "PATH", context);
      if (found !== null) return found;
    }
    const target = engineFolder(env);
    return (await accept(join(target, PULUMI), "cache", context)) ?? (await make(target, context));
  });
}

/** @returns {Promise<Engine>} */
async function make(/** @type {string} */ target, /** @type {import("./make-engine.mjs").Context} */ context) {
  const { log, signal } = context;
  const waiting = (/** @type {number} */ seconds) =>
    log(`waiting for another process that is making the engine, ${seconds} s so far …`);
  try {
    return await withLock(`${target}.lock`, { signal, waiting }, async () => {
      // Another process may have made it while this one waited.
      const pulumi = join(target, PULUMI);
      const ready = await accept(pulumi, "cache", { ...context, log: () => {} });
      if (ready !== null) return ready;
      const source = await makeEngine(target, context);
      const made = source === null ? null : await accept(pulumi, source, context);
      if (made === null) throw new NoEngineError();
      return made;
    });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof Error && "syscall" in error)) throw error;
    log(`the engine could not be kept in ${dirname(target)}: ${error.message}`);
    log("(PULUMI_HARNESS_SEI_CACHE names another folder for it)");
    throw new NoEngineError();
  }
}

/** @returns {Promise<Engine | null>} */
async function accept(
  /** @type {string} */ pulumi,
  /** @type {Engine["source"]} */ source,
  /** @type {import("./make-engine.mjs").Context} */ context,
) {
  if (!(await isExecutable(pulumi))) return null;
  const checked = await checkEngine(pulumi, context);
  if ("version" in checked) return { ...checked, source };
  context.log(`passed over ${pulumi}: ${checked.reason}`);
  return null;
}
