import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { start as startAccount, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, PEOPLE, WITH_KEY, worldOf } from "./account.js";
import { seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const GOLDEN = join(__dirname, "golden");
const account = () => started(WITH_KEY, PEOPLE);

/** Compares with a file; the address of the simulator, and with it the checksum, is another in every run. */
function golden(name: string, text: string, url: string): void {
  const stable = text.replaceAll(url, "URL").replace(/\b[0-9a-f]{16}(?:[0-9a-f]{48})?\b/g, "CHECKSUM");
  const path = join(GOLDEN, name);
  if (process.env["GOLDEN"] === "write") writeFileSync(path, stable);
  expect(stable).toBe(readFileSync(path, "utf8"));
}

test("nothing to do: exit code 0, one line, only reads", async () => {
  const client = await account();
  const { run } = worldOf(client, AS_LIVE);
  expect(await run("plan", "roster.yaml")).toEqual({ code: 0, out: "plan: no changes\n", err: "" });
  expect(await run("plan", "roster.yaml", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  expect(await run("drift", "roster.yaml")).toEqual({ code: 0, out: "no drift: live is as declared\n", err: "" });
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});

test("changes: exit code 2, as text, masked, as JSON and as drift; nothing is written", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED);
  const [text, masked, json, maskedJson, drift] = await Promise.all([
    run("plan", "roster.yaml"),
    run("plan", "roster.yaml", "--mask-emails"),
    run("plan", "roster.yaml", "--output", "json"),
    run("plan", "roster.yaml", "--output", "json", "--mask-emails"),
    run("drift", "roster.yaml"),
  ]);
  for (const one of [text, masked, json, maskedJson, drift]) expect([one.code, one.err]).toEqual([2, ""]);
  golden("plan-text.txt", text.out, client.url);
  golden("plan-json.txt", json.out, client.url);
  golden("drift-text.txt", drift.out, client.url);
  for (const { out } of [masked, maskedJson]) {
    expect(out).toContain("a***@example.com");
    expect(out).not.toMatch(/ada@|alan|Turing|nia|Engines/i);
  }
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
});

test("a guard refuses: exit code 3; which limit in which file, whom, and how to allow it, on stdout; a line on stderr", async () => {
  const client = await account();
  const guards = "guards: { maxDelete: 0 }\n";
  const { run } = worldOf(client, CHANGED, { "policy.yaml": `version: 1\n${guards}` });
  const [text, masked, json, drift] = await Promise.all([
    run("plan", "roster.yaml", "policy.yaml"),
    run("plan", "roster.yaml", "policy.yaml", "--mask-emails"),
    run("plan", "roster.yaml", "policy.yaml", "--output", "json"),
    run("drift", "roster.yaml", "policy.yaml"),
  ]);
  expect(text.code).toBe(3);
  golden("plan-refused.txt", text.out, client.url);
  expect(text.err).toBe(
    "refused: maxDelete: 1 developers would be deleted; guards.maxDelete allows 0 of 3 (0); the guards stand in policy.yaml:2:1\n",
  );
  expect([masked.code, masked.out]).toEqual([3, expect.not.stringMatching(/alan/)]);
  expect([json.code, JSON.parse(json.out).guards.find(({ name }: { name: string }) => name === "maxDelete")]).toEqual([
    3,
    expect.objectContaining({ verdict: "refused", reason: expect.stringContaining("policy.yaml:2:1") }),
  ]);
  // Limits judge what an apply would do; drift is drift.
  expect([drift.code, drift.out]).toEqual([2, expect.stringContaining("refused by maxDelete")]);
});

test("an exception that is reviewed lets the same plan pass", async () => {
  const client = await account();
  const allow =
    'allow: [{ delete: [alan@example.com], reason: "HR-1", until: 2999-12-31 }]\nguards: { maxDelete: 0 }\n';
  const { run } = worldOf(client, CHANGED + allow);
  expect((await run("plan", "roster.yaml")).code).toBe(2);
});

test("a read that is not proven to be whole: 3, also when nothing seems to differ", async () => {
  const client = await account();
  client.faults.add({ kind: "shortPage", match: { path: "/v2/developers" } });
  // Of all who are live only the first is declared, and kept.
  const { run } = worldOf(client, AS_LIVE.replace("prune: all", "prune: none").replace(/ {2}(ada|alan)@.*\n/g, ""));
  for (const { code, err } of await Promise.all([run("plan", "roster.yaml"), run("drift", "roster.yaml")])) {
    expect([code, err]).toEqual([3, expect.stringContaining("completeRead: the live roster could not be read")]);
  }
});

test("prune: managed deletes nobody here, and says so; none and all as they say", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED.replace("prune: all\n", ""));
  const standard = await run("plan", "roster.yaml");
  expect(standard).toMatchObject({
    code: 2,
    out: expect.stringContaining("kept, live but not declared here: 1: alan@"),
  });
  expect(standard.err).toMatch(/^note: 1 live and not declared, and kept: prune: managed deletes nobody here/);
  expect(standard.out).not.toContain("leaves");
  const [none, all] = await Promise.all([
    run("plan", "roster.yaml", "--prune", "none"),
    run("plan", "roster.yaml", "--prune", "all"),
  ]);
  expect([none.err, all.err]).toEqual(["", ""]);
  expect(all.out).toContain("- alan@example.com  Alan Turing leaves");
});

