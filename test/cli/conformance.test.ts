import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { Assumption } from "../../provider/conformance/assumption.js";
import { READ_ASSUMPTIONS } from "../../provider/conformance/read-assumptions.js";
import { WRITE_ASSUMPTIONS } from "../../provider/conformance/write-assumptions.js";
import { bytesOf, smallAccount } from "../conformance/account.js";
import { type Client, start } from "../simulator/support.js";
import { AS_LIVE, KEY, until, WITH_KEY, worldOf } from "./account.js";
import { seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(120_000);

const PAGE = join(__dirname, "..", "..", "docs", "conformance.md");
const SCHEMA = JSON.parse(readFileSync(join(__dirname, "..", "..", "schema", "conformance.schema.json"), "utf8"));
const isConformance = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA);
const ASSUMPTIONS: readonly Assumption[] = [...READ_ASSUMPTIONS, ...WRITE_ASSUMPTIONS];
const SHOWN = /^(```console\n\$ sei-roster conformance\n)([\s\S]*?)^(```)/m;
const TABLE = /^(\| Id \| Gap \| Assumed \| Where it differs \|\n\|---\|---\|---\|---\|\n)([\s\S]*)/m;

const account = (): Promise<Client> => smallAccount(WITH_KEY);
const madeUp = (client: Client) => client.emails().filter((email) => email.startsWith("conformance-"));
const WRITE = ["--write", "--account", "acc", "--yes"];

function problemsOf(text: string): unknown {
  return isConformance(JSON.parse(text)) ? null : [isConformance.errors, text];
}

