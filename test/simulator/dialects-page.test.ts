import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GENERATIONS } from "../../provider/simulator/dialect/generations.js";
import type { MappingForm } from "../../provider/simulator/dialect/mapping-form.js";
import { dialectDomains } from "../support/dialect-domains.js";

const ROOT = join(__dirname, "..", "..");
const PAGE = join(ROOT, "docs", "dialects.md");
const SOURCE = readFileSync(join(ROOT, "provider", "simulator", "dialect", "dialect.ts"), "utf8");
/** The lines of the list of gaps that the page is about. */
const GAPS = 58;

const DOMAINS = new Map(
  dialectDomains()
    .filter(({ entry }) => !Object.hasOwn(GENERATIONS.default, entry))
    .map(({ entry, values }) => [entry as string, values]),
);

/** The number of the gap that the comment of each entry names. */
function numbersInSource(): ReadonlyMap<string, readonly number[]> {
  const found = SOURCE.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+):/g);
  return new Map(
    [...found].map(([, comment = "", entry = ""]) => {
      const [, numbers = ""] = /^[\s*]*((?:\d+(?:, )?)+)\. /.exec(comment) ?? [];
      return [entry, numbers.split(", ").filter(Boolean).map(Number)];
    }),
  );
}

/** A value in a cell of the page. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(shown).join(" + ");
  if (typeof value === "object" && value !== null) return formText(value as MappingForm);
  return typeof value === "string" ? value.replace(/\r/g, "CR").replace(/\n/g, "LF") : String(value);
}

function formText(form: MappingForm): string {
  const where = form.wrapper === null ? "" : ` in ${form.wrapper}`;
  if (form.kind === "list") return `list${where} of ${form.columnKey}/${form.typeKey}`;
  return `${form.kind}${where}`;
}

function cellOf(entry: string): string {
  const values = [...new Set((DOMAINS.get(entry) ?? []).map(shown))];
  return `\`${entry}\`: ${values.join(", ")}`;
}

const rowsIn = (page: string) =>
  [...page.matchAll(/^\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|$/gm)].map(([, number, , cell = "", does = ""]) => ({
    number: Number(number),
    cell,
    entries: [...cell.matchAll(/`(\w+)`/g)].map(([, entry = ""]) => entry),
    does,
  }));

test("every gap has its line, in order, with what this package does about it", () => {
  const rows = rowsIn(readFileSync(PAGE, "utf8"));
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: GAPS }, (_, at) => at + 1));
  for (const { number, entries, cell, does } of rows) {
    expect([number, entries.length > 0 || cell === "none"]).toEqual([number, true]);
    expect([number, does.length > 10]).toEqual([number, true]);
  }
});

test("every entry is on the page, with all its values", () => {
  const before = readFileSync(PAGE, "utf8");
  if (process.env["GOLDEN"] === "write") {
    const cells = before.replace(/^(\| \d+ \| .+? \| |\| )(`\w+`.*?)( \| )/gm, (_, head, cell: string, tail) => {
      const entries = [...cell.matchAll(/`(\w+)`/g)].map(([, entry = ""]) => entry);
      return `${head}${entries.map(cellOf).join("; ")}${tail}`;
    });
    writeFileSync(PAGE, cells);
  }
  const page = readFileSync(PAGE, "utf8");
  const named = [...page.matchAll(/`(\w+)`: /g)].map(([, entry = ""]) => entry);
  expect([...new Set(named)].sort()).toEqual([...DOMAINS.keys()].sort());
  for (const entry of DOMAINS.keys()) expect(page).toContain(`${cellOf(entry)}`);
});

test("an entry stands in the lines that its comment names", () => {
  const rows = rowsIn(readFileSync(PAGE, "utf8"));
  const onPage = new Map(
    [...DOMAINS.keys()].map((entry) => [entry, rows.filter(({ entries }) => entries.includes(entry))]),
  );
  const wrong = [...numbersInSource()].filter(
    ([entry, numbers]) => numbers.join() !== (onPage.get(entry) ?? []).map(({ number }) => number).join(),
  );
  expect(wrong).toEqual([]);
});