test("flags may only be stricter than the source", async () => {
  const client = await account();
  const none = worldOf(client, CHANGED.replace("prune: all", "prune: none"));
  expect(await none.run("plan", "roster.yaml", "--prune", "all")).toMatchObject({
    code: 1,
    out: "",
    err: "error: prune: all would delete more than the source allows (prune: none). Change the source\n",
  });
  const scoped = worldOf(client, `${AS_LIVE}scope: { Team: [Payments, Core] }\n`);
  expect(await scoped.run("plan", "roster.yaml", "--scope", "Team=Engines")).toMatchObject({
    code: 1,
    err: expect.stringContaining("scope: Team=Engines is outside of the source's scope (Team: Core, Payments)"),
  });
});

test("--scope owns a part: managers may live outside of it, and who is outside stays", async () => {
  const client = await account();
  const roster = `version: 1
developers:
  ada@example.com: { name: Ada Lovelace, manager: grace@example.com, Team: Payments }
`;
  const { run } = worldOf(client, roster);
  const { code, out } = await run("plan", "roster.yaml", "--prune", "all", "--scope", "Team=Payments");
  expect([code, out]).toEqual([2, expect.stringContaining("- alan@example.com  Alan Turing leaves")]);
  expect(out).toContain("kept, outside of this roster's scope: 1: grace@example.com");
});

test("--as-of looks at another day; --strategy reupload is asked for", async () => {
  const client = await account();
  const dated = AS_LIVE.replace("{ name: Alan Turing,", "{ effective: { until: 2030-01-01 }, name: Alan Turing,");
  const { run } = worldOf(client, dated);
  const [before, after, wrong] = await Promise.all([
    run("plan", "roster.yaml", "--as-of", "2030-01-01"),
    run("plan", "roster.yaml", "--as-of", "2030-01-02", "--strategy", "reupload"),
    run("plan", "roster.yaml", "--as-of", "2030-02-30"),
  ]);
  expect(before).toMatchObject({ code: 0 });
  expect(after).toMatchObject({ code: 2, out: expect.stringContaining("last day 2030-01-01") });
  expect(after.out).toContain("by reupload");
  expect(wrong).toMatchObject({ code: 1, out: "" });
});

test("drift --fail-on: only the kinds that are named fail the job", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED);
  const [named, other, slip] = await Promise.all([
    run("drift", "roster.yaml", "--fail-on", "delete,rename"),
    run("drift", "roster.yaml", "--fail-on", "setIdentity"),
    run("drift", "roster.yaml", "--fail-on", "deletes"),
  ]);
  expect([named.code, other.code, slip.code]).toEqual([2, 0, 1]);
  expect(other.out).toBe(named.out);
});

test("an account that is not set up: the plan is the initial setup", async () => {
  const client = await startAccount(WITH_KEY);
  const { run } = worldOf(client, AS_LIVE);
  expect(await run("plan", "roster.yaml")).toMatchObject({
    code: 2,
    out: expect.stringContaining("by setup, 2 writing"),
  });
});

test("errors: 1, nothing on stdout, one reason, no stack, no key; masked names nobody", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, AS_LIVE.replace("manager: grace@", "manager: grcae@"));
  const env = { SEI_ENDPOINT: client.url };
  const [invalid, masked, missing, badKey, noKey, empty] = await Promise.all([
    run("plan", "roster.yaml"),
    run("plan", "roster.yaml", "--mask-emails"),
    run("plan", "nothing.yaml"),
    seiRoster(["plan", "good.yaml"], {
      cwd: worldOf(client, "", { "good.yaml": AS_LIVE }).cwd,
      env: { ...env, SEI_API_KEY: "pat.wrong" },
    }),
    seiRoster(["plan", "good.yaml"], { cwd: worldOf(client, "", { "good.yaml": AS_LIVE }).cwd, env }),
    seiRoster(["plan", ""], { cwd, env }),
  ]);
  for (const one of [invalid, masked, missing, badKey, noKey, empty]) {
    expect([one.code, one.out]).toEqual([1, ""]);
    expect(one.err).toMatch(/^error: /);
    expect(one.err).not.toMatch(/\n\s+at |pat\.wrong/);
  }
  expect(invalid.err).toContain("roster.yaml:6:");
  expect(invalid.err).toContain("grcae@example.com");
  expect(masked.err).toContain("roster.yaml:6:");
  expect(masked.err).not.toMatch(/grcae|ada@|Lovelace/);
  expect(noKey.err).toContain("SEI_API_KEY");
});
