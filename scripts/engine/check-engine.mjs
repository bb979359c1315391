import { access, constants, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DYNAMIC_PROVIDER, LANGUAGE_HOST } from "./parts.mjs";
import { pathFolders } from "./path-folders.mjs";
import { run, tail } from "./run.mjs";
import { isAtLeast, isVersion, OLDEST } from "./versions.mjs";

/** @typedef {{ env?: NodeJS.ProcessEnv, signal?: AbortSignal, timeoutMs?: number }} CheckOptions */

/**
 * Whether this is an engine that works: it answers, is new enough, and has the language host and the launcher of dynamic
 * providers beside it or on PATH.
 *
 * @param {string} pulumi path of the executable
 * @param {CheckOptions} options
 * @returns {Promise<{ pulumi: string, version: string } | { reason: string }>} `pulumi` is the file that a link leads to
 * when only that one has the others beside it.
 */
export async function checkEngine(pulumi, { env = process.env, signal, timeoutMs = 15_000 } = {}) {
  const real = await realpath(pulumi).catch(() => pulumi);
  if (real.endsWith(".js")) return { reason: "it is the npm package's launcher, not the engine itself" };
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const { code, timedOut, stdout, output } = await run(pulumi, ["version"], { env: quiet, timeoutMs, signal });
  if (code !== 0) {
    const said = timedOut ? `no answer in ${timeoutMs / 1000} s` : tail(output, 1) || `exit code ${code}`;
    return { reason: `it does not run (${said})` };
  }
  const version = stdout.trim().replace(/^v/, "");
  if (!isVersion(version)) return { reason: `it does not tell its version (${JSON.stringify(version.slice(0, 80))})` };
  if (!isAtLeast(version, OLDEST)) {
    return { reason: `it is ${version}, and ${OLDEST} or newer is needed (for the exit code of --expect-no-changes)` };
  }
  const missing = [await missingPart(pulumi, env), await missingPart(real, env)];
  if (missing[0] === null) return { pulumi, version };
  if (missing[1] === null) return { pulumi: real, version };
  return { reason: `${missing[0]} is neither beside it nor on PATH` };
}

/** The name of the first part that is neither beside `pulumi` nor on PATH. */
async function missingPart(/** @type {string} */ pulumi, /** @type {NodeJS.ProcessEnv} */ env) {
  const folders = [dirname(pulumi), ...pathFolders(env)];
  for (const part of [LANGUAGE_HOST, DYNAMIC_PROVIDER]) {
    const there = await Promise.all(folders.map((folder) => isExecutable(join(folder, part))));
    if (!there.includes(true)) return part;
  }
  return null;
}

/** Whether a file is there and can be run. */
export async function isExecutable(/** @type {string} */ file) {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
