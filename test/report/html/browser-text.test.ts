import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";
import { BROWSER, browserModule, PARTS, scriptText } from "./browser-text";

const FILE = join(BROWSER, "..", "browser.generated.ts");

test("the package ships the script and style of the folder: after a change, write them with GOLDEN=write", () => {
  if (process.env["GOLDEN"] === "write") writeFileSync(FILE, browserModule());
  expect(readFileSync(FILE, "utf8") === browserModule()).toBe(true);
});

test("the script is one that a browser takes: no import, no export, and every part is in it", () => {
  expect(() => new Script(scriptText())).not.toThrow();
  expect([...PARTS].sort()).toEqual(readdirSync(BROWSER).filter((name) => name.endsWith(".js")));
});

test("nothing in it makes markup or code of a text", () => {
  const text = PARTS.map((part) => readFileSync(join(BROWSER, part), "utf8")).join("\n");
  expect(text).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|setAttribute\("(on|style|href|src)/,
  );
});
