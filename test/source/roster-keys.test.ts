import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { loadRoster } from "../../provider/source/load-roster.js";
import { rosterSchema } from "../../provider/source/roster-schema.js";
import type { SchemaNode } from "../../provider/source/schema-node.js";
import { folderWith, TODAY } from "./folder.js";

/** The schema, the types and the docs list the same keys: design.md, section 3. */
const ROOT = join(__dirname, "..", "..");
const DOCS = join(ROOT, "docs", "roster-file.md");

const top = rosterSchema.properties ?? {};
const developer = rosterSchema.$defs?.["developer"]?.properties ?? {};
const listed = rosterSchema.$defs?.["listedDeveloper"]?.properties ?? {};
const SECTIONS: readonly (readonly [title: string, type: string, nodes: Readonly<Record<string, SchemaNode>>])[] = [
  ["A roster file", "RosterFile", top],
  ["`fields`", "DeclaredFields", top["fields"]?.properties ?? {}],
  ["An entry of `integrations`", "DeclaredIntegration", entryOf(top["integrations"])],
  ["A developer", "DeveloperArgs", allowed(developer)],
  ["A developer in a list", "ListedDeveloperArgs", allowed(listed)],
  ["`effective`", "DeclaredEffective", developer["effective"]?.properties ?? {}],
  ["`guards`", "GuardSettings", top["guards"]?.properties ?? {}],
  ["An entry of `allow`", "DeclaredAllowance", top["allow"]?.items?.properties ?? {}],
];

/** The keys of the mappings that a mapping holds. */
function entryOf(node: SchemaNode | undefined): Readonly<Record<string, SchemaNode>> {
  const { additionalProperties } = node ?? {};
  return typeof additionalProperties === "object" ? (additionalProperties.properties ?? {}) : {};
}

/** Without the keys that are only there to say that they cannot be. */
function allowed(nodes: Readonly<Record<string, SchemaNode>>): Readonly<Record<string, SchemaNode>> {
  return Object.fromEntries(Object.entries(nodes).filter(([, { not }]) => not === undefined));
}

function table(nodes: Readonly<Record<string, SchemaNode>>): string {
  const rows = Object.entries(nodes).map(([key, { title, description, examples, default: standard }]) => {
    const words = [
      `${title}.`,
      ...(description === undefined ? [] : [description]),
      ...(standard === undefined ? [] : [`Default: ${standard}.`]),
    ];
    const example = examples?.[0] === undefined ? "" : `\`${JSON.stringify(examples[0])}\``;
    return `| \`${key}\` | ${words.join(" ").replace(/\|/g, "\\|")} | ${example} |`;
  });
  return ["| key | meaning | example |", "|---|---|---|", ...rows].join("\n");
}

const written = SECTIONS.map(([title, , nodes]) => `### ${title}\n\n${table(nodes)}`).join("\n\n");
const BETWEEN = /(<!-- keys: .* -->\n)[\s\S]*(<!-- \/keys -->)/;

test("the docs list the keys as the schema has them (GOLDEN=write writes them)", () => {
  const text = readFileSync(DOCS, "utf8");
  const now = text.replace(BETWEEN, (_all, begin: string, end: string) => `${begin}\n${written}\n\n${end}`);
  expect(text).toMatch(BETWEEN);
  if (process.env["GOLDEN"] === "write") writeFileSync(DOCS, now);
  else expect(text).toBe(now);
});

test("the types have the keys of the schema", () => {
  const program = ts.createProgram([join(ROOT, "provider", "source", "declared.ts")], {
    strict: true,
    skipLibCheck: true,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
  });
  const checker = program.getTypeChecker();
  const keysOf = new Map<string, readonly string[]>();
  for (const file of program.getSourceFiles()) {
    ts.forEachChild(file, (node) => {
      if (!ts.isInterfaceDeclaration(node)) return;
      keysOf.set(
        node.name.text,
        checker
          .getPropertiesOfType(checker.getTypeAtLocation(node))
          .map(({ name }) => name)
          .sort(),
      );
    });
  }
  for (const [, type, nodes] of SECTIONS) {
    expect({ type, keys: keysOf.get(type) }).toEqual({ type, keys: Object.keys(nodes).sort() });
  }
});

test("every key has a title, a description or both, and an example where its form is not plain", () => {
  for (const [, , nodes] of SECTIONS) {
    for (const [key, node] of Object.entries(nodes)) {
      const isPlain = node.const !== undefined || node.enum !== undefined || node.type === "integer";
      const helped = { key, title: node.title !== undefined, example: isPlain || node.examples !== undefined };
      expect(helped).toEqual({ key, title: true, example: true });
    }
  }
});

test("the examples of the docs are valid", async () => {
  const text = readFileSync(DOCS, "utf8");
  const blocks = (language: string) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1] ?? "");
  const [yaml = ""] = blocks("yaml");
  const [csv = ""] = blocks("csv");
  const cwd = folderWith({ "roster.yaml": yaml, "hris.csv": csv });
  const { roster, warnings } = await loadRoster("roster.yaml", { asOf: TODAY, review: true, cwd });
  expect(warnings).toEqual([]);
  expect([...roster.developers.keys()]).toEqual(["ada@example.com", "grace@example.com"]);
  const exported = await loadRoster("hris.csv", { asOf: TODAY, review: true, cwd });
  expect(exported.roster.developers.get("ada@example.com")).toMatchObject({
    managerEmail: "grace@example.com",
    attributes: { Team: "Payments" },
  });
});
