import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";
import { ROOT } from "./script.js";

jest.setTimeout(120_000);

test("the scripts are what their JSDoc says", () => {
  const folder = join(ROOT, "ci");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".mjs"));
  expect(files.length).toBeGreaterThan(20);
  const program = ts.createProgram(
    files.map((name) => join(folder, name)),
    {
      allowJs: true,
      checkJs: true,
      strict: true,
      noEmit: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      types: ["node"],
    },
  );
  const found = ts.getPreEmitDiagnostics(program);
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});
