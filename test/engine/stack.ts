import { spawn, spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

/** What one `pulumi` command did. */
export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, in the order they came. */
  readonly output: string;
}

export interface StackOptions {
  /** Path of `pulumi`. */
  readonly pulumi: string;
  /** The folder of the Pulumi project. */
  readonly project: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

/** A stack of its own: private backend on disk, private PULUMI_HOME, private cache folder. */
export interface Stack {
  readonly folder: string;
  readonly cache: string;
  readonly run: (args: readonly string[], env?: Readonly<Record<string, string>>) => Promise<Ran>;
  readonly up: (...args: string[]) => Promise<Ran>;
  readonly preview: (...args: string[]) => Promise<Ran>;
  readonly refresh: (...args: string[]) => Promise<Ran>;
  readonly destroy: (...args: string[]) => Promise<Ran>;
  readonly config: (key: string, value: string, ...flags: string[]) => Promise<Ran>;
  /** The whole state, as text. */
  readonly exportState: () => Promise<string>;
  readonly dispose: () => Promise<void>;
}

/** Makes a stack of a project on a `file://` backend. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), "sei-stack-"));
  const cache = join(folder, "cache");
  await mkdir(join(folder, "state"));
  await mkdir(join(folder, "home"));
  const base: NodeJS.ProcessEnv = {
    ...withoutSettings(process.env),
    PATH: `${dirname(options.pulumi)}${delimiter}${process.env["PATH"] ?? ""}`,
    PULUMI_BACKEND_URL: pathToFileURL(join(folder, "state")).href,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "1",
    PULUMI_HARNESS_SEI_CACHE: cache,
    NO_COLOR: "1",
    ...options.env,
  };
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    runCommand(options.pulumi, [...args, "--non-interactive", "--color", "never"], {
      cwd: options.project,
      env: { ...base, ...env },
      timeoutMs: options.timeoutMs ?? 120_000,
    });
  // `stack init` writes the stack's file beside the project's, which may be this checkout: it gets a project of its own.
  const own = join(folder, "project");
  await mkdir(own);
  const name = /^name: (.+)$/m.exec(await readFile(join(options.project, "Pulumi.yaml"), "utf8"))?.[1] ?? "project";
  await writeFile(join(own, "Pulumi.yaml"), `name: ${name}\nruntime: nodejs\n`);
  const started = await run(["stack", "init", "test", "-C", own]);
  if (started.code !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`pulumi stack init: ${started.output}`);
  }
  const on = ["--stack", "test", "--config-file", join(own, "Pulumi.test.yaml")];
  return {
    folder,
    cache,
    run: (args, env) => run([...args, ...on], env),
    up: (...args) => run(["up", "--yes", "--skip-preview", ...on, ...args]),
    preview: (...args) => run(["preview", ...on, ...args]),
    // --yes and --preview-only cannot be used together.
    refresh: (...args) => run(["refresh", ...(args.includes("--preview-only") ? [] : ["--yes"]), ...on, ...args]),
    destroy: (...args) => run(["destroy", "--yes", "--skip-preview", ...on, ...args]),
    config: (key, value, ...flags) => run(["config", "set", key, value, ...flags, ...on]),
    exportState: async () => (await run(["stack", "export", "--stack", "test"])).stdout,
    dispose: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The environment without what the developer set for Pulumi or SEI: a test must not depend on it, nor reach a real account. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(PULUMI|SEI)_/.test(name)));
}

/** Runs a command to its end. When it takes too long it is ended with all it started, and the exit code is null. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv; readonly timeoutMs?: number },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const text = { stdout: "", stderr: "", output: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (data: string) => {
        text[stream] += data;
        text.output += data;
      });
    }
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) endAll(child.pid);
    }, options.timeoutMs ?? 60_000);
    child.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code: timedOut ? null : code, ...text });
    });
  });
}

/** Kills a process that leads a session, and all of it: the plugins of `pulumi` have process groups of their own. */
function endAll(leader: number): void {
  spawnSync("pkill", ["-KILL", "-s", String(leader)]);
  try {
    process.kill(-leader, "SIGKILL"); // where there is no pkill
  } catch {
    // They have ended.
  }
}
