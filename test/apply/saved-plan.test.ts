import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkedJson } from "../../provider/apply/checked-json.js";
import { type PlanRequest, readSavedPlan, SavedPlanError, savePlan } from "../../provider/apply/saved-plan.js";
import { type Plan, plan } from "../../provider/roster/plan.js";
import { at, declare, desired, dev, live, policy } from "../support/people.js";

const DAY = "2026-11-21";

const REQUEST: PlanRequest = {
  desired: desired([declare(dev("ada", { Role: "CTO" }), { 101: "ada" })], {
    guards: { maxDelete: 0 },
    allow: [
      { people: { delete: [at("bob")] }, reason: "HR-1", until: DAY },
      { people: { delete: [at("eve")] }, reason: "HR-2", until: "2026-11-20" },
    ],
    applicationTypes: new Map([[101, "GITHUB"]]),
  }),
  wanted: { prune: "managed", strategy: "upsert", guards: { maxUpdate: "5%" }, only: [at("ada")] },
  guardsAt: "policy.yaml:2:1",
};

let folder: string;
let file: string;
let made: Plan;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sei-saved-"));
  file = join(folder, "roster.plan");
  made = plan(REQUEST.desired, live([dev("bob")]), policy());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("what was saved is read back as it was, without the exceptions that have expired since", async () => {
  await savePlan(file, REQUEST, made);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const [first] = REQUEST.desired.allow;
  expect(await readSavedPlan(file, DAY)).toEqual({
    target: made.target,
    checksum: made.checksum,
    request: { ...REQUEST, desired: { ...REQUEST.desired, allow: [first] } },
  });
  expect((await readSavedPlan(file, "2026-11-20")).request).toEqual(REQUEST);
});

test("the account of a plan is saved without anything else that its target may hold", async () => {
  const target = { ...made.target, apiKey: "pat.secret" };
  await savePlan(file, REQUEST, { ...made, target });
  expect(readFileSync(file, "utf8")).not.toContain("secret");
  expect((await readSavedPlan(file, DAY)).target).toEqual(made.target);
});

test("a file that cannot be written is an error that names it, and nothing is left of it", async () => {
  const inNothing = join(folder, "none", "roster.plan");
  await expect(savePlan(inNothing, REQUEST, made)).rejects.toMatchObject({
    name: "SavedPlanError",
    message: `the plan cannot be saved to ${inNothing}: ENOENT`,
  });
  await expect(savePlan(folder, REQUEST, made)).rejects.toThrow(SavedPlanError);
  await expect(savePlan(folder, REQUEST, made)).rejects.toThrow(`the plan cannot be saved to ${folder}: EISDIR`);
  expect(readdirSync(folder)).toEqual([]);
});

describe("a file that cannot be applied says why, and what to do", () => {
  const NONE = "it is not a plan that `sei-roster plan --plan FILE` saved";
  const VERSION = "another version of the package saved it";
  const CHANGED = "it was changed or cut short after it was saved";

  /** The file with another content, and a checksum that fits it. */
  const resealed = (text: string, change: object) => {
    const { checksum: _, ...content } = JSON.parse(text) as { readonly checksum: string };
    return checkedJson({ ...content, ...change });
  };

  test.each<readonly [string, string, (text: string) => string]>([
    ["no JSON", NONE, () => "version: 1"],
    ["JSON of something else", NONE, () => "{}"],
    ["a list", NONE, () => "[]"],
    ["no checksum of a plan", NONE, (text) => resealed(text, { plan: 7 })],
    ["no roster", NONE, (text) => resealed(text, { roster: {} })],
    ["a plan that was cut short", NONE, (text) => text.slice(0, 200)],
    ["a plan of another version", VERSION, (text) => resealed(text, { version: 2 })],
    ["a roster of another version", VERSION, (text) => resealed(text, { roster: '{"version":1}' })],
    ["an edited plan", CHANGED, (text) => text.replace("HR-1", "HR-9")],
    ["a plan without its checksum", CHANGED, (text) => text.replace('"checksum"', '"check"')],
  ])("%s", async (_what, why, change) => {
    await savePlan(file, REQUEST, made);
    const text = readFileSync(file, "utf8");
    const other = change(text);
    expect(other).not.toBe(text);
    writeFileSync(file, other);
    await expect(readSavedPlan(file, DAY)).rejects.toMatchObject({
      name: "SavedPlanError",
      message: `${file} cannot be applied: ${why}; plan again`,
    });
  });

  test("a file that is not there", async () => {
    await expect(readSavedPlan(file, DAY)).rejects.toMatchObject({
      name: "SavedPlanError",
      message: `${file} cannot be read: ENOENT`,
    });
  });
});
