import fc from "fast-check";
import { linesOf } from "../../provider/source/code-frame.js";
import { InvalidSourceError, loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, TODAY } from "./folder.js";

const PEOPLE = `Name,Email,Manager Email,Role,Team,Site
Grace Hopper,grace@example.com,,Rear Admiral,Compilers,
"Lovelace, Ada",ADA@example.com ,grace@example.com,"Staff ""Engineer""","two
lines",007
Zo\u00eb \u{1f469},zoe@example.com,ada@example.com,=1+1,-3,Z\u00fcrich
`;

const shapes = [PEOPLE, PEOPLE.replace(/\n/g, "\r\n"), PEOPLE.replaceAll(",", ";"), `sep=,\n${PEOPLE}`].flatMap(
  (text) => [Buffer.from(text), Buffer.from(`\ufeff${text}`, "utf16le")],
);

const noise = fc.oneof(
  fc
    .constantFrom(
      '"',
      '""',
      ",",
      ";",
      "\t",
      "\n",
      "\r",
      "\r\n\r\n",
      "sep=;\n",
      "\0",
      "\ufffd",
      "\ufeff",
      "@",
      "Email",
      "=",
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: "binary", maxLength: 4 }).map((text) => Buffer.from(text)),
);
const edit = fc.record({ at: fc.nat(500), remove: fc.oneof(fc.nat(2), fc.nat(60)), insert: noise });
const mutated = fc
  .tuple(fc.constantFrom(...shapes), fc.array(edit, { maxLength: 4 }))
  .map(([bytes, edits]) =>
    edits.reduce(
      (now, { at, remove, insert }) => Buffer.concat([now.subarray(0, at), insert, now.subarray(at + remove)]),
      bytes,
    ),
  );

const policies = [
  undefined,
  "version: 1\nfields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Role, Team] }\nignoreFields: [Site]\n",
];

test("a mutated file is a roster or findings with good places, and nothing else", async () => {
  const seen = { valid: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(mutated, fc.constantFrom(...policies), async (bytes, policy) => {
      const cwd = folderWith({ "a.csv": bytes, ...(policy === undefined ? {} : { "b.yaml": policy }) });
      try {
        const { roster, warnings, sources } = await loadRoster(".", { asOf: TODAY, cwd });
        expect(roster.developers.size).toBeGreaterThan(0);
        checkPlaces(warnings, sources);
        seen.valid++;
      } catch (error) {
        if (!(error instanceof InvalidSourceError)) throw error;
        expect(error.findings.length).toBeGreaterThan(0);
        checkPlaces(error.findings, error.sources);
        seen.refused++;
      }
    }),
    { numRuns: 2000 },
  );
  // Both sides must have been tried.
  expect(Math.min(seen.valid, seen.refused)).toBeGreaterThan(100);
}, 60_000);

function checkPlaces(findings: InvalidSourceError["findings"], sources: ReadonlyMap<string, string>): void {
  for (const { place, message } of findings) {
    expect(message).not.toBe("");
    const line = linesOf(sources.get(place?.file ?? "") ?? "")[(place?.line ?? 0) - 1];
    expect(line).toBeDefined();
    expect(place?.column).toBeGreaterThanOrEqual(1);
    expect(place?.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
  }
}
