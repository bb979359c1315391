import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseBackup } from "../../provider/apply/backup.js";
import { connect } from "../../provider/sei/client.js";
import { type Client, start as startAccount, started } from "../simulator/support.js";
import { AS_LIVE, CHANGED, PEOPLE, until, WITH_KEY, worldOf } from "./account.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const account = () => started(WITH_KEY, PEOPLE);
const writes = (client: Client) => client.requests().filter(({ method }) => method !== "GET");
const sumOf = (out: string) => /checksum ([0-9a-f]{16})/.exec(out)?.[1] ?? "";
const lines = (file: string) =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

/** The backups in a cache folder, oldest first. */
function backups(cache: string): readonly string[] {
  const folder = join(cache, "backups");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((target) => readdirSync(join(folder, target)).map((name) => join(folder, target, name)))
    .sort();
}

test("applied and verified: the plan and a last line on stdout, a private backup, and then nothing to do", async () => {
  const client = await account();
  const { run, cache } = worldOf(client, CHANGED);
  const { code, out, err } = await run("apply", "roster.yaml", "--yes");
  expect([code, out.split("\n").at(0), out.split("\n").at(-2)]).toEqual([
    0,
    "plan: 1 to create, 1 to update, 1 to delete",
    "applied and verified: 1 to create, 1 to update, 1 to delete",
  ]);
  expect(client.emails().sort()).toEqual(["ada@example.com", "grace@example.com", "nia@example.com"]);
  const [backup = ""] = backups(cache);
  expect(err).toBe(`backup of what is live: ${backup}\n3 of 3 changes done, 0 failed, 0 not tried\n`);
  expect([statSync(backup).mode & 0o777, statSync(join(backup, "..")).mode & 0o777]).toEqual([0o600, 0o700]);
  expect(parseBackup(readFileSync(backup, "utf8")).developers.map(({ email }) => email)).toEqual([
    "ada@example.com",
    "alan@example.com",
    "grace@example.com",
  ]);
  client.resetRequests();
  const again = await run("apply", "roster.yaml", "--yes");
  expect(again).toEqual({ code: 0, out: "plan: no changes\nnothing to do: live is as declared\n", err: "" });
  expect(await run("apply", "roster.yaml", "--yes", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  expect([writes(client), backups(cache).length]).toEqual([[], 1]);
});

test("the initial setup, with JSON alone on stdout", async () => {
  const client = await startAccount(WITH_KEY);
  const { run } = worldOf(client, AS_LIVE);
  const { code, out, err } = await run("apply", "roster.yaml", "--yes", "--output", "json");
  expect([code, JSON.parse(out).strategy]).toEqual([0, "setup"]);
  expect(err).toContain("applied and verified: 3 to create, 4 columns to map\n");
  expect(client.emails().length).toBe(3);
});

test("without a terminal and without --yes nothing is sent: 1", async () => {
  const client = await account();
  const { run, cache } = worldOf(client, CHANGED);
  const { code, out, err } = await run("apply", "roster.yaml");
  expect([code, out, err]).toEqual([
    1,
    expect.stringContaining("plan: 1 to create"),
    "error: there is no terminal to ask at, so nothing was sent: say --yes, or --checksum SUM of a reviewed plan\n",
  ]);
  expect([writes(client), backups(cache)]).toEqual([[], []]);
});

test("what a guard refuses is not sent: 3, whatever else is said", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, `${CHANGED}guards: { maxDelete: 0 }\n`);
  const plan = await run("plan", "roster.yaml");
  const args = ["apply", "roster.yaml", "--yes", "--checksum", sumOf(plan.out), "--audit", "audit.jsonl"];
  const { code, out } = await run(...args);
  expect([code, out, writes(client)]).toEqual([3, plan.out, []]);
  expect(lines(join(cwd, "audit.jsonl"))).toMatchObject([
    { operation: "start", command: "apply" },
    { operation: "end", outcome: "refused" },
  ]);
});

