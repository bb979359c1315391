import { access, constants } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { run } from "./run.mjs";
import { isAtLeast, OLDEST } from "./versions.mjs";

const exe = process.platform === "win32" ? ".exe" : "";
const script = process.platform === "win32" ? ".cmd" : "";

/** The names of what a Node program with dynamic resources needs of an engine. */
export const PARTS = [`pulumi${exe}`, `pulumi-language-nodejs${exe}`, `pulumi-resource-pulumi-nodejs${script}`];

/**
 * Whether this is an engine that works: it answers, is new enough, and has the language host and the launcher of dynamic
 * providers beside it or on PATH.
 *
 * @param {string} pulumi path of the executable
 * @returns {Promise<{ version: string } | { reason: string }>}
 */
export async function checkEngine(pulumi, env = process.env) {
  const quiet = { ...env, PULUMI_SKIP_UPDATE_CHECK: "1" };
  const { code, stdout, output } = await run(pulumi, ["version"], { env: quiet, timeoutMs: 30_000 });
  if (code !== 0) return { reason: `it does not run (${output.trim().split("\n").at(-1) || "no answer in 30 s"})` };
  const version = stdout.trim();
  if (!isAtLeast(version, OLDEST)) return { reason: `it is ${version}, and ${OLDEST} or newer is needed` };
  for (const part of PARTS.slice(1)) {
    if (!(await isOnPath(part, [dirname(pulumi), ...foldersOf(env)]))) return { reason: `${part} is missing` };
  }
  return { version };
}

/** The folders of PATH. */
export function foldersOf(/** @type {NodeJS.ProcessEnv} */ env) {
  return (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
}

async function isOnPath(/** @type {string} */ name, /** @type {readonly string[]} */ folders) {
  for (const folder of folders) {
    if (await isExecutable(join(folder, name))) return true;
  }
  return false;
}

/** Whether a file is there and can be run. */
export async function isExecutable(/** @type {string} */ file) {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
