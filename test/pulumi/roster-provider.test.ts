import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { rosterStore } from "../../provider/pulumi/roster-store";
import { canonicalRoster } from "../../provider/roster/canonical-roster";
import type { DesiredDeveloper } from "../../provider/roster/developer";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { at, declare, desired, dev } from "../support/people";

// The provider as the host of dynamic providers calls it, against a simulator, without the engine.
const provider: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/roster-provider");

let sei: Simulator;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sei-provider-"));
  process.env["PULUMI_HARNESS_SEI_CACHE"] = folder;
  process.env["SEI_API_KEY"] = "simulator";
  jest.spyOn(console, "log").mockImplementation(() => {});
  sei = await startSimulator();
  const config: Record<string, string> = { "harness-sei:endpoint": sei.url };
  await provider.configure({
    config: { get: (key: string) => config[key], require: (key: string) => config[key] ?? "" },
  });
});
afterEach(async () => {
  jest.restoreAllMocks();
  await sei.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function inputs(people: readonly DesiredDeveloper[], more: object = {}) {
  const fields = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] };
  const fingerprint = await rosterStore().put(canonicalRoster(desired(people, { fields })));
  return {
    fingerprint,
    developerCount: people.length,
    prune: "managed",
    strategy: "auto",
    guards: {},
    forceDestroy: true,
    ...more,
  };
}

const people = ["ada", "bob", "eve"].map((login) => declare(dev(login)));
const writes = () => sei.requests().filter(({ method }) => method !== "GET");
const call = (method: string, body: unknown) =>
  fetch(`${sei.url}/v2/developers`, {
    method,
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const isLive = async (login: string) =>
  (
    await (
      await fetch(`${sei.url}/v2/developers`, { headers: { "x-api-key": "simulator", accept: "text/csv" } })
    ).text()
  ).includes(at(login));

test("whom others hire again after they left is not ours to delete", async () => {
  const { id, outs } = await provider.create(await inputs(people));
  await call("DELETE", { emails: [at("eve")] });
  const without = await inputs(people.slice(0, 2));
  const updated = await provider.update(id, outs, without);
  await call("PATCH", [{ Name: "Eve Again", Email: at("eve") }]);
  expect(await provider.diff(id, { ...updated.outs }, without)).toEqual({ changes: false });
  await provider.update(id, updated.outs, without);
  expect(await isLive("eve")).toBe(true);
});

test("destroying the roster of an account that was reset does nothing, and succeeds", async () => {
  const { id, outs } = await provider.create(await inputs(people));
  await sei.stop();
  sei = await startSimulator({ port: Number(new URL(sei.url).port) });
  await provider.delete(id, outs);
  expect(writes()).toEqual([]);
});

test("two rosters of one account: a refresh of one does not hide the plan of the other", async () => {
  const first = await provider.create(await inputs(people.slice(0, 2)));
  const secondInputs = await inputs(people.slice(2));
  const second = await provider.create(secondInputs);
  expect(second.id).toBe(first.id);
  const one = await provider.read(first.id ?? "", first.outs);
  const two = await provider.read(second.id ?? "", second.outs);
  rmSync(folder, { recursive: true, force: true });
  expect(await provider.diff(first.id, one.props ?? {}, one.inputs ?? {})).toEqual({ changes: false });
  expect(await provider.diff(second.id, two.props ?? {}, two.inputs ?? {})).toEqual({ changes: false });
});

test("an empty 200 deletes nobody and takes nobody out of the state", async () => {
  const { id, outs } = await provider.create(await inputs(people));
  sei.faults.add({ kind: "emptyList", match: { method: "GET", path: "/v2/developers" } });
  sei.resetRequests();
  await expect(provider.read(id, outs)).resolves.toMatchObject({ id });
  await expect(provider.update(id, outs, await inputs(people))).rejects.toThrow(/answers that nobody is live/);
  sei.faults.clear();
  expect(writes()).toEqual([]);
  expect(await provider.diff(id, outs, await inputs(people))).toEqual({ changes: false });
});

test("a short page is never taken for people who left", async () => {
  const all = await inputs(people, { prune: "all" });
  const { id, outs } = await provider.create(all);
  sei.faults.add({ kind: "shortPage", match: { method: "GET", path: "/v2/developers" }, rows: 1 });
  await expect(provider.read(id, outs)).rejects.toThrow(/proof that it is complete/);
  sei.faults.clear();
  expect(await isLive("eve")).toBe(true);
});

test("what the engine would print of our errors has no stack and says it once", async () => {
  const { id, outs } = await provider.create(await inputs(people, { forceDestroy: false }));
  const error = await provider.delete(id, outs).catch((thrown: unknown) => thrown);
  expect(`${error}: ${(error as Error).stack}`).toBe("harness-sei: see the error of the resource");
  expect((error as Error).message).toContain("Set `forceDestroy: true`");
});

test("a first setup whose save was lost is done by the next up", async () => {
  const wanted = await inputs(people);
  sei.faults.add({ kind: "reset", match: { method: "PUT", path: "/v2/developers/versions/*" } });
  const failure = await provider.create(wanted).catch((thrown: unknown) => thrown);
  sei.faults.clear();
  const { id, properties } = failure as { id?: string; properties?: object };
  const done =
    id === undefined ? (await provider.create(wanted)).outs : (await provider.update(id, properties, wanted)).outs;
  expect(done).toMatchObject({ drift: "" });
  expect(await isLive("eve")).toBe(true);
}, 30_000);

test.each([200, 412, 204])(
  "an applied account that answers every read with an empty %s is never set up again",
  async (status) => {
    const { id, outs } = await provider.create(await inputs(people));
    await call("PATCH", [{ Name: "Not Ours", Email: at("foreign") }]);
    sei.resetRequests();
    sei.faults.add({ kind: "status", status, body: "empty", match: { method: "GET" } });
    const changed = await inputs([...people.slice(1), declare(dev("new"))]);
    await expect(provider.update(id, outs, changed)).rejects.toThrow();
    sei.faults.clear();
    expect(writes()).toEqual([]);
    expect(await isLive("foreign")).toBe(true);
  },
);
