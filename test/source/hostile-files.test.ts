import { chmodSync, mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, refusal, rulesOf, TODAY } from "./folder.js";

const PERSON = "version: 1\ndevelopers: { ada@example.com: {} }\n";
const asRoot = process.getuid?.() === 0;

async function findings(source: string | string[], cwd: string) {
  const { findings } = await refusal(loadRoster(source, { asOf: TODAY, cwd }));
  return findings.map(
    ({ place, rule, message }) => `${place?.file}:${place?.line}:${place?.column} ${rule} ${message}`,
  );
}

test("a missing file, a folder without a roster file, a glob without a match, an empty list", async () => {
  const cwd = folderWith({ "empty/readme.md": "x" });
  expect(await findings(["gone.yaml", "empty", "x/*.yaml"], cwd)).toEqual([
    "empty:1:1 NO_FILES the folder has no YAML and no CSV file: empty",
    "gone.yaml:1:1 FILE_NOT_FOUND there is no file or folder gone.yaml",
    "x/*.yaml:1:1 NO_FILES the glob matches no file: x/*.yaml",
  ]);
  expect(await findings([], cwd)).toEqual([".:1:1 NO_FILES the source is an empty list"]);
});

test("other files are refused and not skipped", async () => {
  const cwd = folderWith({ "r/a.yaml": PERSON, "c.json": "{}" });
  expect(await findings(["r", "c.json"], cwd)).toEqual(["c.json:1:1 FILE_NOT_SUPPORTED c.json is not a roster file"]);
});

(asRoot ? test.skip : test)("a file or a folder that may not be read is never skipped", async () => {
  const cwd = folderWith({ "r/a.yaml": PERSON, "r/b.yaml": PERSON, "r/team/c.yaml": PERSON });
  chmodSync(join(cwd, "r/b.yaml"), 0);
  chmodSync(join(cwd, "r/team"), 0);
  const expected = [
    "r/b.yaml:1:1 FILE_NOT_READABLE r/b.yaml may not be read: permission denied",
    "r/team:1:1 FILE_NOT_READABLE r/team may not be read: permission denied",
  ];
  expect(await findings("r", cwd)).toEqual(expected);
  expect(await findings("r/**/*.yaml", cwd)).toEqual(expected);
  chmodSync(join(cwd, "r/team"), 0o700);
});

test("a link to nowhere is never skipped, an editor's lock is", async () => {
  const cwd = folderWith({ "r/a.yaml": PERSON });
  symlinkSync("/nowhere/lock", join(cwd, "r/.#a.yaml"));
  expect((await loadRoster("r", { asOf: TODAY, cwd })).files).toEqual(["r/a.yaml"]);
  symlinkSync("/nowhere/b.yaml", join(cwd, "r/b.yaml"));
  expect(await findings("r", cwd)).toEqual(["r/b.yaml:1:1 FILE_NOT_FOUND there is no file or folder r/b.yaml"]);
});

test("links in a circle end", async () => {
  const cwd = folderWith({ "r/a.yaml": PERSON });
  mkdirSync(join(cwd, "r/deep"));
  symlinkSync("..", join(cwd, "r/deep/up"));
  symlinkSync("a.yaml", join(cwd, "r/z.yaml"));
  expect((await loadRoster("r", { asOf: TODAY, cwd })).files).toEqual(["r/a.yaml"]);
});

test("a file that is too large is refused before it is read", async () => {
  const cwd = folderWith({ "big.yaml": PERSON });
  truncateSync(join(cwd, "big.yaml"), 33 * 1024 * 1024);
  expect(await findings("big.yaml", cwd)).toEqual([
    "big.yaml:1:1 FILE_TOO_LARGE big.yaml has 33 MiB; the limit is 32 MiB",
  ]);
});

test("UTF-8 and UTF-16 with a byte order mark are fine, another encoding is not", async () => {
  expect(await rulesOf(`\ufeff${PERSON}`)).toEqual([]);
  expect(await rulesOf(PERSON.replace(/\n/g, "\r\n"))).toEqual([]);
  expect(await rulesOf(Buffer.from(PERSON, "utf16le"))).toEqual(["FILE_NOT_UTF8"]);
  expect(await rulesOf(Buffer.from(`\ufeff${PERSON}`, "utf16le"))).toEqual([]);
  expect(await rulesOf(Buffer.from(`\ufeff${PERSON}`, "utf16le").swap16())).toEqual([]);
  expect(await rulesOf(Buffer.from("version: 1\ndevelopers: { ada@example.com: { name: Zoë } }", "latin1"))).toEqual([
    "FILE_NOT_UTF8",
  ]);
});

const DEVELOPERS = "version: 1\ndevelopers:\n";

