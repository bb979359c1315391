import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { arrange } from "../../provider/source/format/arrange.js";
import { DOCUMENT_KEYS, FIRST_DEVELOPER_KEYS, LAST_DEVELOPER_KEYS } from "../../provider/source/format/order.js";
import { formatYaml } from "../../provider/source/format-yaml.js";
import { rosterSchema } from "../../provider/source/roster-schema.js";
import { listedDeveloper } from "../../provider/source/schema/developer.js";

const GOLDEN = join(__dirname, "golden-format");

function formatted(text: string): string {
  const made = formatYaml("roster.yaml", text);
  if (made.kind !== "formatted") throw new Error(JSON.stringify(made));
  return made.text;
}

function people(...lines: readonly string[]): string {
  return ["version: 1", "developers:", ...lines, ""].join("\n");
}

const cases = readdirSync(GOLDEN).filter((name) => name.endsWith(".before.yaml"));

test.each(cases)("golden file %s (GOLDEN=write writes what it becomes)", (name) => {
  const made = formatted(readFileSync(join(GOLDEN, name), "utf8"));
  const after = join(GOLDEN, name.replace(".before.", ".after."));
  if (process.env["GOLDEN"] === "write") writeFileSync(after, made);
  expect(made).toBe(readFileSync(after, "utf8"));
  expect(formatted(made)).toBe(made);
});

test("the order has every key of the format", () => {
  expect([...DOCUMENT_KEYS].sort()).toEqual(Object.keys(rosterSchema.properties ?? {}).sort());
  const ours = [...FIRST_DEVELOPER_KEYS, ...LAST_DEVELOPER_KEYS];
  expect([...ours].sort()).toEqual(Object.keys(listedDeveloper.properties ?? {}).sort());
});

test.each([
  ["CRLF becomes LF", "version: 1\r\nprune: all\r\n", "version: 1\nprune: all\n"],
  ["a byte order mark goes", "\ufeffversion: 1\n", "version: 1\n"],
  ["a last newline comes", "version: 1", "version: 1\n"],
  ["blank lines become one", "\n\nversion: 1\n\n \n\nprune: all\n\n\n", "version: 1\n\nprune: all\n"],
  [
    "white space at the ends of lines goes",
    "version: 1  \n# a \t\nprune: all\t# b \n",
    "version: 1\n# a\nprune: all\t# b\n",
  ],
  [
    "a document mark stays",
    "%YAML 1.2\n---\nprune: all\nversion: 1\n...\n",
    "%YAML 1.2\n---\nversion: 1\nprune: all\n...\n",
  ],
  [
    "the line for the editor stays first",
    "# yaml-language-server: x\nprune: all\nversion: 1\n",
    "# yaml-language-server: x\nversion: 1\nprune: all\n",
  ],
  ["a mapping in braces stays one", "{prune: all , version: 1}\n", "{version: 1 , prune: all}\n"],
  ["nobody is declared", "version: 1\ndevelopers:\n", "version: 1\ndevelopers:\n"],
])("%s", (_, before, after) => {
  expect(formatted(before)).toBe(after);
});

test("emails are compared without case and kept as they are written", () => {
  const before = people(
    '  "b@example.com": {}',
    "  A@Example.com: {}",
    "  ? c@example.com",
    "  : {}",
    "  BB@example.com: {}",
  );
  const after = people(
    "  A@Example.com: {}",
    '  "b@example.com": {}',
    "  BB@example.com: {}",
    "  ? c@example.com",
    "  : {}",
  );
  expect(formatted(before)).toBe(after);
});

test("a comment in two parts that comes to stand first is not taken for one about the list", () => {
  const before = people("  b@example.com: {}", "", "  # one", "", "  # two", "  a@example.com: {}");
  const after = people("  # one", "  # two", "  a@example.com: {}", "", "  b@example.com: {}");
  expect(formatted(before)).toBe(after);
});

test("columns keep the order of the author", () => {
  const before = people(
    "  a@example.com: { Team: x, identities: {}, manager: null, Role: y, name: A, attributes: {} }",
  );
  const after = people("  a@example.com: { name: A, manager: null, Team: x, Role: y, attributes: {}, identities: {} }");
  expect(formatted(before)).toBe(after);
});

test("the blank lines that a block scalar keeps are part of its value, and come along", () => {
  const before = people("  b@example.com:", "    Role: |+", "      x", "", "", "  a@example.com:", "    Role: y", "");
  const after = people("  a@example.com:", "    Role: y", "  b@example.com:", "    Role: |+", "      x", "", "");
  expect(formatted(before)).toBe(after);
});

