import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const PEAK = fileURLToPath(new URL("peak-memory.cjs", import.meta.url));

/** @typedef {{ seconds: number, peakMiB: number | null, code: number | null, stdout: string, stderr: string }} Timed */

/**
 * Runs a command to its end and says how long it took, with start-up and all; for Node, how much memory it had at most.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, codes?: readonly (number | null)[] }} [options] `codes`: exit codes
 * that are as they should be. Default: 0
 * @returns {Promise<Timed>}
 */
export function timed(command, args, { cwd, env = process.env, codes = [0] } = {}) {
  const isNode = command === process.execPath;
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const child = spawn(command, isNode ? ["--require", PEAK, ...args] : args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    const [stdout, stderr, peak] = [1, 2, 3].map((at) => gather(child.stdio[at]));
    child.once("error", reject);
    child.once("close", (code) => {
      const seconds = (performance.now() - from) / 1000;
      const said = { stdout: stdout(), stderr: stderr() };
      if (!codes.includes(code)) {
        reject(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${said.stdout}${said.stderr}`));
      } else resolve({ seconds, peakMiB: isNode ? Number(peak()) / 1024 : null, code, ...said });
    });
  });
}

/** @returns {() => string} what a stream has said so far */
function gather(/** @type {any} */ stream) {
  let text = "";
  stream.setEncoding("utf8").on("data", (/** @type {string} */ chunk) => {
    text += chunk;
  });
  return () => text;
}

/** `sei-roster`, as somebody would type it, with a clean environment. */
export function seiRoster(/** @type {import("./row.mjs").Context} */ context, /** @type {readonly string[]} */ args) {
  return timed(process.execPath, [context.cli, ...args], {
    cwd: context.folder,
    env: { ...context.env, SEI_API_KEY: "simulator" },
    codes: [0, 2],
  });
}
