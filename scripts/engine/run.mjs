import { spawn } from "node:child_process";

/** @typedef {{ code: number | null, output: string, stdout: string }} Finished */

/**
 * Runs a command to its end, with a bound on its time, and a line of progress about every 10 seconds.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number, progress?: (seconds: number) => void }} options
 * @returns {Promise<Finished>} `code` is null when the command could not be started or took too long.
 */
export function run(command, args, { cwd, env = process.env, timeoutMs, progress }) {
  return new Promise((resolve) => {
    const started = Date.now();
    // A group of its own, so that the compilers that `go` starts end with it.
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    let output = "";
    let stdout = "";
    child.stdout.on("data", (data) => {
      stdout += data;
      output += data;
    });
    child.stderr.on("data", (data) => {
      output += data;
    });
    const end = () => {
      try {
        if (child.pid !== undefined && process.platform !== "win32") process.kill(-child.pid, "SIGTERM");
        else child.kill();
      } catch {
        // It had ended already.
      }
    };
    const timer = setTimeout(end, timeoutMs);
    const ticker = setInterval(() => progress?.(Math.round((Date.now() - started) / 1000)), 10_000);
    const stopped = (/** @type {NodeJS.Signals} */ signal) => {
      end();
      process.exit(signal === "SIGINT" ? 130 : 143);
    };
    process.once("SIGINT", stopped);
    process.once("SIGTERM", stopped);
    const finish = (/** @type {number | null} */ code) => {
      clearTimeout(timer);
      clearInterval(ticker);
      process.off("SIGINT", stopped);
      process.off("SIGTERM", stopped);
      resolve({ code, output, stdout });
    };
    child.once("error", (error) => {
      output += error.message;
      finish(null);
    });
    child.once("close", (code) => finish(code));
  });
}

/** The last lines of what a command printed. */
export function tail(/** @type {string} */ output, lines = 20) {
  return output.trimEnd().split("\n").slice(-lines).join("\n");
}
