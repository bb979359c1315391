import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "../source/folder.js";
import { seiRoster } from "./child.js";

const UNSORTED = `# about this team
version: 1
developers:
  # the boss of ada
  grace@example.com: { manager: null, name: Grace }
  ada@example.com:
    manager: grace@example.com
    name: Ada   # since 2020
`;
const SORTED = `# about this team
version: 1
developers:
  ada@example.com:
    name: Ada   # since 2020
    manager: grace@example.com
  # the boss of ada
  grace@example.com: { name: Grace, manager: null }
`;

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

test("changed files are written and named; CSV and files in order are not touched", async () => {
  const cwd = folderWith({ "b.yaml": UNSORTED, "sub/a.yml": UNSORTED, "ok.yaml": SORTED, "people.csv": "b\r\na\r\n" });
  chmodSync(join(cwd, "b.yaml"), 0o640);
  const before = statSync(join(cwd, "ok.yaml"));
  const { code, out, err } = await seiRoster(["format", "."], { cwd });
  expect({ code, out }).toEqual({ code: 0, out: "b.yaml\nsub/a.yml\n" });
  expect(err).toBe("1 CSV file left alone: only YAML is formatted\n2 of 3 YAML files changed\n");
  expect([read(cwd, "b.yaml"), read(cwd, "sub/a.yml"), read(cwd, "ok.yaml")]).toEqual([SORTED, SORTED, SORTED]);
  expect(read(cwd, "people.csv")).toBe("b\r\na\r\n");
  expect(statSync(join(cwd, "b.yaml")).mode & 0o777).toBe(0o640);
  expect(statSync(join(cwd, "ok.yaml")).ino).toBe(before.ino);
  expect(statSync(join(cwd, "ok.yaml")).mtimeMs).toBe(before.mtimeMs);
  expect(readdirSync(cwd).sort()).toEqual(["b.yaml", "ok.yaml", "people.csv", "sub"]);
  expect(await seiRoster(["format", "b.yaml", "sub"], { cwd })).toEqual({ code: 0, out: "", err: "" });
});

test("--check writes nothing and ends with 1 when a file would change", async () => {
  const cwd = folderWith({ "a.yaml": UNSORTED, "b.yaml": SORTED });
  const { code, out, err } = await seiRoster(["format", "--check", "."], { cwd });
  expect({ code, out }).toEqual({ code: 1, out: "a.yaml\n" });
  expect(err).toBe("1 of 2 YAML files would change; run sei-roster format\n");
  expect(read(cwd, "a.yaml")).toBe(UNSORTED);
  expect(await seiRoster(["format", "--check", "b.yaml"], { cwd })).toEqual({ code: 0, out: "", err: "" });
});

test("--stdout prints the text of one file and writes nothing", async () => {
  const cwd = folderWith({ "a.yaml": UNSORTED, "b.yaml": SORTED });
  expect(await seiRoster(["format", "--stdout", "a.yaml"], { cwd })).toEqual({ code: 0, out: SORTED, err: "" });
  expect(await seiRoster(["format", "--stdout", "b.yaml"], { cwd })).toEqual({ code: 0, out: SORTED, err: "" });
  expect(read(cwd, "a.yaml")).toBe(UNSORTED);
  const two = await seiRoster(["format", "--stdout", "."], { cwd });
  expect({ ...two, err: two.err.includes("one YAML file") }).toEqual({ code: 1, out: "", err: true });
});

test("what cannot be formatted is left alone and named with its place; the others are done", async () => {
  const cwd = folderWith({
    "a.yaml": UNSORTED,
    "broken.yaml": "version: 1\ndevelopers: {\n",
    "latin.yaml": Buffer.from("version: 1 # caf\xe9\n", "latin1"),
    "twice.yaml": "version: 1\ndevelopers:\n  b@example.com: {}\n  B@example.com: {}\n",
  });
  const { code, out, err } = await seiRoster(["format", ".", "absent.yaml"], { cwd });
  expect({ code, out }).toEqual({ code: 1, out: "a.yaml\n" });
  expect(err).toContain("broken.yaml:2:13  INVALID_YAML");
  expect(err).toContain("latin.yaml:1:17  FILE_NOT_UTF8");
  expect(err).toContain("twice.yaml:4:3  DUPLICATE_EMAIL");
  expect(err).toContain("  4 |   B@example.com: {}\n    |   ^");
  expect(err).toContain("absent.yaml:1:1  FILE_NOT_FOUND");
  expect(read(cwd, "a.yaml")).toBe(SORTED);
  expect(read(cwd, "twice.yaml")).toContain("  b@example.com: {}\n  B@");
});

