import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE, helpOf } from "../../provider/source/catalogue/rule-catalogue.js";
import { validateSource } from "../../provider/source/findings/validation.js";
import { folderWith, TODAY } from "../source/folder.js";
import { EXAMPLES, type Example } from "./rule-examples.js";
import { rulesPage } from "./rules-page.js";

const ROOT = join(__dirname, "..", "..");
const PAGE = join(ROOT, "docs", "rules.md");
const SOURCE = join(ROOT, "provider", "source");

/** What looks like a rule and is none: codes of the YAML parser, kinds of scalars and the types of the field mapping. */
const OTHER_NAMES = new Set([
  ...["BAD_INDENT", "BAD_SCALAR_START", "BLOCK_AS_IMPLICIT_KEY", "MISSING_CHAR", "MULTIPLE_DOCS", "NON_STRING_KEY"],
  ...[
    "MULTILINE_IMPLICIT_KEY",
    "QUOTE_SINGLE",
    "RESOURCE_EXHAUSTION",
    "TAB_AS_INDENT",
    "TAG_RESOLVE_FAILED",
    "UNEXPECTED_TOKEN",
    "BLOCK_FOLDED",
    "BLOCK_LITERAL",
    "MANAGER_EMAIL",
  ],
]);

function namesInCode(): ReadonlySet<string> {
  const folders = [SOURCE, join(ROOT, "provider", "roster", "rules")];
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.startsWith("catalogue"))
      .map((name) => join(folder, name)),
  );
  const found = files.flatMap((file) => readFileSync(file, "utf8").match(/"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+"/g) ?? []);
  return new Set(found.map((text) => JSON.parse(text) as string).filter((name) => !OTHER_NAMES.has(name)));
}

function check({ files, links = {}, source = ["."], maxFileSize }: Example) {
  const cwd = folderWith(files);
  for (const [link, target] of Object.entries(links)) symlinkSync(target, join(cwd, link));
  return validateSource(source, {
    asOf: TODAY,
    cwd,
    ...(maxFileSize === undefined ? {} : { maxFileSize }),
  });
}

test("every rule that the code names is in the catalogue, and no rule of the catalogue is dead", () => {
  expect([...CATALOGUE.keys()]).toEqual([...namesInCode()].sort());
  expect(Object.keys(EXAMPLES).sort()).toEqual([...CATALOGUE.keys()]);
});

test("every rule that the golden files show is in the catalogue", () => {
  const golden = join(ROOT, "test", "source", "golden");
  const shown = readdirSync(golden).flatMap((name) =>
    [...readFileSync(join(golden, name), "utf8").matchAll(/^\S+:\d+:\d+ {2}(?:warning )?([A-Z_]+) {2}/gm)].map(
      (match) => match[1] ?? "",
    ),
  );
  expect(shown.length).toBeGreaterThan(50);
  expect([...new Set(shown)].filter((rule) => !CATALOGUE.has(rule))).toEqual([]);
});

test.each(Object.keys(EXAMPLES).sort())(
  "%s comes out of its example, as severe as the catalogue says",
  async (name) => {
    const example = EXAMPLES[name] ?? { files: {} };
    const { findings, valid } = await check(example);
    const { severity } = CATALOGUE.get(name) ?? {};
    expect(findings.map((one) => one.rule)).toContain(name);
    expect(findings.filter(({ rule }) => rule === name).map((one) => one.severity)).toContain(severity);
    expect(valid).toBe(severity === "warning");
  },
);

/** The table of "Error types" in the documents of the API. */
test.each([
  "REQUIRED_FIELD_MISSING",
  "REQUIRED_VALUE_MISSING",
  "DUPLICATE_EMAIL",
  "CIRCULAR_REFERENCE",
  "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
  "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING",
  "INVALID_CSV",
  "EMPTY_CSV",
  "BLANK_CSV_COLUMN_NAME",
])("%s has the API's own name", async (name) => {
  const { findings } = await check(EXAMPLES[name] ?? { files: {} });
  expect(findings.map(({ rule }) => rule)).toEqual([name]);
  expect(CATALOGUE.get(name)?.api).toContain("Error types");
});

test("the API has nine of them, and the rest is ours", () => {
  expect([...CATALOGUE.values()].filter(({ api }) => api !== null)).toHaveLength(9);
});

test("docs/rules.md is what the catalogue says: GOLDEN=write writes it", () => {
  if (process.env["GOLDEN"] === "write") writeFileSync(PAGE, rulesPage());
  expect(readFileSync(PAGE, "utf8")).toBe(rulesPage());
  for (const rule of CATALOGUE.keys()) {
    const [file = "", anchor = ""] = helpOf(rule)?.split("#") ?? [];
    expect(readFileSync(join(ROOT, file), "utf8").toLowerCase()).toContain(`\n## ${anchor}\n`);
  }
});
