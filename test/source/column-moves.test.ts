import { canonicalRoster, parseCanonicalRoster } from "../../provider/roster/canonical-roster";
import { plan, refusals } from "../../provider/roster/plan";
import { InvalidSourceError } from "../../provider/source/invalid-source-error";
import { rosterFromCode } from "../../provider/source/load-roster";
import { dev, live, policy } from "../support/people";
import { loadText } from "./folder";

const roster = (more: string) => `version: 1
fields:
  name: Name
  email: Email
  managerEmail: Manager Email
  attributes: [Role, Squad]
${more}developers:
  ada@example.com: { name: ADA, Squad: Engines }
`;

async function messages(more: string): Promise<readonly string[]> {
  try {
    await loadText(roster(more));
    return [];
  } catch (error) {
    if (!(error instanceof InvalidSourceError)) throw error;
    return error.findings.map(({ place, rule, message }) => `${place?.line}:${place?.column} ${rule} ${message}`);
  }
}

test("what becomes of columns is a part of the roster, in files and in code, and of its canonical form", async () => {
  const { roster: read } = await loadText(roster("  dropColumns: [Site]\n  renameColumns: { Team: Squad }\n"));
  expect(read.fields).toMatchObject({ dropColumns: ["Site"], renameColumns: { Team: "Squad" } });
  const coded = rosterFromCode(
    {
      fields: {
        name: "Name",
        email: "Email",
        managerEmail: "Manager Email",
        attributes: ["Role", "Squad"],
        dropColumns: ["Site"],
        renameColumns: { Team: "Squad" },
      },
      developers: { "ada@example.com": { name: "ADA", attributes: { Squad: "Engines" } } },
    },
    { asOf: "2026-10-18" },
  );
  expect(canonicalRoster(coded.roster)).toBe(canonicalRoster(read));
  const again = parseCanonicalRoster(canonicalRoster(read));
  expect(canonicalRoster(again)).toBe(canonicalRoster(read));

  // The account has Role and Team: Ada is as declared once Team is called Squad.
  const made = plan(again, live([dev("ada", { Team: "Engines" })]), policy());
  expect(refusals(made)).toEqual([]);
  expect(made.changes.map((change) => change.kind)).toEqual(["mapField", "mapField"]);
});

test("what they cannot mean is said where it stands", async () => {
  expect(await messages("  dropColumns: [Site, role]\n")).toEqual([
    '7:23 DUPLICATE_COLUMN the column "role" is declared and dropped',
  ]);
  expect(await messages("  renameColumns:\n    Team: Group\n")).toEqual([
    '8:5 UNKNOWN_COLUMN "Team" would be called "Group", which is no column of the field mapping',
  ]);
  expect(await messages("  dropColumns: Site\n")).toEqual([expect.stringContaining("dropColumns")]);
  expect(await messages("  dropColumns: [Site]\n  renameColumns: { Team: Squad }\n")).toEqual([]);
});
