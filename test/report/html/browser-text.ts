import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the script and the style of the page are written. */
export const BROWSER = join(__dirname, "..", "..", "..", "provider", "report", "html", "browser");

/** The parts of the script: each may use those above it. */
export const PARTS = [
  "element.js",
  "rows.js",
  "table.js",
  "forest.js",
  "chart-rows.js",
  "find.js",
  "chart-line.js",
  "chart.js",
  "start.js",
] as const;

/** One part as it is written. */
export function partText(part: string): string {
  return readFileSync(join(BROWSER, part), "utf8");
}

/** Some parts one after another, without the imports and exports that they have for whoever edits them. */
export function joined(parts: readonly string[]): string {
  return parts
    .map(partText)
    .join("\n")
    .replace(/^import [^;]*;\n+/gm, "")
    .replace(/^export /gm, "");
}

/** All parts in one function: the page has one script. */
export function scriptText(): string {
  return `"use strict";(() => {\n${joined(PARTS)}})();\n`;
}

/** The module that the package ships: script and style as texts. */
export function browserModule(): string {
  return [
    "// Made of browser/: GOLDEN=write npx jest --selectProjects unit --testPathPatterns browser-text",
    "/** The script of the page. */",
    `export const SCRIPT: string = ${JSON.stringify(scriptText())};`,
    "/** The style of the page. */",
    `export const STYLE: string = ${JSON.stringify(partText("page.css"))};`,
    "",
  ].join("\n");
}
