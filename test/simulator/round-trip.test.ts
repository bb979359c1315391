import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import fc from "fast-check";
import { type Dialect, startSimulator } from "../../provider/simulator/simulator.js";
import { clientOf } from "./support.js";

/** What people and spreadsheets put in cells. */
const ODD = [
  '"',
  ",",
  "\n",
  "\r\n",
  "\r",
  "007",
  "=1+1",
  "@cmd",
  "+49",
  "-",
  "👩🏽‍💻",
  "é",
  "ß",
  "\u0000",
  "\t",
  "'",
  ";",
  "|",
  "1e5",
  "TRUE",
  "null",
];
const cell = fc
  .array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "grapheme", maxLength: 6 })), { maxLength: 4 })
  .map((parts) => parts.join(""));
const column = fc.oneof(
  fc.constantFrom("constructor", "__proto__", "id", "Sub Role", "名前"),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const wellFormed = (text: string) => text === Buffer.from(text).toString();
const dialects: fc.Arbitrary<Partial<Dialect>> = fc.record({
  csvLineEnd: fc.constantFrom("\n" as const, "\r\n" as const),
  csvBom: fc.boolean(),
  csvQuoted: fc.boolean(),
});

test("what was uploaded is what is downloaded and listed, whatever is in the cells", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(
        column
          .map((name) => name.trim())
          .filter((name) => name !== "" && !["Name", "Email", "Manager Email"].includes(name)),
        { maxLength: 3 },
      ),
      fc.array(
        fc.tuple(
          cell.filter((name) => name.trim() !== ""),
          fc.array(cell, { minLength: 3, maxLength: 3 }),
        ),
        { minLength: 1, maxLength: 8 },
      ),
      dialects,
      async (custom, people, dialect) => {
        fc.pre([...custom, ...people.flat(2)].every(wellFormed));
        const header = ["Name", "Email", "Manager Email", ...custom];
        const rows = people.map(([name, cells], n) => [
          name,
          `p${n}@example.com`,
          n === 0 ? "" : "p0@example.com",
          ...cells.slice(0, custom.length),
        ]);
        const simulator = await startSimulator({ dialect: { ...dialect, sortDefault: "refId", refIdName: null } });
        try {
          const sei = clientOf(simulator);
          const csv = stringify([header, ...rows], { quoted: true });
          const { versionId, fieldMappings } = (await sei.upload(csv)).json;
          const path = `/v2/developers/versions/${versionId}/fieldMappings`;
          const mapped = fieldMappings.map(({ columnName, fieldType }: Record<string, string>) => ({
            columnName,
            fieldType: header.indexOf(columnName ?? "") < 3 ? fieldType : "CUSTOM",
          }));
          expect((await sei.send(path, { method: "PUT", json: { fieldMappings: mapped } })).text).toContain("SUCCESS");
          const text = (await sei.csv()).replace(/^\ufeff/, "");
          expect(parse(text, { record_delimiter: ["\r\n", "\n", "\r"] })).toEqual([header, ...rows]);
          const { developers } = (await sei.list()).json;
          expect(
            developers.map((developer: object) =>
              header.map((name) => Object.getOwnPropertyDescriptor(developer, name)?.value),
            ),
          ).toEqual(rows);
          expect((await sei.reupload(text)).json).toMatchObject({
            added: [],
            updated: [],
            removed: [],
            unchanged: rows.length,
          });
        } finally {
          await simulator.stop();
        }
      },
    ),
    { numRuns: 60 },
  );
});
