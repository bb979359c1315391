import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatFindings } from "../../provider/source/format-findings.js";
import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, refusal, TODAY } from "./folder.js";

const GOLDEN = join(__dirname, "golden");

/**
 * Each golden file holds the files of a source, each after a line `=== name`, and after `=== findings` the text that a
 * user sees. `GOLDEN=write npx jest test/source/findings` writes that part anew; review the difference.
 */
describe("findings as users see them", () => {
  test.each(readdirSync(GOLDEN).sort())("%s", async (name) => {
    const path = join(GOLDEN, name);
    const { files, expected } = parse(readFileSync(path, "utf8"));
    const { message } = await refusal(loadRoster(".", { asOf: TODAY, review: true, cwd: folderWith(files) }));
    if (process.env["GOLDEN"] === "write") writeFileSync(path, print(files, message));
    else expect(message).toBe(expected);
  });
});

test("findings beyond the limit are counted", () => {
  const findings = Array.from({ length: 3 }, (_, at) => ({
    severity: "error" as const,
    rule: "RULE",
    message: `${at}`,
    place: null,
  }));
  expect(formatFindings(findings, { sources: new Map(), limit: 2 })).toBe(
    "RULE  0\n\nRULE  1\n\n3 problems, the first 2 shown",
  );
});

test("a long line is cut around the column", () => {
  const sources = new Map([["f", `${"a".repeat(500)}X${"b".repeat(500)}`]]);
  const text = formatFindings(
    [{ severity: "error", rule: "RULE", message: "m", place: { file: "f", line: 1, column: 501 } }],
    {
      sources,
    },
  );
  const [, frame = "", caret = ""] = text.split("\n");
  expect(frame[caret.indexOf("^")]).toBe("X");
  expect(frame.length).toBeLessThan(140);
});

function parse(text: string): { files: Record<string, string>; expected: string } {
  const files: Record<string, string> = {};
  let expected = "";
  for (const section of text.split(/^=== /m).slice(1)) {
    const end = section.indexOf("\n");
    const [name, body] = [section.slice(0, end), section.slice(end + 1)];
    if (name === "findings") expected = body.trimEnd();
    else files[name] = body;
  }
  return { files, expected };
}

function print(files: Readonly<Record<string, string>>, message: string): string {
  const sections = Object.entries(files).map(([name, body]) => `=== ${name}\n${body}`);
  return `${sections.join("")}=== findings\n${message}\n`;
}
