import fc from "fast-check";
import { canonicalRoster } from "../../provider/roster/canonical-roster.js";
import { InvalidSourceError, loadRoster, rosterFromCode } from "../../provider/source/load-roster.js";
import { folderWith, loadText, TODAY } from "./folder.js";

const VALID = `version: 1
fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Role, Team, Site] }
defaults: { Site: &site Berlin }
integrations: { github: 101, jira: 102 }
developers:
  grace@example.com: { name: "Grace Hopper", manager: null, Site: *site }
  ada@example.com:
    name: Ada Lovelace
    manager: grace@example.com   # a comment
    Role: |
      Staff Engineer
    identities: { github: ada, 102: 081de7ae }
    attributes: { Team: 'Pay''ments' }
prune: all
guards: { maxDelete: 10%, minDevelopers: 1, protect: [cto@example.com] }
`;

const noise = fc.oneof(
  fc.constantFrom(
    "\t",
    "\n",
    "\r",
    ": ",
    "- ",
    "&a ",
    "*a",
    "*site",
    "<<: *site",
    "!!set ",
    "!x ",
    "? ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "|",
    ">",
    "%YAML 1.1\n---\n",
    "---\n",
    "...\n",
    "\u0000",
    "\ufeff",
    "__proto__: ",
    "~",
    "#",
    "@",
    "`",
    "developers:\n",
    "  ada@example.com: {}\n",
  ),
  fc.string({ unit: "binary", maxLength: 5 }),
);
const edit = fc.record({ at: fc.nat(VALID.length), remove: fc.nat(30), insert: noise });
const mutated = fc
  .array(edit, { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce((text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove), VALID),
  );

test("the unmutated text is valid", async () => {
  expect((await loadText(VALID)).roster.developers.size).toBe(2);
});

test("a mutated file is a roster or findings with good places, and nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(mutated, async (text) => {
      try {
        expect((await loadText(text)).roster.developers.size).toBeGreaterThan(0);
      } catch (error) {
        if (!(error instanceof InvalidSourceError)) throw error;
        const lines = text.split("\n").length;
        expect(error.findings.length).toBeGreaterThan(0);
        for (const { place, message } of error.findings) {
          expect(message).not.toBe("");
          expect(place?.line).toBeGreaterThanOrEqual(1);
          expect(place?.line).toBeLessThanOrEqual(lines + 1);
          expect(place?.column).toBeGreaterThanOrEqual(1);
        }
      }
    }),
    { numRuns: 500 },
  );
}, 60_000);

test("any value in code is a roster or findings, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.anything(),
        fc.record({ developers: fc.anything({ withMap: true, withDate: true, withNullPrototype: true }) }),
      ),
      (value) => {
        try {
          rosterFromCode(value as Parameters<typeof rosterFromCode>[0], { asOf: TODAY });
        } catch (error) {
          if (!(error instanceof InvalidSourceError)) throw error;
        }
      },
    ),
    { numRuns: 500 },
  );
});

const people = fc.uniqueArray(
  fc.record({
    mailbox: fc.stringMatching(/^[a-z]{1,6}$/),
    name: fc.stringMatching(/^[A-Z][a-z]{0,8}$/),
    team: fc.constantFrom("x", "", null),
    manager: fc.nat(),
  }),
  { minLength: 1, maxLength: 12, selector: ({ mailbox }) => mailbox },
);

test("the roster does not depend on the order of people, nor on how files are cut", async () => {
  await fc.assert(
    fc.asyncProperty(people, fc.nat(11), async (all, cut) => {
      const lines = all.map(({ mailbox, name, team, manager }, at) => {
        const boss = at === 0 ? null : all[manager % at];
        const by = boss ? JSON.stringify(`${boss.mailbox}@example.com`) : "null";
        return `  ${mailbox}@example.com: { name: ${JSON.stringify(name)}, manager: ${by}, Team: ${JSON.stringify(team)} }\n`;
      });
      const file = (part: readonly string[]) =>
        `version: 1\ndevelopers:${part.length === 0 ? " {}" : ""}\n${part.join("")}`;
      const cwd = folderWith({
        "one.yaml": file(lines),
        "r/a.yaml": file(lines.slice(cut).reverse()),
        "r/b.yaml": file(lines.slice(0, cut).reverse()),
      });
      const one = await loadRoster("one.yaml", { asOf: TODAY, cwd });
      const two = await loadRoster("r", { asOf: TODAY, cwd });
      expect(canonicalRoster(two.roster)).toBe(canonicalRoster(one.roster));
      expect([...two.roster.developers.keys()]).toEqual([...one.roster.developers.keys()]);
    }),
    { numRuns: 60 },
  );
});