test("reads alone: 0 where all holds, as the page shows it, nothing on stderr, nothing but GET", async () => {
  const client = await account();
  const { run } = worldOf(client, AS_LIVE);
  const [text, json] = await Promise.all([run("conformance"), run("conformance", "--output", "json")]);
  for (const one of [text, json]) expect([one.code, one.err]).toEqual([0, ""]);
  expect(new Set(client.requests().map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(problemsOf(json.out)).toBeNull();
  expect(JSON.parse(json.out)).toMatchObject({ wrote: false, run: null, left: [], target: { endpoint: client.url } });
  expect(text.out + json.out).not.toMatch(/grace|ada@|alan|Payments/i);
  const rows = ASSUMPTIONS.map(({ id, gap, source, assumes, otherwise }) => {
    const from = source === "documented" ? "documented" : "assumed";
    return `| ${id} | ${gap ?? ""} | ${assumes} (${from}) | ${otherwise} |`;
  });
  const table = `${rows.join("\n")}\n`;
  if (process.env["GOLDEN"] === "write") {
    const page = readFileSync(PAGE, "utf8").replace(SHOWN, (_, begin, __, end) => `${begin}${text.out}${end}`);
    writeFileSync(
      PAGE,
      page.replace(TABLE, (_, head) => `${head}${table}`),
    );
  }
  const page = readFileSync(PAGE, "utf8");
  expect(SHOWN.exec(page)?.[2]).toBe(text.out);
  expect(TABLE.exec(page)?.[2]).toBe(table);
});

test("an account that differs: 2, what is seen and that it does no harm", async () => {
  const client = await smallAccount({ ...WITH_KEY, dialect: { listWrapper: "items", totalName: "none" } });
  const { run } = worldOf(client, AS_LIVE);
  const [text, json] = await Promise.all([run("conformance"), run("conformance", "--output", "json")]);
  expect([text.code, text.err, json.code]).toEqual([2, "", 2]);
  expect(text.out).toMatch(/^differs {5}list\.wrapper .*\n +seen: items\n +-> no harm: the list is found wherever/m);
  expect(text.out).toMatch(/2 differ \(no harm\)/);
  expect(problemsOf(json.out)).toBeNull();
  const { summary, assumptions } = JSON.parse(json.out);
  expect(summary).toMatchObject({ differs: 2, stuck: 0 });
  expect(assumptions.find(({ id }: { id: string }) => id === "list.total")).toMatchObject({
    seen: "none",
    copes: true,
  });
});

test("--write: everything is tested, the account is as before, the JSON is as documented", async () => {
  const client = await account();
  const before = await bytesOf(client);
  const { run } = worldOf(client, AS_LIVE);
  const { code, out, err } = await run("conformance", ...WRITE, "--output", "json");
  expect([code, err]).toEqual([0, expect.stringMatching(/^warning: any account id is taken with this key/)]);
  expect(problemsOf(out)).toBeNull();
  const said = JSON.parse(out);
  expect(said).toMatchObject({ wrote: true, run: expect.any(String), interrupted: false, left: [] });
  expect(said.summary).toEqual({ holds: ASSUMPTIONS.length - 1, differs: 0, notTested: 1, stuck: 0 });
  expect(said.assumptions.map(({ id }: { id: string }) => id)).toEqual(ASSUMPTIONS.map(({ id }) => id));
  expect(await bytesOf(client)).toEqual(before);
});

test("what is refused sends no write: another account, no setup, too many, somebody left behind, no answer", async () => {
  const client = await account();
  const fresh = await start(WITH_KEY);
  const left = await account();
  const email = "conformance-0123456789ab-one@example.com";
  await left.upsert([{ Name: "Conformance 0123456789ab", Email: email }]);
  await left.upsert([{ Name: "Somebody", Email: "conformance-0123456789ab-two@example.com" }]);
  for (const one of [client, fresh, left]) one.resetRequests();
  const world = worldOf(client, AS_LIVE);
  const keyed = worldOf(client, AS_LIVE, {}, { env: { SEI_API_KEY: "pat.acc.token.secret" } });
  const cases = await Promise.all([
    world.run("conformance", "--write", "--account", "acc", "--yes", "--max-developers", "2"),
    worldOf(fresh, AS_LIVE).run("conformance", ...WRITE),
    worldOf(left, AS_LIVE).run("conformance", ...WRITE),
    world.run("conformance", "--write", "--yes"),
    world.run("conformance", "--yes"),
    world.run("conformance", "--write", "--account", "acc"),
    world.run("conformance", "--generation", "previous"),
    keyed.run("conformance", "--write", "--account", "other", "--yes"),
  ]);
  expect(cases.map(({ code, err }) => [code, err.trim()])).toEqual([
    [3, expect.stringContaining("refused: the account has 3 developers, more than 2 (--max-developers)")],
    [3, expect.stringContaining("refused: the account is not set up")],
    [3, expect.stringContaining("refused: 1 made-up people of an earlier run are there")],
    [1, expect.stringContaining("--write needs --account ID on the command line")],
    [1, expect.stringContaining("say --write as well")],
    [1, expect.stringContaining("there is no terminal to ask at, so nothing was written: say --yes")],
    [1, expect.stringContaining("leave --generation out")],
    [1, expect.stringContaining("could not be read: the key is not taken in any form")],
  ]);
  const methods = [client, fresh, left].flatMap((one) => one.requests().map(({ method }) => method));
  expect(new Set(methods)).toEqual(new Set(["GET"]));

  // Who only looks like it stays.
  const cleaned = await worldOf(left, AS_LIVE).run("conformance", "--clean", ...WRITE);
  expect([cleaned.code, cleaned.out, cleaned.err]).toEqual([0, "", expect.stringContaining("nobody who was made up")]);
  expect(madeUp(left)).toEqual(["conformance-0123456789ab-two@example.com"]);
});

test("a key that names another account is refused", async () => {
  const client = await smallAccount({ apiKeys: [{ key: "pat.mine.token.secret" }, { key: "simulator" }] });
  const env = { SEI_API_KEY: "pat.mine.token.secret", SEI_ENDPOINT: client.url };
  const { code, err } = await seiRoster(["conformance", "--write", "--account", "other", "--yes"], { env });
  expect([code, err]).toEqual([3, "refused: the key is of another account than --account other\n"]);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s in the middle: what was made is taken away", async (signal) => {
  const client = await account();
  const before = await bytesOf(client);
  const child = worldOf(client, AS_LIVE).begin("conformance", ...WRITE, "--output", "json");
  await until(() => madeUp(client).length > 3);
  child.process.kill(signal);
  const { code, out, err } = await child.ended;
  expect([code, err]).toEqual([
    signal === "SIGINT" ? 130 : 143,
    expect.stringContaining("interrupted: no more is tried"),
  ]);
  expect(JSON.parse(out)).toMatchObject({ interrupted: true, left: [] });
  expect(problemsOf(out)).toBeNull();
  expect(await bytesOf(client)).toEqual(before);
});

test("what is left is said, with the command that deletes it, and that command does", async () => {
  const client = await account();
  client.faults.add({ kind: "status", status: 403, match: { method: "DELETE" } });
  const { run } = worldOf(client, AS_LIVE);
  const { code, err } = await run("conformance", ...WRITE);
  expect(code).toBe(1);
  const [, command = ""] = /^to delete the people: sei-roster (.*)$/m.exec(err) ?? [];
  for (const email of madeUp(client)) expect(err).toContain(email);
  expect(madeUp(client).length).toBeGreaterThan(3);
  client.faults.clear();
  const cleaned = await run(...command.split(" "), "--yes");
  expect([cleaned.code, madeUp(client)]).toEqual([0, []]);
});

test("the schema knows no other form", () => {
  const held = { id: "a.b", gap: 1, source: "assumed", assumes: "x", verdict: "holds" };
  const whole = {
    version: 1,
    target: { endpoint: "https://example.com", account: "" },
    wrote: false,
    run: null,
    interrupted: false,
    summary: { holds: 1, differs: 0, notTested: 0, stuck: 0 },
    assumptions: [held],
    left: [],
  };
  expect(problemsOf(JSON.stringify(whole))).toBeNull();
  const slips: unknown[] = [
    { ...whole, version: 2 },
    { ...whole, more: 1 },
    { ...whole, assumptions: [{ ...held, verdict: "differs" }] },
    { ...whole, assumptions: [{ ...held, seen: "x" }] },
    { ...whole, assumptions: [{ ...held, verdict: "notTested" }] },
    { ...whole, assumptions: [{ ...held, gap: 59 }] },
  ];
  for (const slip of slips) expect(isConformance(slip)).toBe(false);
});

test("every option is on the page, and the key in none", async () => {
  const { out } = await seiRoster(["conformance", "--help"]);
  const known = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map((match) => match[1]).filter((name) => name !== "--help");
  const told = [...readFileSync(PAGE, "utf8").matchAll(/^\| `(--[a-z-]+)/gm)].map((match) => match[1]);
  expect([...told].sort()).toEqual([...known].sort());
  const refused = await seiRoster(["conformance", "--api-key", KEY]);
  expect([refused.code, refused.err]).toEqual([1, expect.stringContaining("unknown option")]);
});
