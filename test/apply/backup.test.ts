import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { type Backup, backUp, backupOf, backupText, parseBackup } from "../../provider/apply/backup";
import { keepBackup } from "../../provider/apply/keep-backup";
import { plan } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { IdentitiesUnavailableError, ServerError } from "../../provider/sei/errors";
import { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev, live, NOT_SET_UP, policy } from "../support/people";

const TARGET = { endpoint: "http://127.0.0.1:1/sei/api", account: "" };
const NOON = new Date("2026-11-21T12:00:00Z");

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "sei-backup-"));
  process.env["PULUMI_HARNESS_SEI_CACHE"] = cache;
});
afterEach(() => {
  delete process.env["PULUMI_HARNESS_SEI_CACHE"];
  rmSync(cache, { recursive: true, force: true });
});

test("whatever is live is read back as it was, in whatever order it came", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("__proto__", "toString", "\ud800", ""));
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.tuple(text, text, text, text), { selector: ([email]) => email, maxLength: 5 }),
      fc.array(fc.record({ email: text, integrationId: fc.integer({ min: 1 }), identity: text }), { maxLength: 5 }),
      (people, identities) => {
        const developers = people.map(([email, name, managerEmail, value]) => ({
          ...{ email, name, managerEmail },
          attributes: strings([
            ["__proto__", value],
            ["Team", name],
          ]),
        }));
        const backup = backupOf(live(developers, { identities }), TARGET, NOON);
        const turned = live([...developers].reverse(), { identities: [...identities].reverse() });
        expect(backupText(backupOf(turned, TARGET, NOON))).toBe(backupText(backup));
        expect(parseBackup(backupText(backup))).toEqual(backup);
      },
    ),
  );
});

test("one digit that is changed, or one character that is missing, is noticed", () => {
  const text = backupText(backupOf(live([dev("ada", { Role: "CTO" }), dev("bob")]), TARGET, NOON));
  fc.assert(
    fc.property(fc.nat(text.trimEnd().length - 1), fc.constantFrom("", "7", "x"), (index, put) => {
      if (text[index] === put || /\s/.test(text[index] ?? "")) return;
      expect(() => parseBackup(text.slice(0, index) + put + text.slice(index + 1))).toThrow();
    }),
    { numRuns: 300 },
  );
  for (const other of ["", "[]", "null", "{}", '{"developers":[]}'])
    expect(() => parseBackup(other)).toThrow("not a backup");
  expect(() => parseBackup(text.replace('"version": 1', '"version": 2'))).toThrow("another version");
});

test("identities are read when the plan can touch any, and only then", async () => {
  const before = live([dev("ada"), dev("bob")], { identities: null });
  const sei = new MemorySei();
  sei.identities = [{ email: at("bob"), integrationId: 1, identity: "bob" }];
  let asked = 0;
  const reader = Object.assign(Object.create(sei), {
    readIdentities: (emails: readonly string[]) => {
      asked += 1;
      return sei.readIdentities(emails);
    },
  }) as MemorySei;
  const made = (developers: Parameters<typeof desired>[0], strategy: "auto" | "upsert" | "reupload" = "upsert") =>
    backUp(reader, before, plan(desired(developers), before, policy({ strategy })), NOON);
  const ada = declare(dev("ada"));
  const bob = declare(dev("bob"));
  expect((await made([ada, declare(dev("bob", { Role: "CTO" })), declare(dev("eve"))])).identities).toBeNull();
  expect(asked).toBe(0);
  expect((await made([ada])).identities).toEqual(sei.identities);
  expect((await made([ada, declare(dev("bob", { Role: "CTO" }))], "reupload")).identities).toEqual(sei.identities);
  expect((await made([{ ...ada, identities: new Map([[1, "x"]]) }, bob])).identities).toEqual(sei.identities);
  expect(asked).toBe(3);
});

test("identities that cannot be read end it, so that nothing is sent without them; where nothing reads any, they are left out", async () => {
  const before = live([dev("ada"), dev("bob")], { identities: null });
  const leaver = plan(desired([declare(dev("ada"))]), before, policy({ strategy: "upsert" }));
  const failing = (error: Error) =>
    backUp(Object.assign(new MemorySei(), { readIdentities: () => Promise.reject(error) }), before, leaver, NOON);
  const failure = new ServerError({ method: "GET", path: "/v2/developers/identities" }, 500, "");
  await expect(failing(failure)).rejects.toBe(failure);
  expect((await failing(new IdentitiesUnavailableError("no request does", "say nothing"))).identities).toBeNull();
});

test("of a part of the account, it says of whom, and is read back so", async () => {
  const part = live([dev("boss"), dev("bob"), dev("ada", { manager: "boss" })], { part: true });
  const want = desired([
    declare(dev("nia", { manager: "ada" }), { 101: "nia" }),
    declare(dev("ada", { manager: "boss", Role: "CTO" })),
  ]);
  const made = plan(want, part, policy({ prune: "none", only: [at("ada"), at("nia")] }));
  const backup = await backUp(new MemorySei(), part, made, NOON);
  // Who is to be there is not there yet, and is to go again.
  expect(backup).toMatchObject({ version: 2, people: [at("ada"), at("nia")] });
  expect(backup.developers.map(({ email }) => email)).toEqual(["ada", "bob", "boss"].map(at));
  expect(parseBackup(backupText(backup))).toEqual(backup);
  const { people: _, ...everybody } = backup;
  expect(() => parseBackup(backupText(everybody))).toThrow("another version");
});

test("the cache folder keeps the last twenty of each account", async () => {
  const backupAt = (minute: number, account: string): Backup =>
    backupOf(NOT_SET_UP, { ...TARGET, account }, new Date(NOON.getTime() + minute * 60_000));
  await keepBackup(backupAt(0, "other"), undefined);
  const files: string[] = [];
  for (let minute = 0; minute < 25; minute++) files.push((await keepBackup(backupAt(minute, ""), undefined)).file);
  const folders = readdirSync(join(cache, "backups"));
  const kept = folders.map((folder) => readdirSync(join(cache, "backups", folder)).length);
  expect(kept.sort((a, b) => a - b)).toEqual([1, 20]);
  const names = files.map((file) => file.split("/").at(-1) ?? "");
  const newest = folders
    .map((folder) => readdirSync(join(cache, "backups", folder)).sort())
    .find(({ length }) => length === 20);
  expect(newest).toEqual(names.slice(-20));
});