test("--checksum applies the reviewed plan and no other; an empty plan always passes", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  const reviewed = sumOf((await run("plan", "roster.yaml")).out);
  const whole = JSON.parse((await run("plan", "roster.yaml", "--output", "json")).out).checksum;
  expect(whole.startsWith(reviewed)).toBe(true);
  // Somebody else writes after the review.
  await client.upsert([
    { Name: "Ada King", Email: "ada@example.com", "Manager Email": "grace@example.com", Team: "Payments" },
  ]);
  client.resetRequests();
  const other = await run("apply", "roster.yaml", "--checksum", reviewed);
  expect([other.code, other.out]).toEqual([3, expect.stringContaining('Name: "Ada King" -> "Ada Lovelace"')]);
  expect(other.err).toMatch(
    new RegExp(
      `^refused: this is not the plan that was reviewed \\(--checksum ${reviewed}\\); the plan now is [0-9a-f]{64}`,
    ),
  );
  expect(writes(client)).toEqual([]);
  for (const slip of ["9f2c", "z".repeat(16), ""]) {
    expect(await run("apply", "roster.yaml", "--checksum", slip)).toMatchObject({ code: 1, out: "" });
  }
  await client.upsert([
    { Name: "Ada Lovelace", Email: "ada@example.com", "Manager Email": "grace@example.com", Team: "Payments" },
  ]);
  expect(await run("apply", "roster.yaml", "--checksum", whole.toUpperCase())).toMatchObject({ code: 0 });
  writeFileSync(join(cwd, "other.yaml"), CHANGED);
  expect(await run("apply", "other.yaml", "--checksum", reviewed)).toMatchObject({
    code: 0,
    out: "plan: no changes\nnothing to do: live is as declared\n",
  });
});

test("what cannot be written down is not done: no audit, no backup, nothing sent", async () => {
  const client = await account();
  const { run, cwd, cache } = worldOf(client, CHANGED);
  mkdirSync(join(cwd, "folder"));
  writeFileSync(join(cwd, "notes.json"), "{}");
  writeFileSync(join(cache, "backups"), "a file where the folder should be");
  const tries: [string[], string][] = [
    [["--audit", "folder"], "the audit file folder cannot be written: EISDIR"],
    [["--audit", "nowhere/audit.jsonl"], "the audit file nowhere/audit.jsonl cannot be written: ENOENT"],
    [
      ["--backup", "nowhere/backup.json"],
      "the backup of the live roster cannot be written to nowhere/backup.json: ENOENT",
    ],
    [["--backup", "folder"], "the backup of the live roster cannot be written to folder: EISDIR"],
    [["--backup", "notes.json"], "something else has this name; say another"],
    [[], "Nothing was sent. Make room or make it writable, or say --backup FILE"],
    ...(existsSync("/dev/full")
      ? ([[["--audit", "/dev/full", "--backup", "b.json"], "the audit file /dev/full cannot be written: ENOSPC"]] as [
          string[],
          string,
        ][])
      : []),
  ];
  for (const [args, message] of tries) {
    const { code, err } = await run("apply", "roster.yaml", "--yes", ...args);
    expect([args, code, err]).toEqual([args, 1, expect.stringContaining(message)]);
  }
  expect(writes(client)).toEqual([]);
  expect(readFileSync(join(cwd, "notes.json"), "utf8")).toBe("{}");
});

test("--backup FILE: an earlier backup of that name is kept under another", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED, { "back.yaml": AS_LIVE });
  await run("apply", "roster.yaml", "--yes", "--backup", "backup.json");
  const first = readFileSync(join(cwd, "backup.json"), "utf8");
  const { code, err } = await run("apply", "back.yaml", "--yes", "--backup", "backup.json");
  const [, moved = ""] = /an earlier backup of that name is now (\S+)/.exec(err) ?? [];
  expect([code, readFileSync(join(cwd, moved), "utf8")]).toEqual([0, first]);
  expect(moved).toMatch(/^backup\.\d{4}-.*Z\.json$/);
  expect(statSync(join(cwd, "backup.json")).mode & 0o777).toBe(0o600);
  expect(parseBackup(readFileSync(join(cwd, "backup.json"), "utf8")).developers.map(({ email }) => email)).toContain(
    "nia@example.com",
  );
});

