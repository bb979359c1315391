import { spawn } from "node:child_process";
import { delimiter, dirname } from "node:path";

/**
 * Runs `pulumi` and keeps what it prints.
 *
 * @param {string} pulumi
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} where
 * @returns {(args: readonly string[]) => Promise<{ code: number | null, output: string, seconds: number }>}
 */
export function pulumiIn(pulumi, { cwd, env }) {
  const path = `${dirname(pulumi)}${delimiter}${env.PATH ?? ""}`;
  return (args) =>
    new Promise((resolve, reject) => {
      const started = Date.now();
      const child = spawn(pulumi, [...args, "--non-interactive", "--color", "never"], {
        cwd,
        env: { ...env, PATH: path },
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      for (const stream of [child.stdout, child.stderr]) {
        stream.on("data", (data) => {
          output += data;
        });
      }
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output, seconds: (Date.now() - started) / 1000 }));
    });
}
