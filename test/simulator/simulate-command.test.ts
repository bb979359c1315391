import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const children: ChildProcessWithoutNullStreams[] = [];
let data = "";

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "sei-simulate-"));
});

afterEach(async () => {
  for (const child of children.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
  await rm(data, { recursive: true, force: true });
});

function run(...options: string[]) {
  const child = spawn(process.execPath, [join(__dirname, "run-simulate.cjs"), ...options]);
  children.push(child);
  const printed = { out: "", err: "" };
  child.stdout.on("data", (chunk) => (printed.out += chunk));
  child.stderr.on("data", (chunk) => (printed.err += chunk));
  return { child, printed, ended: once(child, "close").then(([code]: unknown[]) => code) };
}

async function listening(...options: string[]) {
  const simulate = run("--port", "0", ...options);
  const url = await Promise.race([
    once(createInterface({ input: simulate.child.stdout }), "line").then(([line]) => String(line)),
    simulate.ended.then(() => Promise.reject(new Error(simulate.printed.err))),
  ]);
  const get = (path: string, key: string) => fetch(`${url}${path}`, { headers: { "x-api-key": key } });
  return { ...simulate, url, get };
}

const SEED = join(__dirname, "people.csv");

test("the first line of stdout is the URL and nothing else follows; the seed is served; SIGTERM ends it with 0", async () => {
  const { url, get, child, printed, ended } = await listening("--seed", SEED, "--data", data);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sei\/api$/);
  expect(await (await get("/v2/developers", "simulator")).json()).toMatchObject({ totalCount: 2 });
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  expect(printed.out).toBe(`${url}\n`);
  expect(printed.err).toContain("/_simulator/requests");

  const again = await listening("--data", data);
  expect(await (await again.get("/v2/developers", "simulator")).json()).toMatchObject({ totalCount: 2 });
  again.child.kill("SIGINT");
  expect(await again.ended).toBe(130);
});

test("dialect, faults, keys, account, required fields and integrations", async () => {
  const { url, get } = await listening(
    ...[
      "--seed",
      SEED,
      "--dialect",
      "items",
      "--fault",
      "503:times=1,path=/v2/developers/schema",
      "--fault",
      "429:times=1",
    ],
    ...["--api-key", "writer", "--api-key", "reader:read", "--account", "acme", "--required-field", "role"],
    ...["--integration", "7"],
  );
  expect((await get("/v2/developers", "reader")).status).toBe(429);
  expect((await get("/v2/developers/schema", "reader")).status).toBe(503);
  expect(await (await get("/v2/developers", "reader")).json()).toMatchObject({ _metadata: { total_count: 2 } });
  expect((await get("/v2/developers", "simulator")).status).toBe(401);
  const identify = (key: string, integrationId: number) =>
    fetch(`${url}/v2/developers/identities`, {
      method: "PATCH",
      headers: { "x-api-key": key, "content-type": "application/json" },
      body: JSON.stringify([{ email: "ada@example.com", integrationId, identity: "ada" }]),
    }).then(({ status }) => status);
  expect(await Promise.all([identify("reader", 7), identify("writer", 7), identify("writer", 8)])).toEqual([
    403, 200, 400,
  ]);
});

test("an account that has not moved, whose integrations have types", async () => {
  const { url, get } = await listening("--seed", SEED, "--dialect", "previous", "--integration", "7:GITHUB");
  expect((await get("/v2/developers", "simulator")).status).toBe(405);
  const user = { email: "ada@example.com", applicationType: "GITHUB", cloudId: "octocat" };
  const set = await fetch(`${url}/v2/developers/cloud-ids`, {
    method: "POST",
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify({ integrationUsers: [user] }),
  });
  const listed = await fetch(`${url}/v1/org/users/list`, {
    method: "POST",
    headers: { "x-api-key": "simulator", "content-type": "application/json" },
    body: JSON.stringify({ filter: { email: user.email } }),
  });
  expect(set.status).toBe(200);
  expect(await listed.json()).toMatchObject({
    records: [{ id: "2", integration_user_ids: [{ integration_id: "7", user_id: "octocat" }] }],
  });
});

test.each<[string, string[], string]>([
  ["an unknown dialect", ["--dialect", "klingon"], "default, spring"],
  ["a fault that is none", ["--fault", "nonsense"], "KIND[:KEY=VALUE"],
  ["a port that is none", ["--port", "70000"], "65535"],
  ["an integration that is none", ["--integration", "x"], "positive integer"],
  ["an integration of no type", ["--integration", "7:NOPE"], "GITHUB"],
  ["a seed that is not there", ["--seed", "/nowhere.csv"], "ENOENT"],
])("%s ends it with 1 and a message", async (_, options, message) => {
  const { printed, ended } = run("--port", "0", ...options);
  expect([await ended, printed.out]).toEqual([1, ""]);
  expect(printed.err).toContain(message);
});

test("a port that is taken ends it with 1", async () => {
  const { url } = await listening();
  const { printed, ended } = run("--port", new URL(url).port);
  expect([await ended, printed.err]).toEqual([1, expect.stringContaining("EADDRINUSE")]);
});