test.each<[string, string, readonly string[]]>([
  ["an empty file", "", ["WRONG_TYPE"]],
  ["only a comment", "# later\n", ["WRONG_TYPE"]],
  ["a scalar", "roster", ["WRONG_TYPE"]],
  ["nobody", "version: 1\n", ["EMPTY_ROSTER"]],
  ["nobody, with the key", DEVELOPERS, ["EMPTY_ROSTER"]],
  ["an empty list", "version: 1\ndevelopers: []\n", ["EMPTY_ROSTER"]],
  ["no version", "developers: { a@example.com: {} }", ["REQUIRED_KEY_MISSING"]],
  ["a version in quotes", "version: '1'\ndevelopers: { a@example.com: {} }", ["WRONG_VALUE"]],
  ["an unclosed quote", `${PERSON}prune: "all`, ["INVALID_YAML"]],
  ["a tab", `${DEVELOPERS}\tada@example.com: {}`, ["INVALID_YAML"]],
  ["two documents", `${PERSON}---\n${PERSON}`, ["MULTIPLE_DOCUMENTS"]],
  ["a doubled key", `${PERSON}prune: all\nprune: none\n`, ["DUPLICATE_KEY"]],
  ["a doubled developer", `${DEVELOPERS}  ada@example.com: {}\n  ada@example.com: {}\n`, ["DUPLICATE_EMAIL"]],
  ["an unknown tag", `${DEVELOPERS}  ada@example.com: { name: !js/function "x" }`, ["INVALID_YAML"]],
  ["an unknown alias", `${DEVELOPERS}  ada@example.com: { name: *ada }`, ["INVALID_YAML"]],
  ["an alias in itself", `${DEVELOPERS}  ada@example.com: &a { Role: [*a] }`, ["ALIASES_EXPLODE"]],
  ["a key that is no text", `${DEVELOPERS}  ? [a]\n  : {}`, ["INVALID_YAML"]],
  ["a key that is empty", `${DEVELOPERS}  ada@example.com: { : x }`, ["BLANK_CSV_COLUMN_NAME"]],
  ["a merge key", `defaults: &d { Site: x }\n${DEVELOPERS}  ada@example.com: { <<: *d }`, ["WRONG_TYPE"]],
  ["a deep nest", `version: 1\ndevelopers: ${"[".repeat(5000)}${"]".repeat(5000)}`, []],
  [
    "__proto__ as the developers",
    "version: 1\n__proto__: { developers: {} }\ndevelopers: { a@example.com: {} }",
    ["UNKNOWN_KEY"],
  ],
  ["constructor among the guards", `${PERSON}guards: { constructor: 1 }`, ["UNKNOWN_KEY"]],
])("%s", async (_, text, expected) => {
  const rules = await rulesOf(text);
  if (expected.length > 0) expect(rules).toEqual(expected);
  else expect(rules).not.toEqual([]);
});

test("aliases that multiply are refused at once", async () => {
  const levels = Array.from(
    { length: 30 },
    (_, level) => `  k${level + 1}: &l${level + 1} [${Array(10).fill(`*l${level}`).join(", ")}]`,
  );
  const bomb = `version: 1\ndefaults:\n  k0: &l0 lol\n${levels.join("\n")}\ndevelopers: { a@example.com: {} }\n`;
  const error = await refusal(loadRoster("b.yaml", { asOf: TODAY, cwd: folderWith({ "b.yaml": bomb }) }));
  expect(error.findings).toMatchObject([{ rule: "ALIASES_EXPLODE", place: { line: 4 } }]);
  const wide = `version: 1\ndevelopers:\n  a@example.com: &a { ${Array.from({ length: 2000 }, (_, i) => `C${i}: x`).join(", ")} }\n${Array.from(
    { length: 2000 },
    (_, i) => `  b${i}@example.com: *a`,
  ).join("\n")}\n`;
  expect(await rulesOf(wide)).toEqual(["ALIASES_EXPLODE"]);
});

test("aliases that people use are fine", async () => {
  const team = `version: 1\ndevelopers:\n  a@example.com: &a { Team: x, Site: y }\n${Array.from({ length: 500 }, (_, i) => `  b${i}@example.com: *a`).join("\n")}\n`;
  expect(await rulesOf(team)).toEqual([]);
});

test("a report does nothing to a terminal", async () => {
  const { message } = await refusal(
    loadRoster("x.yaml", {
      asOf: TODAY,
      cwd: folderWith({ "x.yaml": 'version: 1\ndevelopers: { "\\e[31mred": { "a\\u202eb": [] }, "\u001b[0m": {} }' }),
    }),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
  expect(message).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
});
