import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AS_LIVE, CHANGED, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

/** Nobody listens there, and there is no key. */
const OFFLINE = { url: "http://127.0.0.1:9" };
const NO_KEY = { env: { SEI_API_KEY: "" } };
const GUARDS = "guards: { maxDelete: 0 }\n";

test("what a pull request changes, without an account and a key", async () => {
  const { run } = worldOf(OFFLINE, CHANGED, { "base.yaml": AS_LIVE }, NO_KEY);
  const { code, out, err } = await run("plan", "roster.yaml", "--against", "base.yaml");
  expect([code, err]).toEqual([2, ""]);
  expect(out).toBe(
    `plan: 1 to create, 1 to update, 1 to delete
  + nia@example.com  Nia Okafor joins, reports to ada@example.com
  ~ ada@example.com  Team: "Payments" -> "Engines"
  - alan@example.com  Alan Turing leaves
`,
  );
  expect(await run("plan", "roster.yaml", "--against", "roster.yaml")).toEqual({
    code: 0,
    out: "plan: no changes\n",
    err: "",
  });
  expect(
    JSON.parse((await run("plan", "roster.yaml", "--against", "base.yaml", "--output", "json")).out),
  ).toMatchObject({
    target: { endpoint: "offline", account: "" },
    strategy: "none",
    summary: { create: 1, update: 1, delete: 1 },
  });
});

test("the guards judge it as well", async () => {
  const { run } = worldOf(OFFLINE, CHANGED + GUARDS, { "base.yaml": AS_LIVE }, NO_KEY);
  const { code, out } = await run("plan", "roster.yaml", "--against", "base.yaml");
  expect([code, out]).toEqual([3, expect.stringContaining("guards stand in roster.yaml:8:1")]);
});

test("who is taken out leaves, unless prune says that nobody does", async () => {
  const head = AS_LIVE.replace(/ {2}alan@.*\n/, "");
  for (const [prune, leaves] of [
    ["prune: all\n", 1],
    ["", 1],
    ["prune: none\n", 0],
  ] as const) {
    const text = head.replace("prune: all\n", prune);
    const { run } = worldOf(OFFLINE, text, { "base.yaml": AS_LIVE }, NO_KEY);
    const { out } = await run("plan", "roster.yaml", "--against", "base.yaml", "--output", "json");
    expect([prune, JSON.parse(out).summary.delete]).toEqual([prune, leaves]);
  }
});

test("a new column, an identity that moves, an address that changes, without fields", async () => {
  const base = `version: 1
developers:
  ada@example.com: { name: Ada, identities: { 101: ada } }
  bob@example.com: { name: Bob, Team: Core }
`;
  const head = `version: 1
developers:
  ada.byron@example.com: { name: Ada, previousEmails: [ada@example.com], Site: Rome }
  bob@example.com: { name: Bob, Team: Core, identities: { 101: ada } }
`;
  const { run } = worldOf(OFFLINE, head, { "base.yaml": base }, NO_KEY);
  const { out } = await run("plan", "roster.yaml", "--against", "base.yaml");
  expect(out).toContain("> ada.byron@example.com  Ada, was ada@example.com");
  expect(out).toContain('Site: "" -> "Rome"');
  expect(out).toContain('~ bob@example.com  integration 101: "ada", taken from ada@example.com');
});

test("the pull request that begins the roster, and one whose base is broken", async () => {
  const { run, cwd } = worldOf(OFFLINE, AS_LIVE, { "broken.yaml": "version: 1\ndevelopers: [" }, NO_KEY);
  mkdirSync(join(cwd, "empty"));
  writeFileSync(join(cwd, "empty", "README.md"), "");
  const first = await run("plan", "roster.yaml", "--against", "main/roster");
  expect(first).toMatchObject({ code: 2, err: "there is no main/roster: it is compared with a roster of nobody\n" });
  expect(first.out).toContain("plan: 3 to create");
  expect(await run("plan", "roster.yaml", "--against", "broken.yaml")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(
      /^error: the version to compare with cannot be used: the source is not valid\nbroken.yaml:2/,
    ),
  });
  expect(await run("plan", "roster.yaml", "--against", "roster.yaml", "--plan", "x")).toMatchObject({
    code: 1,
    err: expect.stringContaining("cannot be used with option"),
  });
});
