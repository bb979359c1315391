import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { dynamic } from "@pulumi/pulumi";
import { readBackup } from "../../provider/apply/keep-backup";
import { rosterStore } from "../../provider/pulumi/roster-store";
import { readSettings } from "../../provider/pulumi/settings";
import { canonicalRoster } from "../../provider/roster/canonical-roster";
import type { DesiredDeveloper } from "../../provider/roster/developer";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { at, declare, desired, dev } from "../support/people";

// The providers as the host of dynamic providers calls them, against a simulator, without the engine.
const roster: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/roster-provider");
const mapping: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/field-mapping-provider");
const identity: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/identity-provider");

const FIELDS = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] };
const OTHER = "0123456789abcdef";

let sei: Simulator;
let folder: string;
let said: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sei-approved-"));
  process.env["PULUMI_HARNESS_SEI_CACHE"] = folder;
  process.env["SEI_API_KEY"] = "simulator";
  said = [];
  jest.spyOn(console, "log").mockImplementation((text: string) => said.push(text));
  sei = await startSimulator();
  await approve("");
});
afterEach(async () => {
  jest.restoreAllMocks();
  delete process.env["SEI_APPROVED_PLAN"];
  await sei.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function approve(approvedPlan: string, providers = [roster, mapping, identity]): Promise<void> {
  const config: Record<string, string> = {
    "harness-sei:endpoint": sei.url,
    "harness-sei:approvedPlan": approvedPlan,
  };
  const get = (key: string) => config[key];
  for (const provider of providers) {
    await provider.configure({ config: { get, require: (key: string) => config[key] ?? "" } });
  }
}

async function inputs(people: readonly DesiredDeveloper[]) {
  const fingerprint = await rosterStore().put(canonicalRoster(desired(people, { fields: FIELDS })));
  const policy = { prune: "managed", strategy: "auto", guards: {}, forceDestroy: true };
  return { fingerprint, developerCount: people.length, ...policy };
}

const people = ["ada", "bob", "eve"].map((login) => declare(dev(login)));
const writes = () => sei.requests().filter(({ method }) => method !== "GET").length;
const refusalOf = async (doing: Promise<unknown>) => {
  const error = await doing.then(
    () => null,
    (thrown: unknown) => thrown as Error,
  );
  return error?.message ?? "nothing was refused";
};
/** The whole checksum that a refusal says. */
const sumIn = (refusal: string) => /the plan now is ([0-9a-f]{64})/.exec(refusal)?.[1] ?? "";

/** The backups of the account, oldest first. */
function backups(): readonly string[] {
  const all = join(folder, "backups");
  return readdirSync(all)
    .flatMap((target) => readdirSync(join(all, target)).map((name) => join(all, target, name)))
    .sort();
}

test("create, update and destroy apply the reviewed plan and no other; both checksums are said, and nothing is sent", async () => {
  const first = await inputs(people);
  await approve(OTHER);
  const refused = await refusalOf(roster.create(first));
  expect(refused).toMatch(/harness-sei:approvedPlan is 0123456789abcdef, and the plan now is [0-9a-f]{64}\. Nothing/);
  expect(writes()).toBe(0);
  // The preview says it too.
  await roster.check({}, first);
  expect(said.join("\n")).toContain(`checksum ${sumIn(refused).slice(0, 16)}`);
  await approve(sumIn(refused).slice(0, 16));
  const { id, outs } = await roster.create(first);

  sei.resetRequests();
  const next = await inputs([declare(dev("ada", { Role: "CTO" })), ...people.slice(1)]);
  const update = await refusalOf(roster.update(id, outs, next));
  expect([sumIn(update).length, writes()]).toEqual([64, 0]);
  await approve(`${OTHER}, ${sumIn(update).toUpperCase()}`);
  const updated = await roster.update(id, outs, next);

  // A destroy is another run, whose process has declared nobody. What it gets is the configuration of the last update.
  jest.resetModules();
  const later: typeof roster = require("../../provider/pulumi/roster-provider");
  await approve(sumIn(update), [later]);
  sei.resetRequests();
  const destroy = await refusalOf(later.delete(id, updated.outs));
  expect([sumIn(destroy).length, destroy, writes()]).toEqual([64, expect.stringContaining("SEI_APPROVED_PLAN"), 0]);
  process.env["SEI_APPROVED_PLAN"] = sumIn(destroy);
  await later.delete(id, updated.outs);
  expect(sei.state().developers).toEqual([]);
});

test("an empty plan always passes", async () => {
  const same = await inputs(people);
  const { id, outs } = await roster.create(same);
  await approve(OTHER);
  sei.resetRequests();
  await expect(roster.update(id, outs, same)).resolves.toBeDefined();
  expect([writes(), backups().length]).toEqual([0, 1]);
});

test("a field mapping and an identity that are managed apart are no way around it", async () => {
  await roster.create(await inputs(people));
  await approve(OTHER);
  sei.resetRequests();
  const fields = { ...FIELDS, attributes: [...FIELDS.attributes, "Site"] };
  const ada = { email: at("ada"), integrationId: 101, identity: "ada" };
  const refusals = [await refusalOf(mapping.create({ fields })), await refusalOf(identity.create(ada))];
  expect([refusals.map((one) => sumIn(one).length), writes()]).toEqual([[64, 64], 0]);
  await approve(refusals.map(sumIn).join(","));
  await mapping.create({ fields });
  await identity.create(ada);
  expect(sei.state().identities).toEqual([ada]);
});

test("before the first write, what is live is saved; the diagnostics say where, once, and name nobody", async () => {
  const { id, outs } = await roster.create(await inputs(people));
  said.length = 0;
  await roster.update(id, outs, await inputs(people.slice(1)));
  const [, file = ""] = backups();
  expect(said.filter((text) => text.includes("backup"))).toEqual([
    `backup of what is live: ${file} (sei-roster restore FILE plans it back)`,
  ]);
  const backup = await readBackup(file);
  expect([backup.developers.map(({ email }) => email), backup.identities]).toEqual([
    [at("ada"), at("bob"), at("eve")],
    [],
  ]);
});

test("what cannot be saved is not touched", async () => {
  const { id, outs } = await roster.create(await inputs(people));
  const next = await inputs(people.slice(1));
  sei.resetRequests();
  sei.faults.add({ kind: "status", status: 403, match: { path: "/v2/developers/identities" } });
  expect(await refusalOf(roster.update(id, outs, next))).toMatch(/^nothing was changed: .*403/s);
  expect(writes()).toBe(0);
});

test("what is no checksum is refused in the settings", () => {
  const read = (approvedPlan: string) =>
    readSettings((key) => ({ "harness-sei:region": "eu", "harness-sei:approvedPlan": approvedPlan })[key], {
      SEI_API_KEY: "k",
    }).approvedPlans;
  expect(read("")).toBeNull();
  expect(read(`${OTHER.toUpperCase()} ,${"a".repeat(64)}`)).toEqual([OTHER, "a".repeat(64)]);
  for (const slip of ["9f2c", "z".repeat(16), "a".repeat(65), `${OTHER},`]) {
    expect(() => read(slip)).toThrow("harness-sei:approvedPlan must be the checksum");
  }
});
