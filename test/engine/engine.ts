import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../provider/simulator/simulator";
import { createStack, type Ran, type Stack } from "./stack";

export const ROOT = join(__dirname, "..", "..");

/** The engine that global-setup.js found; "" when there is none. */
export const PULUMI = process.env["SEI_TEST_PULUMI"] ?? "";

/** Tests that need the engine. Without one they are reported as skipped, never left out. */
export const withEngine: jest.Describe = PULUMI === "" ? describe.skip : describe;

/** A simulator, a stack of the root project, and a copy of the example roster to edit. */
export interface World {
  readonly sei: Simulator;
  readonly stack: Stack;
  readonly roster: string;
  /** Replaces text in a file of the roster; what is not there is an error. */
  readonly edit: (file: string, from: string | RegExp, to: string) => Promise<void>;
  /** The requests since the last look that write. */
  readonly writes: () => readonly string[];
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  readonly project?: string;
  readonly simulator?: SimulatorOptions;
  readonly env?: Readonly<Record<string, string>>;
}

export async function makeWorld({ project = ROOT, simulator = {}, env = {} }: WorldOptions = {}): Promise<World> {
  const sei = await startSimulator(simulator);
  const roster = join(await mkdtemp(join(tmpdir(), "sei-roster-")), "roster");
  await cp(join(ROOT, "examples", "engineering", "roster"), roster, { recursive: true });
  const stack = await createStack({ pulumi: PULUMI, project, env: { SEI_API_KEY: "simulator", ...env } });
  await stack.config("harness-sei:endpoint", sei.url);
  await stack.config("roster:source", roster);
  return {
    sei,
    stack,
    roster,
    async edit(file, from, to) {
      const before = await readFile(join(roster, file), "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} has no ${String(from)}`);
      await writeFile(join(roster, file), after);
    },
    writes() {
      // The lists of v1 are POSTs that read.
      const written = sei.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/list"));
      sei.resetRequests();
      return written.map(({ method, path }) => `${method} ${path.replace(/^.*\/v2\//, "/v2/")}`);
    },
    async close() {
      await stack.dispose();
      await rm(join(roster, ".."), { recursive: true, force: true });
      await sei.stop();
    },
  };
}

/** What a person reads: everything from the diagnostics on. */
export function diagnostics({ output }: Ran): string {
  return output.slice(Math.max(0, output.indexOf("Diagnostics:")));
}

/** Fails with the whole output when the exit code is another one. */
export function expectExit(ran: Ran, code: number): void {
  if (ran.code !== code) throw new Error(`expected exit code ${code}, got ${ran.code}:\n${ran.output}`);
}

/** Lines of a JavaScript stack. */
export const STACK = /^\s+at .+:\d+:\d+\)?$/m;
