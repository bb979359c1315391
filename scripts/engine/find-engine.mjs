import { join } from "node:path";
import { build } from "./build.mjs";
import { builtFolder, launchedFolder } from "./cache-folder.mjs";
import { checkEngine, foldersOf, isExecutable, PARTS } from "./check-engine.mjs";
import { launch } from "./launch.mjs";

/** @typedef {{ pulumi: string, version: string, source: "PATH" | "cache" | "npm" | "go" }} Engine */

/** No engine could be had. The message says how to install one. */
export class NoEngineError extends Error {
  constructor() {
    const how = {
      darwin: "brew install pulumi/tap/pulumi",
      win32: "winget install pulumi",
    };
    const install = how[/** @type {keyof typeof how} */ (process.platform)] ?? "curl -fsSL https://get.pulumi.com | sh";
    super(
      `There is no Pulumi engine, and none could be fetched or built. Install it with \`${install}\`, or install Go 1.26 or newer and run this again to build it.`,
    );
    this.name = "NoEngineError";
  }
}

/**
 * Finds a real `pulumi`: on PATH, else in the cache, else from the npm package `pulumi`, else built with Go. What is
 * beside the executable (language host, launcher of dynamic providers) is found by the engine only on PATH, so put
 * the executable's folder first on PATH when you run it.
 *
 * @param {{ log: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<Engine>}
 * @throws {NoEngineError}
 */
export async function findEngine({ log, env = process.env }) {
  const candidates = [
    ...foldersOf(env).map((folder) => /** @type {const} */ (["PATH", folder])),
    /** @type {const} */ (["cache", launchedFolder(env)]),
    /** @type {const} */ (["cache", builtFolder(env)]),
  ];
  for (const [source, folder] of candidates) {
    const pulumi = join(folder, PARTS[0]);
    if (!(await isExecutable(pulumi))) continue;
    const found = await accept(pulumi, source, log, env);
    if (found !== null) return found;
  }
  for (const [source, make] of /** @type {const} */ ([
    ["npm", launch],
    ["go", build],
  ])) {
    const pulumi = await make(log, env);
    const found = pulumi === null ? null : await accept(pulumi, source, log, env);
    if (found !== null) return found;
  }
  throw new NoEngineError();
}

/** @returns {Promise<Engine | null>} */
async function accept(
  /** @type {string} */ pulumi,
  /** @type {Engine["source"]} */ source,
  /** @type {(line: string) => void} */ log,
  /** @type {NodeJS.ProcessEnv} */ env,
) {
  const checked = await checkEngine(pulumi, env);
  if ("version" in checked) return { pulumi, version: checked.version, source };
  log(`passed over ${pulumi}: ${checked.reason}`);
  return null;
}
