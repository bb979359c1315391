import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { rosterStore } from "../../provider/pulumi/roster-store";
import { canonicalRoster } from "../../provider/roster/canonical-roster";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { at, declare, desired, dev, MAPPING } from "../support/people";

// The providers as the host of dynamic providers calls them, against an account of the previous generation.
const roster: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/roster-provider");
const identity: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/identity-provider");

let sei: Simulator;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sei-provider-"));
  process.env["PULUMI_HARNESS_SEI_CACHE"] = folder;
  process.env["SEI_API_KEY"] = "simulator";
  jest.spyOn(console, "log").mockImplementation(() => {});
  sei = await startSimulator({ dialect: { generations: "previous" }, integrations: [{ id: 101, type: "GITHUB" }] });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await sei.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function configure(generation?: string): Promise<void> {
  const config: Record<string, string> = {
    "harness-sei:endpoint": sei.url,
    ...(generation === undefined ? {} : { "harness-sei:generation": generation }),
  };
  const asked = { get: (key: string) => config[key], require: (key: string) => config[key] ?? "" };
  for (const provider of [roster, identity]) await provider.configure({ config: asked });
}

async function inputs() {
  const people = [declare(dev("ada"), { 101: "ada" }), declare(dev("bob", { manager: "ada" }))];
  const made = desired(people, { fields: MAPPING, applicationTypes: new Map([[101, "GITHUB"]]) });
  const fingerprint = await rosterStore().put(canonicalRoster(made));
  return { fingerprint, developerCount: 2, prune: "managed", strategy: "auto", guards: {}, forceDestroy: true };
}

test("a roster is created, unchanged on the next preview, and deleted", async () => {
  await configure("previous");
  const { inputs: checked, failures } = await roster.check({}, await inputs());
  expect(failures ?? []).toEqual([]);
  const { id, outs } = await roster.create(checked);
  expect(await roster.diff(id, outs, checked)).toMatchObject({ changes: false });
  await roster.delete(id, outs);
  expect(sei.requests().some(({ path }) => path.endsWith("/cloud-ids"))).toBe(true);
});

test("without the configuration the preview says what to set", async () => {
  await configure();
  const { inputs: checked } = await roster.check({}, await inputs());
  await expect(roster.create(checked)).rejects.toThrow("harness-sei:generation previous");
});

test("an identity needs its application type, is set, and is unchanged then", async () => {
  await configure("previous");
  const { inputs: checked } = await roster.check({}, await inputs());
  await roster.create(checked);
  const bob = { email: at("bob"), integrationId: 101, identity: "bob" };
  const { failures } = await identity.check({}, bob);
  expect(failures).toEqual([
    {
      property: "applicationType",
      reason: "the previous generation of the API needs the kind of tool, such as GITHUB",
    },
  ]);
  const typed = await identity.check({}, { ...bob, applicationType: "GITHUB" });
  expect(typed.failures).toEqual([]);
  const { id, outs } = await identity.create(typed.inputs);
  expect(outs).toMatchObject({ ...bob, applicationType: "GITHUB" });
  expect(await identity.diff(id, outs, typed.inputs)).toMatchObject({ changes: false });
});
