import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type Backup, BackupError, backupOf, backupText } from "../../provider/apply/backup.js";
import { checkedJson } from "../../provider/apply/checked-json.js";
import { keepBackup, readBackup } from "../../provider/apply/keep-backup.js";
import { codeOf, writePrivateFile } from "../../provider/apply/private-file.js";
import { dev, live } from "../support/people.js";

const TARGET = { endpoint: "http://127.0.0.1:1/sei/api", account: "" };
const made = (time: string, login = "ada"): Backup => backupOf(live([dev(login)]), TARGET, new Date(time));
const NOON = made("2026-11-21T12:00:00Z");
const LATER = made("2026-11-21T13:00:00Z", "bob");

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sei-keep-"));
  file = join(folder, "roster.backup.json");
});
afterEach(() => {
  delete process.env["PULUMI_HARNESS_SEI_CACHE"];
  rmSync(folder, { recursive: true, force: true });
});

test("a backup in a file that was asked for is private, whole, and read back as it was", async () => {
  expect(await keepBackup(NOON, file)).toEqual({ file });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readFileSync(file, "utf8")).toBe(backupText(NOON));
  expect(await readBackup(file)).toEqual(NOON);
  expect(readdirSync(folder)).toEqual(["roster.backup.json"]);
});

test("an earlier backup of that name moves out of the way, under its time, and is still readable", async () => {
  await keepBackup(NOON, file);
  const moved = join(folder, "roster.backup.2026-11-21T12-00-00.000Z.json");
  expect(await keepBackup(LATER, file)).toEqual({ file, earlier: moved });
  expect(await readBackup(file)).toEqual(LATER);
  expect(await readBackup(moved)).toEqual(NOON);
});

test("a name without an extension gets the time at its end", async () => {
  const plain = join(folder, "backup");
  await keepBackup(NOON, plain);
  expect((await keepBackup(LATER, plain)).earlier).toBe(`${plain}.2026-11-21T12-00-00.000Z`);
});

test("something else of that name is neither overwritten nor moved", async () => {
  writeFileSync(file, "my notes");
  await expect(keepBackup(NOON, file)).rejects.toThrow(BackupError);
  await expect(keepBackup(NOON, file)).rejects.toThrow(
    `the backup of the live roster cannot be written to ${file}: something else has this name; say another. Nothing was sent. Make room or make it writable`,
  );
  expect(readFileSync(file, "utf8")).toBe("my notes");
  expect(readdirSync(folder)).toEqual(["roster.backup.json"]);
});

test.each([
  ["a folder of that name", (at: string) => mkdirSync(at), "", "EISDIR"],
  ["a folder that is not there", () => {}, "none/backup.json", "ENOENT"],
])("%s is an error that says why, and leaves no part of a file", async (_what, prepare, inside, code) => {
  prepare(file);
  const asked = inside === "" ? file : join(folder, inside);
  await expect(keepBackup(NOON, asked)).rejects.toThrow(BackupError);
  await expect(keepBackup(NOON, asked)).rejects.toThrow(`cannot be written to ${asked}: ${code}. Nothing was sent.`);
  expect(readdirSync(folder).filter((name) => name.endsWith(".partial"))).toEqual([]);
});

test("a cache folder that cannot be made is an error that says how to do without it", async () => {
  writeFileSync(file, "");
  process.env["PULUMI_HARNESS_SEI_CACHE"] = join(file, "cache");
  await expect(keepBackup(NOON, undefined)).rejects.toThrow(
    `cannot be written to ${join(file, "cache")} (PULUMI_HARNESS_SEI_CACHE, else the user's cache folder): ENOTDIR. Nothing was sent. Make room or make it writable, or say --backup FILE`,
  );
});

test("a file that is no backup, or is not there, is an error that names it", async () => {
  await expect(readBackup(file)).rejects.toThrow(`${file} cannot be read: ENOENT`);
  writeFileSync(file, backupText(NOON).slice(0, -20));
  await expect(readBackup(file)).rejects.toThrow(`${file} cannot be restored: it is not a backup of sei-roster`);
  writeFileSync(file, backupText(NOON).replace("ADA", "EVE"));
  await expect(readBackup(file)).rejects.toThrow(`${file} cannot be restored: it was changed or cut short`);
});

test("what fits its checksum and is no backup all the same is an error that names the file too", async () => {
  writeFileSync(file, checkedJson({ version: 1, developers: 7 }));
  await expect(readBackup(file)).rejects.toThrow(BackupError);
  await expect(readBackup(file)).rejects.toThrow(`${file} cannot be restored: `);
});

test("backups of somebody alone are many: they push out each other, and never those of everybody", async () => {
  process.env["PULUMI_HARNESS_SEI_CACHE"] = folder;
  const minute = (at: number) => new Date(Date.UTC(2026, 10, 21, 12, at)).toISOString();
  const whole = await keepBackup(made(minute(0)), undefined);
  const parts: string[] = [];
  for (let at = 1; at <= 23; at += 1) {
    const part: Backup = { ...made(minute(at)), version: 2, people: ["ada@example.com"] };
    parts.push((await keepBackup(part, undefined)).file);
  }
  const later = await keepBackup(made(minute(30)), undefined);
  const left = readdirSync(dirname(whole.file)).sort();
  expect(left).toEqual([whole.file, ...parts.slice(-20), later.file].map((one) => basename(one)));
  expect(await readBackup(parts.at(-1) ?? "")).toMatchObject({ version: 2, people: ["ada@example.com"] });
});

test("a private file that cannot be made says why, not what tidying up after it ran into", async () => {
  writeFileSync(file, "");
  await expect(writePrivateFile(join(file, "inside"), "")).rejects.toMatchObject({ code: "ENOTDIR", syscall: "open" });
});

test("the system's name for an error, or what there is instead", () => {
  expect(codeOf(Object.assign(new Error("no room"), { code: "ENOSPC" }))).toBe("ENOSPC");
  expect(codeOf(Object.assign(new Error("odd"), { code: 7 }))).toBe("odd");
  expect(codeOf(new Error("no code"))).toBe("no code");
  expect(codeOf("thrown text")).toBe("thrown text");
});