test("an order that has to stay is a warning", async () => {
  const text = "version: 1\ndevelopers:\n  b@example.com: { Site: &s x }\n  a@example.com: { Site: *s }\n";
  const cwd = folderWith({ "a.yaml": text });
  const { code, out, err } = await seiRoster(["format", "a.yaml"], { cwd });
  expect({ code, out }).toEqual({ code: 0, out: "" });
  expect(err).toContain("a.yaml:4:26  warning ORDER_LEFT  the order of this file is left as it is");
  expect(read(cwd, "a.yaml")).toBe(text);
});

test("a link stays a link: the file it leads to is written, once", async () => {
  const cwd = folderWith({ "real/team.yaml": UNSORTED });
  mkdirSync(join(cwd, "links"));
  symlinkSync(join("..", "real", "team.yaml"), join(cwd, "links", "team.yaml"));
  const { code, out } = await seiRoster(["format", "links", "real"], { cwd });
  expect({ code, out }).toEqual({ code: 0, out: "links/team.yaml\n" });
  expect(lstatSync(join(cwd, "links", "team.yaml")).isSymbolicLink()).toBe(true);
  expect(lstatSync(join(cwd, "real", "team.yaml")).isFile()).toBe(true);
  expect(read(cwd, "real/team.yaml")).toBe(SORTED);
});

test("a read-only file is an error, and the others are done", async () => {
  const cwd = folderWith({ "a.yaml": UNSORTED, "b.yaml": UNSORTED, "c.yaml": SORTED });
  for (const file of ["a.yaml", "c.yaml"]) chmodSync(join(cwd, file), 0o444);
  const { code, out, err } = await seiRoster(["format", "."], { cwd });
  expect({ code, out }).toEqual({ code: 1, out: "b.yaml\n" });
  expect(err).toContain("error: a.yaml is left as it is: it is read-only\n  hint: allow the file");
  expect([read(cwd, "a.yaml"), read(cwd, "b.yaml")]).toEqual([UNSORTED, SORTED]);
});

test("a byte order mark and UTF-16 become plain UTF-8", async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SORTED, "utf16le")]);
  const cwd = folderWith({ "mark.yaml": `\ufeff${SORTED}`, "wide.yaml": utf16 });
  expect((await seiRoster(["format", "."], { cwd })).out).toBe("mark.yaml\nwide.yaml\n");
  expect([read(cwd, "mark.yaml"), read(cwd, "wide.yaml")]).toEqual([SORTED, SORTED]);
});

test("a file over the limit is not read; wrong usage ends with 1", async () => {
  const cwd = folderWith({ "a.yaml": UNSORTED + "# more\n".repeat(300) });
  const { code, err } = await seiRoster(["format", "--max-file-size", "1KiB", "a.yaml"], { cwd });
  expect({ code, found: err.includes("FILE_TOO_LARGE") }).toEqual({ code: 1, found: true });
  for (const args of [[], [""], ["--check", "--stdout", "a.yaml"], ["--nope", "a.yaml"]]) {
    expect(await seiRoster(["format", ...args], { cwd })).toMatchObject({ code: 1, out: "" });
  }
});

test("a large file is done in time", async () => {
  const people = Array.from({ length: 10_000 }, (_, at) => {
    const name = `p${(at * 7919) % 10_000}`;
    return `  # ${name}\n  ${name}@example.com:\n    Role: x # ${at}\n    name: ${name}\n`;
  });
  const cwd = folderWith({ "a.yaml": `version: 1\ndevelopers:\n${people.join("")}` });
  expect(await seiRoster(["format", "a.yaml"], { cwd })).toMatchObject({ code: 0, out: "a.yaml\n" });
  const keys = read(cwd, "a.yaml").match(/^ {2}p\d+@example\.com/gm) ?? [];
  expect(keys).toHaveLength(10_000);
  expect(keys).toEqual([...keys].sort());
}, 30_000);
