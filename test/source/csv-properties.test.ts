import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { canonicalRoster } from "../../provider/roster/canonical-roster.js";
import { rowAt, scanCells } from "../../provider/source/csv/scan-cells.js";
import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, TODAY } from "./folder.js";

const letter = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  fc.constantFrom(
    ",",
    ";",
    "\t",
    '"',
    '""',
    "'",
    "\n",
    "\r\n",
    "\r",
    " ",
    "=",
    "\ufeff",
    "\u2028",
    "👩‍💻",
    "0",
    "#",
    "\\",
  ),
);
const text = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(""));
const name = text.map((some) => `N${some}`);
const people = fc.uniqueArray(
  fc.record({ mailbox: fc.stringMatching(/^[a-z]{1,5}$/), name, team: text, site: text, manager: fc.nat() }),
  { minLength: 1, maxLength: 8, selector: ({ mailbox }) => mailbox },
);

interface Row {
  readonly Email: string;
  readonly Name: string;
  readonly "Manager Email": string;
  readonly Team: string;
  readonly "Site; Floor, Room": string;
}

const rows = people.map((all) =>
  all.map(({ mailbox, name, team, site, manager }, at): Row => {
    const boss = at === 0 ? undefined : all[manager % at]?.mailbox;
    return {
      Email: `${mailbox}@example.com`,
      Name: name,
      "Manager Email": boss === undefined ? "" : `${boss}@example.com`,
      Team: team,
      "Site; Floor, Room": site,
    };
  }),
);

const COLUMNS = ["Email", "Name", "Manager Email", "Team", "Site; Floor, Room"] as const;

const dialect = fc.record({
  columns: fc.shuffledSubarray([...COLUMNS], { minLength: COLUMNS.length }),
  delimiter: fc.constantFrom(",", ";", "\t"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  quoted: fc.boolean(),
  separatorLine: fc.boolean(),
  blankLines: fc.nat(2),
  encoding: fc.constantFrom("utf8", "utf8 with mark", "utf16le", "utf16be"),
});
type Dialect = typeof dialect extends fc.Arbitrary<infer Value> ? Value : never;

function csvOf(
  rows: readonly Row[],
  { columns, delimiter, end, quoted, separatorLine, blankLines, encoding }: Dialect,
) {
  const table = stringify([...rows], {
    columns: [...columns],
    header: true,
    delimiter,
    record_delimiter: end,
    quoted,
    // A line end that is not the one of the rows is left bare by the writer.
    quoted_match: /[\r\n]/,
  });
  const csv = `${separatorLine ? `sep=${delimiter}${end}` : ""}${table}${end.repeat(blankLines)}`;
  switch (encoding) {
    case "utf8":
      return Buffer.from(csv);
    case "utf8 with mark":
      return Buffer.from(`\ufeff${csv}`);
    case "utf16le":
      return Buffer.from(`\ufeff${csv}`, "utf16le");
    default:
      return Buffer.from(`\ufeff${csv}`, "utf16le").swap16();
  }
}

function yamlOf(rows: readonly Row[]): string {
  const people = rows.map(
    ({ Email, Name, "Manager Email": manager, ...columns }) =>
      `  ${JSON.stringify(Email)}: ${JSON.stringify({ name: Name, manager, ...columns })}\n`,
  );
  return `version: 1\ndevelopers:\n${people.join("")}`;
}

test("a table in any dialect is the same roster as its people in YAML", async () => {
  await fc.assert(
    fc.asyncProperty(rows, dialect, async (rows, dialect) => {
      const cwd = folderWith({ "a.csv": csvOf(rows, dialect), "a.yaml": yamlOf(rows) });
      const csv = await loadRoster("a.csv", { asOf: TODAY, cwd });
      const yaml = await loadRoster("a.yaml", { asOf: TODAY, cwd });
      expect(canonicalRoster(csv.roster)).toBe(canonicalRoster(yaml.roster));
    }),
    { numRuns: 300 },
  );
}, 60_000);

test("the order of rows and columns, and how files are cut, make no difference", async () => {
  await fc.assert(
    fc.asyncProperty(rows, dialect, dialect, fc.nat(8), async (rows, one, two, cut) => {
      const head = rows.slice(0, cut).reverse();
      const tail = rows.slice(cut).reverse();
      const cwd = folderWith({
        "one.csv": csvOf(rows, one),
        ...(head.length > 0 ? { "r/b.csv": csvOf(head, two) } : {}),
        ...(tail.length > 0 ? { "r/a.yaml": yamlOf(tail) } : {}),
      });
      const whole = await loadRoster("one.csv", { asOf: TODAY, cwd });
      const parts = await loadRoster("r", { asOf: TODAY, cwd });
      expect(canonicalRoster(parts.roster)).toBe(canonicalRoster(whole.roster));
      expect([...parts.roster.developers.keys()]).toEqual([...whole.roster.developers.keys()]);
    }),
    { numRuns: 150 },
  );
}, 60_000);

const anyCsv = fc.array(fc.constantFrom("a", "b", '"', '""', ",", ";", "\n", "\r", "\r\n", " "), { maxLength: 30 });

test("cells are found where csv-parse finds them, and quotes are faulty where it throws", () => {
  fc.assert(
    fc.property(anyCsv, fc.constantFrom(",", ";"), (parts, delimiter) => {
      const text = parts.join("");
      const { rows, starts, faults } = scanCells(text, { delimiter, start: 0 });
      let table: string[][];
      try {
        table = parse(text, {
          delimiter,
          record_delimiter: ["\r\n", "\n", "\r"],
          relax_column_count: true,
          skip_empty_lines: true,
        });
      } catch (error) {
        expect(error).toBeInstanceOf(CsvError);
        expect(faults.length).toBeGreaterThan(0);
        return;
      }
      expect(faults).toEqual([]);
      expect(rows.map((start) => [...rowAt(text, { delimiter, start: starts[start] ?? -1 })])).toEqual(table);
      expect(rows.map((start, at) => (rows[at + 1] ?? starts.length) - start)).toEqual(table.map((row) => row.length));
    }),
    { numRuns: 3000 },
  );
});
