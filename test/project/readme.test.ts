import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as ts from "typescript";
import { loadRoster } from "../../provider/source/load-roster";

const ROOT = join(__dirname, "..", "..");
const README = readFileSync(join(ROOT, "README.md"), "utf8");
const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map((match) => match[1] ?? "");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sei-readme-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the first two commands are the ones that other tests run", () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  expect(blocks("bash").slice(0, 2)).toEqual(["npm ci && npm start\n", "npm ci && npm test\n"]);
  expect(scripts.start).toContain("scripts/story/main.mjs"); // test/engine/story.test.ts
  expect(scripts.test).toContain("jest"); // this
});

test("the roster of the README is a valid roster", async () => {
  const [text] = blocks("yaml");
  const file = join(folder, "roster.yaml");
  writeFileSync(file, text ?? "");
  const { roster } = await loadRoster(file, { asOf: "2026-11-21" });
  expect([...roster.developers.keys()]).toEqual(["ada@example.com", "bob@example.com"]);
  expect(roster.developers.get("ada@example.com")?.identities.get(102)).toBe("JIRAUSER208405");
});

test("the program of the README compiles against our types", () => {
  const program = join(ROOT, "examples", "readme-check.ts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    lib: ["lib.es2023.d.ts"],
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    baseUrl: ROOT,
    paths: { "pulumi-harness-sei": ["./provider/index.ts"] },
    types: ["node"],
  };
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (name, language) =>
    name === program ? ts.createSourceFile(name, blocks("ts").join("\n"), language) : read(name, language);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === program || exists(name);
  const found = ts.getPreEmitDiagnostics(ts.createProgram([program], options, host));
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});

test("every configuration key of the README is one that the settings read, and the reverse", () => {
  const settings = readFileSync(join(ROOT, "provider", "pulumi", "settings.ts"), "utf8");
  const told = [...README.matchAll(/^\| `harness-sei:(\w+)`/gm)].map((match) => match[1] ?? "").sort();
  const used = [...new Set([...settings.matchAll(/config\("(\w+)"\)/g)].map((match) => match[1] ?? ""))].sort();
  expect(told).toEqual(used);
});
