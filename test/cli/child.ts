import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

/** How a process ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A script of this folder. Default: run.cjs, which is `sei-roster`. */
  readonly script?: string;
}

const started: ChildProcessWithoutNullStreams[] = [];

afterAll(() => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
});

/** Starts a process from the sources. No variable that sei-roster reads is passed on to it, but those that are given. */
export function start(args: readonly string[], { cwd, env = {}, script = "run.cjs" }: ChildOptions = {}): Child {
  const clean = Object.entries(process.env).filter(([name]) => !/^(SEI_|NO_COLOR|FORCE_COLOR|COLUMNS)/.test(name));
  const child = spawn(process.execPath, [join(__dirname, script), ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    env: { ...Object.fromEntries(clean), ...env },
  });
  started.push(child);
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => (out += chunk));
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => (err += chunk));
  return { process: child, ended: once(child, "close").then(([code]) => ({ code: code as number | null, out, err })) };
}

/** Runs `sei-roster` to its end. */
export function seiRoster(args: readonly string[], options: ChildOptions = {}): Promise<Ended> {
  return start(args, options).ended;
}
