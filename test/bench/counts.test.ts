import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { applyPlan } from "../../provider/apply/apply-plan";
import { planLive } from "../../provider/apply/plan-live";
import { rosterStore } from "../../provider/pulumi/roster-store";
import { canonicalRoster } from "../../provider/roster/canonical-roster";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { Strategy } from "../../provider/roster/policy";
import { connect } from "../../provider/sei/client";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { declare, desired, dev, MAPPING } from "../support/people";

// Speed without a clock: what an operation asks of the server, and what it leaves in the state of the engine.
const SIZE = 1_000;

jest.setTimeout(60_000);

/** So many people; the first ones are in another team. */
function roster(moved: number): DesiredRoster {
  const people = Array.from({ length: SIZE }, (_, at) =>
    dev(`person.${at}`, { name: `Person ${at}`, Team: at < moved ? "Moved" : "Payments", Role: "Engineer" }),
  );
  return desired(
    people.map((one) => declare(one)),
    { fields: MAPPING },
  );
}

let sei: Simulator;
beforeAll(async () => {
  sei = await startSimulator();
});
afterAll(() => sei.stop());

/** How often each kind of request comes of an apply by somebody who has learned nothing of this server yet. */
async function requestsOf(moved: number, strategy: Strategy = "auto"): Promise<Readonly<Record<string, number>>> {
  sei.resetRequests();
  const { reader, writer, close } = connect({ endpoint: sei.url, apiKey: "simulator" });
  const session = { reader, journal: { entries: async () => [] } };
  const wanted = { prune: "all", strategy, guards: { maxUpdate: "100%" } } as const;
  const planned = await planLive(session, roster(moved), wanted);
  const { status, reason } = await applyPlan({ ...planned, reader, writer });
  await close();
  expect([status, reason]).toEqual(["applied", ""]);
  const kinds = sei.requests().map(({ kind }) => kind);
  return Object.fromEntries([...new Set(kinds)].map((kind) => [kind, kinds.filter((one) => one === kind).length]));
}

/** The schema, every page of the list, the download: so many times. */
const read = (times: number) => ({ schema: times, list: (times * SIZE) / 100, download: times });

describe("requests", () => {
  test("the setup: a file and the mapping; two short reads before, two whole ones after it", async () => {
    const short = 2;
    const whole = (2 * SIZE) / 100;
    expect(await requestsOf(0)).toEqual({ schema: 4, list: short + whole, download: 3, upload: 1, save: 1 });
  });

  test("unchanged: one whole read, and nothing else", async () => {
    expect(await requestsOf(0)).toEqual(read(1));
  });

  test("one change: planned, written, read back alone, verified", async () => {
    expect(await requestsOf(1)).toEqual({ ...read(2), list: 21, upsert: 1 });
  });

  test("of many changes one goes alone and is read back, and the others in batches of 500", async () => {
    expect(await requestsOf(51)).toEqual({ ...read(2), list: 21, upsert: 2 });
    expect(await requestsOf(801)).toEqual({ ...read(2), list: 21, upsert: 3 });
  });

  test("a re-upload takes two writes, however many changes; live is read once more before it is approved", async () => {
    expect(await requestsOf(0, "reupload")).toEqual({ ...read(3), reupload: 1, approve: 1 });
    expect(await requestsOf(1, "reupload")).toEqual({ ...read(3), reupload: 1, approve: 1 });
  });
});

describe("the state of the engine", () => {
  // The provider as the host of dynamic providers calls it, without the engine.
  const provider: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/roster-provider");
  let cache: string;
  beforeAll(async () => {
    cache = mkdtempSync(join(tmpdir(), "sei-counts-"));
    process.env["PULUMI_HARNESS_SEI_CACHE"] = cache;
    process.env["SEI_API_KEY"] = "simulator";
    jest.spyOn(console, "log").mockImplementation(() => {});
    const config: Readonly<Record<string, string>> = { "harness-sei:endpoint": sei.url };
    await provider.configure({
      config: { get: (key: string) => config[key], require: (key: string) => config[key] ?? "" },
    });
  });
  afterAll(() => {
    jest.restoreAllMocks();
    rmSync(cache, { recursive: true, force: true });
  });

  test("1,000 developers are 24 bytes each and half a kilobyte besides, and none of them is named", async () => {
    const fingerprint = await rosterStore().put(canonicalRoster(roster(0)));
    const policy = { prune: "managed", strategy: "auto", guards: { maxUpdate: "100%" }, forceDestroy: true };
    const { outs } = await provider.create({ fingerprint, developerCount: SIZE, ...policy });
    const state = JSON.stringify(outs);
    expect(state.length).toBeLessThan(24 * SIZE + 1_000);
    expect(state.length).toBeGreaterThan(24 * SIZE);
    for (const secret of ["@example.com", "Person", "Payments", "simulator"]) expect(state).not.toContain(secret);
  });
});