test("an alias that would come before its anchor leaves the order of the file", () => {
  const before = people("  b@example.com: { Site: &site Rome }", "  a@example.com: { Site: *site }  ", "", "");
  expect(formatYaml("roster.yaml", before)).toEqual({
    kind: "formatted",
    text: people("  b@example.com: { Site: &site Rome }", "  a@example.com: { Site: *site }"),
    left: [
      {
        place: { file: "roster.yaml", line: 4, column: 26 },
        message: "the order of this file is left as it is: sorting would move an alias before its anchor",
        hint: expect.stringContaining("`defaults`"),
      },
    ],
  });
});

test("an alias that would get another value of the same name leaves the order of the file", () => {
  const lines = [
    "  a@example.com: { Site: &s Rome }",
    "  c@example.com: { Site: &s Oslo }",
    "  b@example.com: { Site: *s }",
  ];
  expect(formatYaml("roster.yaml", people(...lines))).toMatchObject({ text: people(...lines), left: [{}] });
});

test("an anchor that stays first is no hindrance", () => {
  const text = (...lines: string[]) =>
    ["version: 1", "defaults: { Site: &site Rome }", "developers:", ...lines, ""].join("\n");
  const lines = ["  b@example.com: { Site: *site }", "  a@example.com: { Site: *site }"] as const;
  expect(formatYaml("roster.yaml", text(...lines))).toEqual({
    kind: "formatted",
    text: text(lines[1], lines[0]),
    left: [],
  });
});

test("comments between entries in braces leave the order of those", () => {
  const before = people("  a@example.com: {", "    Role: x, # why", "    name: A }");
  expect(formatYaml("roster.yaml", before)).toMatchObject({
    text: before,
    left: [{ place: { line: 3, column: 18 }, message: expect.stringContaining("a comment") }],
  });
});

test.each([
  ["no YAML", "version: 1\ndevelopers: {\n", "INVALID_YAML"],
  ["a list", "- a\n", "WRONG_TYPE"],
  ["nothing", "# only a comment\n", "WRONG_TYPE"],
  ["another file", "services: {}\nversion: 1\n", "UNKNOWN_KEY"],
  ["another version", "version: 2\n", "WRONG_VALUE"],
  ["two documents", "version: 1\n---\nversion: 1\n", "MULTIPLE_DOCUMENTS"],
  ["a developer twice", people("  a@example.com: {}", "  A@example.com: {}"), "DUPLICATE_EMAIL"],
  ["a key twice", people("  a@example.com: { name: A, name: B }"), "DUPLICATE_KEY"],
  ["an item without email", people("  - name: A"), "REQUIRED_KEY_MISSING"],
  ["developers that are text", "version: 1\ndevelopers: x\n", "WRONG_TYPE"],
  ["a value without key", people("  a@example.com:", "    : x"), "WRONG_KEY"],
])("refuses %s", (_, text, rule) => {
  expect(formatYaml("roster.yaml", text)).toMatchObject({ kind: "refused", findings: [{ rule, severity: "error" }] });
});

test("a roster that is not valid is formatted all the same", () => {
  const text = people("  b@example.com: { manager: nobody@example.com, nmae: B }", "  a@example.com: text");
  expect(formatted(text).indexOf("a@")).toBeLessThan(formatted(text).indexOf("b@"));
});

describe("what was made is read again before it is believed", () => {
  const text = people("  b@example.com: { name: B }   # the second", "  a@example.com: { name: 007 }");
  test.each([
    ["loses a developer", (made: string) => made.replace(/ {2}a@.*\n/, ""), "what the file declares"],
    ["changes a value", (made: string) => made.replace("007", "7"), "what the file declares"],
    ["changes a type", (made: string) => made.replace("007", '"007"'), "what the file declares"],
    ["makes no YAML", (made: string) => made.replace("}", ""), "what the file declares"],
    ["loses a comment", (made: string) => made.replace("# the second", ""), "its comments"],
    ["doubles a comment", (made: string) => `${made}# the second\n`, "its comments"],
  ])("a formatter that %s", (_, spoil, what) => {
    const made = formatYaml("roster.yaml", text, (...args) => {
      const good = arrange(...args);
      return { ...good, text: spoil(good.text) };
    });
    expect(made).toEqual({ kind: "unsafe", what });
  });
});

test("long lines, wide files and deep comments cost no more than their length", () => {
  const spaces = " ".repeat(200_000);
  const long = people(`  b@example.com: {}${spaces}# x${spaces}y`, `  # ${spaces}z`, "  a@example.com: {}");
  const began = performance.now();
  formatted(long);
  expect(performance.now() - began).toBeLessThan(2000);
});