test("--audit: a line for the start, each answer, each developer and operation, and the end; appended, private, masked", async () => {
  const client = await account();
  const identities = CHANGED.replace("Nia Okafor,", "Nia Okafor, identities: { 101: nia },");
  const { run, cwd } = worldOf(client, identities, { "back.yaml": AS_LIVE, "audit.jsonl": '{"operation":"torn' });
  const file = join(cwd, "audit.jsonl");
  const { out } = await run("apply", "roster.yaml", "--yes", "--audit", "audit.jsonl");
  const [torn, ...rest] = readFileSync(file, "utf8").trimEnd().split("\n");
  expect(torn).toBe('{"operation":"torn');
  const said = rest.map((line) => JSON.parse(line));
  expect(
    said.map(({ operation, email, outcome, path }) => [operation, email ?? path ?? null, outcome ?? null]),
  ).toEqual([
    ["start", null, null],
    // The first record goes alone.
    ["request", "/v2/developers", null],
    ["request", "/v2/developers", null],
    ["request", "/v2/developers/identities", null],
    ["request", "/v2/developers", null],
    ["create", "nia@example.com", "done"],
    ["update", "ada@example.com", "done"],
    ["delete", "alan@example.com", "done"],
    ["setIdentity", "nia@example.com", "done"],
    ["end", null, "applied"],
  ]);
  for (const line of said) {
    expect(line).toMatchObject({ time: expect.stringMatching(/^\d{4}-.*Z$/), planChecksum: expect.any(String) });
    expect(line.planChecksum.slice(0, 16)).toBe(sumOf(out));
    expect(line.run).toBe(said[0].run);
  }
  expect(said[6].change.fields).toEqual([{ field: "Team", before: "Payments", after: "Engines" }]);

  await run("apply", "back.yaml", "--yes", "--audit", "masked.jsonl", "--mask-emails");
  const text = readFileSync(join(cwd, "masked.jsonl"), "utf8");
  expect(statSync(join(cwd, "masked.jsonl")).mode & 0o777).toBe(0o600);
  expect(text).toContain("a***@example.com");
  // A whole word: a checksum in hexadecimal may well hold "ada".
  expect(text).not.toMatch(/\bada\b|alan|nia|Turing|Engines/i);
});

test("a refused request: 1, who is done and who is not, and the next run does the rest", async () => {
  const client = await account();
  const { run, cwd } = worldOf(client, CHANGED);
  client.faults.add({ kind: "status", status: 403, match: { method: "DELETE" } });
  const { code, out, err } = await run("apply", "roster.yaml", "--yes", "--audit", "audit.jsonl");
  expect([code, out.split("\n").at(-2)]).toEqual([
    1,
    "failed: 2 of 3 changes done, 1 failed, 0 not tried. Run it again: it reads what is live and does the rest",
  ]);
  expect(err).toMatch(
    /2 of 3 changes done, 1 failed, 0 not tried\n {2}DELETE \/v2\/developers answered 403[^\n]*\n {2}failed:\n {4}- alan@/,
  );
  expect(lines(join(cwd, "audit.jsonl")).slice(-2)).toMatchObject([
    {
      operation: "delete",
      email: "alan@example.com",
      outcome: "failed",
      requestId: "simulator",
      detail: expect.stringContaining("403"),
    },
    { operation: "end", outcome: "failed", done: 2, failed: 1, notTried: 0 },
  ]);
  client.faults.clear();
  expect(await run("apply", "roster.yaml", "--yes")).toMatchObject({ code: 0 });
  expect(client.emails()).not.toContain("alan@example.com");
});

test("nothing is replaced when somebody else writes while a re-upload is under review: 3", async () => {
  const client = await account();
  const { begin } = worldOf(client, CHANGED);
  const before = client.state().versions.length;
  // The answer to the upload is late; meanwhile somebody joins.
  client.faults.add({ kind: "slow", ms: 500, match: { method: "PUT" }, times: 1 });
  const child = begin("apply", "roster.yaml", "--yes", "--strategy", "reupload");
  await until(() => client.state().versions.length > before);
  await client.upsert([{ Name: "Eve", Email: "eve@example.com", "Manager Email": "", Team: "" }]);
  const { code, out, err } = await child.ended;
  expect([code, out.split("\n").at(-2)]).toEqual([3, "failed: nothing was changed"]);
  expect(err).toContain("the live roster changed while this plan was being applied");
  expect(client.emails()).toContain("eve@example.com");
});

test("live as a second client sees it is what was declared", async () => {
  const client = await account();
  const { run } = worldOf(client, CHANGED);
  await run("apply", "roster.yaml", "--yes");
  const { reader, close } = connect({ endpoint: client.url, apiKey: "simulator" });
  const live = await reader.readRoster({ identities: false });
  await close();
  expect(live.developers.get("nia@example.com")).toMatchObject({ name: "Nia Okafor", managerEmail: "ada@example.com" });
});
