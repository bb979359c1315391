import { createHash } from "node:crypto";
import { access, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../engine/cache-folder.mjs";
import { interruptible } from "../engine/interrupt.mjs";
import { withLock } from "../engine/lock.mjs";
import { run, tail } from "../engine/run.mjs";

const REQUIREMENTS = fileURLToPath(new URL("requirements.txt", import.meta.url));

/** There is no schemathesis, and none could be installed. The message says why. */
export class NoSchemathesisError extends Error {}

/** Says what `venv` needs, and fails without it. */
const ABLE = "import sys, venv, ensurepip; assert sys.version_info >= (3, 11), sys.version";

/**
 * The pinned schemathesis: from the user's cache folder, or installed there, in a Python environment of its own.
 *
 * @param {{ log: (line: string) => void, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} the path of its command, `st`
 * @throws {NoSchemathesisError}
 */
export function findSchemathesis({ log, env = process.env }) {
  return interruptible(async (signal) => {
    const pins = createHash("sha256")
      .update(await readFile(REQUIREMENTS))
      .digest("hex")
      .slice(0, 12);
    const folder = join(cacheFolder(env), "schemathesis", `${pins}-${process.platform}-${process.arch}`);
    const command = join(folder, "bin", "st");
    // Written last: an environment without it was left by an install that did not end.
    const marker = join(folder, "complete");
    if (await isThere(marker)) return command;
    const waiting = (/** @type {number} */ seconds) =>
      log(`waiting for another process that installs it, ${seconds} s …`);
    return withLock(`${folder}.lock`, { signal, waiting }, async () => {
      if (await isThere(marker)) return command;
      await rm(folder, { recursive: true, force: true });
      await install(folder, { log, env, signal });
      await writeFile(marker, "");
      return command;
    });
  });
}

async function install(
  /** @type {string} */ folder,
  /** @type {{ log: (line: string) => void, env: NodeJS.ProcessEnv, signal: AbortSignal }} */ { log, env, signal },
) {
  const python = await findPython({ env, signal });
  log("installing schemathesis: takes half a minute, once …");
  const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"];
  for (const [command, args] of /** @type {const} */ ([
    [python, ["-m", "venv", folder]],
    [join(folder, "bin", "python"), [...pip, "--require-hashes", "-r", REQUIREMENTS]],
  ])) {
    const { code, timedOut, output } = await run(command, args, { env, signal, timeoutMs: 300_000 });
    if (code === 0) continue;
    const why = timedOut ? "it did not end in 5 minutes" : tail(output, 5);
    throw new NoSchemathesisError(`schemathesis could not be installed with ${python}:\n${why}`);
  }
}

async function findPython(/** @type {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} */ { env, signal }) {
  for (const python of ["python3", "python3.13", "python3.12", "python3.11", "python"]) {
    const { code } = await run(python, ["-c", ABLE], { env, signal, timeoutMs: 30_000 });
    if (code === 0) return python;
  }
  throw new NoSchemathesisError("schemathesis needs Python 3.11 or newer with venv on PATH, and there is none.");
}

async function isThere(/** @type {string} */ file) {
  return access(file).then(
    () => true,
    () => false,
  );
}
