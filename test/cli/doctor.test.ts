import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Client, started } from "../simulator/support.js";
import { AS_LIVE, KEY, PEOPLE, WITH_KEY, worldOf } from "./account.js";
import { seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const PAGE = join(__dirname, "..", "..", "docs", "doctor.md");
const DOCS = readFileSync(PAGE, "utf8");
const SHOWN = /^(```console\n\$ sei-roster doctor\n)([\s\S]*?)^(```)/m;

async function account(): Promise<Client> {
  const client = await started(WITH_KEY, PEOPLE);
  await client.identify(
    ["ada", "grace"].map((login) => ({ email: `${login}@example.com`, integrationId: 101, identity: `${login}-x` })),
  );
  client.resetRequests();
  return client;
}

/** What differs from run to run. */
function stable(text: string, url: string): string {
  return text
    .replaceAll(`${url} (no region of the documents)`, "https://app.harness.io/prod1/sei/api (region prod1)")
    .replace(/in \d+ ms/, "in 12 ms")
    .replace(/Node [\d.]+/, "Node 20.18.1")
    .replace(/pulumi-harness-sei [\d.]+/, "pulumi-harness-sei 0.1.0");
}

test("an account in order: 0, the checks on stdout as the page shows them, nothing on stderr, nothing written", async () => {
  const client = await account();
  const { run } = worldOf(client, AS_LIVE);
  const [text, masked, json] = await Promise.all([
    run("doctor"),
    run("doctor", "--mask-emails"),
    run("doctor", "--mask-emails", "--output", "json"),
  ]);
  for (const one of [text, masked, json]) expect([one.code, one.err]).toEqual([0, ""]);
  if (process.env["GOLDEN"] === "write")
    writeFileSync(
      PAGE,
      DOCS.replace(SHOWN, (_, begin, __, end) => `${begin}${stable(text.out, client.url)}${end}`),
    );
  expect(SHOWN.exec(readFileSync(PAGE, "utf8"))?.[2]).toBe(stable(text.out, client.url));
  expect(text.out).toContain("alan@example.com");
  expect(masked.out + json.out).not.toMatch(/alan|ada|grace/i);
  expect(JSON.parse(json.out)).toMatchObject({ version: 1, healthy: true });
  const others = client.requests().filter(({ method }) => method !== "GET");
  expect(new Set(others.map(({ method, path }) => `${method} ${path}`))).toEqual(
    new Set(["POST /v1/sei_contributor/list"]),
  );
});

test("a problem: 1, and what to do; the key is nowhere", async () => {
  const client = await account();
  const { cwd } = worldOf(client, AS_LIVE);
  const env = { SEI_API_KEY: "wrong-key-0123456789", SEI_ENDPOINT: client.url };
  for (const output of ["text", "json"]) {
    const { code, out, err } = await seiRoster(["doctor", "--output", output], { cwd, env });
    expect([code, err]).toEqual([1, ""]);
    expect(out).toMatch(/problem/);
    expect(out).toContain("SEI_API_KEY");
    expect(out).not.toContain("wrong-key");
  }
});

test("wrong usage is an error: no key, no endpoint, a key in a flag, a time that is none, a plain host", async () => {
  const env = { SEI_API_KEY: KEY, SEI_ENDPOINT: "http://127.0.0.1:9" };
  const cases: [string, string[], Record<string, string>, string][] = [
    ["no key", [], { SEI_ENDPOINT: "http://127.0.0.1:9" }, "SEI_API_KEY"],
    ["no endpoint", [], { SEI_API_KEY: KEY }, "SEI_REGION"],
    ["a key in a flag", ["--api-key", "x"], env, "unknown option"],
    ["no time", ["--timeout", "soon"], env, "seconds"],
    ["unencrypted", ["--endpoint", "http://sei.example.com"], env, "unencrypted"],
    ["no region", ["--region", "mars"], env, 'no region "mars"'],
  ];
  const ended = await Promise.all(cases.map(([, args, vars]) => seiRoster(["doctor", ...args], { env: vars })));
  for (const [at, [what, , , says]] of cases.entries()) {
    expect([what, ended[at]]).toEqual([what, { code: 1, out: "", err: expect.stringContaining(says) }]);
  }
});

test("--shapes: a private file of keys and types, said on stderr; a file that is there stays", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, AS_LIVE);
  const { code, err } = await run("doctor", "--shapes", "shapes.json");
  expect([code, err]).toEqual([
    0,
    "shapes: shapes.json has keys and types, no values. Read it before you send it to anybody.\n",
  ]);
  const file = join(cwd, "shapes.json");
  const text = readFileSync(file, "utf8");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // A word of the v1 API holds one of these names.
  expect(text.replaceAll("_metadata", "")).not.toMatch(/ada|grace|alan|Payments|Core|Team|example\.com|127\.0/i);
  expect(text).not.toContain(KEY);
  expect(JSON.parse(text).answers[1].body.developers[0]).toMatchObject({ "<column 1>": "string" });
  writeFileSync(file, "mine");
  client.resetRequests();
  const again = await run("doctor", "--shapes", "shapes.json");
  expect(again).toEqual({ code: 1, out: "", err: expect.stringContaining("is there already") });
  expect([readFileSync(file, "utf8"), client.requests()]).toEqual(["mine", []]);
  const nowhere = await run("doctor", "--shapes", "no/such/folder/shapes.json");
  expect([nowhere.code, nowhere.err]).toEqual([1, expect.stringContaining("ENOENT")]);
});

test("a server that never answers: said after the time of a request, not for ever", async () => {
  const client = await account();
  client.faults.add({ kind: "slow", ms: 60_000 });
  const { run } = worldOf(client, AS_LIVE);
  const { code, out, err } = await run("doctor", "--timeout", "0.3");
  expect([code, err, out]).toEqual([1, "", expect.stringMatching(/^problem {2}endpoint .* does not answer$/m)]);
  expect(out).toContain("no whole answer within 0.3 s");
});

test("every option and check is on the page, and the reverse", async () => {
  const { out } = await seiRoster(["doctor", "--help"]);
  const known = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]).filter((name) => name !== "--help");
  const told = [...DOCS.matchAll(/^\| `(--[a-z-]+)/gm)].map((match) => match[1]);
  expect([...told].sort()).toEqual([...known].sort());
  const { CHECK_NAMES } = await import("../../provider/doctor/check.js");
  expect([...DOCS.matchAll(/^\| ([a-z ]+) \|/gm)].map((match) => match[1])).toEqual([...CHECK_NAMES]);
});
