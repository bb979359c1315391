import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { transformSync } from "@swc/core";

const ROOT = join(__dirname, "..", "..", "..");

const MAIN = `
const { startSimulator } = require("./simulator/simulator.js");
const [data, dialect] = process.argv.slice(2);
startSimulator({ data, dialect: JSON.parse(dialect) }).then(
  ({ url }) => console.log(url),
  ({ message }) => { console.error(message); process.exit(1); },
);`;

/**
 * Puts the simulator into a folder as plain JavaScript, with a main file that runs it on the data folder of its argument: it
 * starts many times, and must not be translated each time.
 *
 * @returns the main file
 */
export function compileSimulator(folder: string): string {
  for (const part of ["simulator", "roster"]) {
    const from = join(ROOT, "provider", part);
    const files = readdirSync(from, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    for (const file of files) {
      const to = join(folder, part, file.replace(/\.ts$/, ".js"));
      mkdirSync(dirname(to), { recursive: true });
      const options = { jsc: { target: "es2022", parser: { syntax: "typescript" } }, module: { type: "commonjs" } };
      writeFileSync(to, transformSync(readFileSync(join(from, file), "utf8"), options as object).code);
    }
  }
  const main = join(folder, "main.js");
  writeFileSync(main, `${readFileSync(join(__dirname, "die-at-step.cjs"), "utf8")}\n${MAIN}`);
  return main;
}

/** A simulator that runs in a process of its own. */
export interface Child {
  readonly process: ChildProcess;
  readonly url: string;
}

/** @throws Error with what it said when it does not start */
export async function startChild(main: string, data: string, dialect: object): Promise<Child> {
  const child = spawn(process.execPath, [main, data, JSON.stringify(dialect)], {
    env: { ...process.env, NODE_PATH: join(ROOT, "node_modules") },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += chunk));
  if (child.stdout === null) throw new Error("it has no output");
  const line = once(createInterface({ input: child.stdout }), "line");
  const url = await Promise.race([line, once(child, "exit").then(() => Promise.reject(new Error(said)))]);
  return { process: child, url: String(url[0]) };
}

/** Has it kill itself before its next step but so many in the file system, or in the middle of it when the step is a write. */
export async function dieAtStep({ process: child }: Child, step: number): Promise<void> {
  const understood = once(child, "message");
  child.send(step);
  await understood;
}

/** `kill -9`; ends when the process is gone. */
export async function killChild({ process: child }: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
