import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/**
 * Starts the local SEI server on a free port.
 *
 * @param {{ cli: string, data: string, seed?: string }} options the built `sei-roster`, the folder for its data, and a CSV
 * file of those who are there from the beginning
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startSimulator({ cli, data, seed }) {
  const args = [cli, "simulate", "--port", "0", "--data", data, ...(seed === undefined ? [] : ["--seed", seed])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr.on("data", (data) => {
    said += data;
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const url = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`the simulator ended with exit code ${code}:\n${said}`)));
  });
  return {
    url: String(url),
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
