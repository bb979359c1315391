import { access, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cacheFolder } from "../../engine/cache-folder.mjs";
import { NotHereError } from "./row.mjs";
import { timed } from "./timed.mjs";

export const VERSION = "1.22.0";

/**
 * `octodns-sync` of a pinned version, in a virtual environment that is kept outside the checkout.
 *
 * @param {(line: string) => void} log
 * @returns {Promise<string>} its path
 * @throws {NotHereError}
 */
export async function octodnsSync(log) {
  const folder = join(cacheFolder(), "bench", `octodns-${VERSION}`);
  const command = join(folder, "bin", "octodns-sync");
  if (await isThere(command)) return command;
  log(`installing octoDNS ${VERSION} …`);
  try {
    await mkdir(dirname(folder), { recursive: true });
    // Half an environment must not look like one.
    await rm(folder, { recursive: true, force: true });
    await timed("python3", ["-m", "venv", folder]);
    await timed(join(folder, "bin", "pip"), ["install", "--quiet", `octodns==${VERSION}`]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
    throw new NotHereError(`octoDNS ${VERSION} could not be installed: ${line}`);
  }
  return command;
}

function isThere(/** @type {string} */ path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
