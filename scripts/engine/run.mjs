import { spawn } from "node:child_process";

/** @typedef {{ code: number | null, timedOut: boolean, output: string, stdout: string }} Finished */

/**
 * Runs a command to its end, with a bound on its time, and a line of progress about every 10 seconds.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {object} options
 * @param {string} [options.cwd]
 * @param {NodeJS.ProcessEnv} options.env
 * @param {number} options.timeoutMs
 * @param {number} [options.graceMs] how long it may take to end when it is told to, before it is killed
 * @param {AbortSignal} [options.signal] ends it early, and the promise is then rejected
 * @param {boolean} [options.shell] on Windows, for commands that are scripts
 * @param {(seconds: number) => void} [options.progress]
 * @param {number} [options.everyMs]
 * @returns {Promise<Finished>} `code` is null when the command could not be started or took too long.
 */
export function run(command, args, options) {
  const { cwd, env, timeoutMs, graceMs = 3_000, signal, shell = false, progress, everyMs = 10_000 } = options;
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const started = Date.now();
    // A group of its own, so that the compilers that `go` starts end with it.
    const child = spawn(command, args, {
      cwd,
      env,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    let [output, stdout, killer] = ["", "", /** @type {NodeJS.Timeout | undefined} */ (undefined)];
    child.stdout.on("data", (data) => {
      stdout += data;
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    const end = () => {
      endGroup(child, "SIGTERM");
      killer ??= setTimeout(() => endGroup(child, "SIGKILL"), graceMs);
    };
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      end();
    }, timeoutMs);
    const ticker = setInterval(() => progress?.(Math.round((Date.now() - started) / 1000)), everyMs);
    signal?.addEventListener("abort", end);
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      clearTimeout(killer);
      clearInterval(ticker);
      signal?.removeEventListener("abort", end);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code: timedOut ? null : code, timedOut, output, stdout });
    };
    child.once("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.once("close", finish);
  });
}

function endGroup(
  /** @type {import("node:child_process").ChildProcess} */ child,
  /** @type {NodeJS.Signals} */ signal,
) {
  try {
    if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // It had ended already.
  }
}

/** The last lines of what a command printed. */
export function tail(/** @type {string} */ output, lines = 20) {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}
