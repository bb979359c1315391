import { watch } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { type SimulatorState, startSimulator } from "../../provider/simulator/simulator.js";
import { type Child, compileSimulator, dieAtStep, killChild, startChild } from "./kill/child.js";
import { type Draw, drawFrom, nextWrite, type Write } from "./kill/writes.js";

/** KILL_RUNS=500 kills more often than the continuous integration has time for. */
const RUNS = Number(process.env["KILL_RUNS"] ?? 25);
const SEED = fc.readConfigureGlobal().seed ?? Math.floor(Math.random() * 2 ** 31);

/** Waiting versions can be approved whatever was written since. */
const DIALECT = { staleApprove: "lastWriteWins" } as const;

let folder = "";
let main = "";
let child: Child | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-kill-"));
  main = compileSimulator(join(folder, "js"));
});

afterAll(async () => {
  if (child !== null) await killChild(child);
  await rm(folder, { recursive: true, force: true });
});

async function send(url: string, { method, path, json, csv }: Write): Promise<number> {
  const form = new FormData();
  if (csv !== undefined) form.set("file", new Blob([csv], { type: "text/csv" }), "people.csv");
  const type: Record<string, string> = csv === undefined ? { "content-type": "application/json" } : {};
  const body = csv === undefined ? JSON.stringify(json) : form;
  const response = await fetch(`${url}${path}`, { method, headers: { "x-api-key": "simulator", ...type }, body });
  await response.arrayBuffer();
  return response.status;
}

/** What a data folder holds, read as a start reads it. */
async function stateIn(data: string): Promise<SimulatorState> {
  const simulator = await startSimulator({ data, dialect: DIALECT });
  const state = simulator.state();
  await simulator.stop();
  return state;
}

/** When a process is killed: so long after a write is sent, or at so many changes or steps in the file system. */
interface Moment {
  readonly by: "milliseconds" | "changes" | "steps";
  readonly count: number;
}

function drawMoment(draw: Draw): Moment {
  switch (draw(4)) {
    case 0:
      return { by: "milliseconds", count: draw(60) };
    case 1:
      return { by: "changes", count: 1 + draw(8) };
    default:
      // A small write takes five, one with a CSV up to twenty.
      return { by: "steps", count: 1 + draw(draw(2) === 0 ? 6 : 20) };
  }
}

/** Sends a write and has the simulator killed at a moment, or when it has answered before; null when it has not. */
async function sendAndKill(to: Child, write: Write, { by, count }: Moment, data: string): Promise<number | null> {
  if (by === "steps") await dieAtStep(to, count);
  const watcher = watch(data);
  let changes = 0;
  const answer = send(to.url, write).catch(() => null);
  const changed = new Promise<void>((resolve) => {
    watcher.on("change", () => {
      changes += 1;
      if (by === "changes" && changes >= count) resolve();
    });
  });
  await Promise.race([answer, changed, ...(by === "milliseconds" ? [delay(count)] : [])]);
  watcher.close();
  await killChild(to);
  return answer;
}

test(
  "what is answered survives kill -9, and what is not is there as a whole or not at all",
  async () => {
    const draw = drawFrom(SEED);
    const data = join(folder, "data");
    // The same writes on an account in memory, which nobody kills.
    const model = await startSimulator({ dialect: DIALECT });
    const outcomes = { before: 0, after: 0, answered: 0 };
    const killed: Record<string, number> = {};
    try {
      for (let run = 0; run < RUNS; run += 1) {
        child = await startChild(main, data, DIALECT);
        for (let count = draw(5); count > 0; count -= 1) {
          const write = nextWrite(model.state(), draw);
          const statuses = [await send(child.url, write), await send(model.url, write)];
          expect(`run ${run}, ${write.what}: ${statuses[0]}`).toBe(`run ${run}, ${write.what}: ${statuses[1]}`);
        }
        const last = nextWrite(model.state(), draw);
        const moment = drawMoment(draw);
        const status = await sendAndKill(child, last, moment, data);
        const found = await stateIn(data);
        const where = `seed ${SEED}, run ${run}, killed at ${moment.count} ${moment.by} of ${last.what}, status ${status}`;
        const sameBefore = same(found, model.state());
        if (status !== null || !sameBefore) await send(model.url, last);
        expect({ where, found }).toEqual({ where, found: model.state() });
        outcomes[status !== null ? "answered" : sameBefore ? "before" : "after"] += 1;
        killed[last.what] = (killed[last.what] ?? 0) + 1;
      }
    } finally {
      await model.stop();
    }
    if (process.env["KILL_RUNS"] !== undefined) console.log(`seed ${SEED}: ${JSON.stringify({ outcomes, killed })}`);
    // Else the loop would have tried nothing.
    expect(outcomes.before + outcomes.after).toBeGreaterThan(0);
  },
  120_000 + RUNS * 8_000,
);

test("a folder is another process's until that is killed", async () => {
  const data = join(folder, "taken");
  const first = await startChild(main, data, DIALECT);
  try {
    await expect(stateIn(data)).rejects.toThrow(`is in use by another simulator (process ${first.process.pid})`);
  } finally {
    await killChild(first);
  }
  expect((await stateIn(data)).setUp).toBe(false);
}, 60_000);

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
