import fc from "fast-check";
import { columnKey } from "../../provider/roster/field-mapping.js";
import { plan, refusals } from "../../provider/roster/plan.js";
import { byText } from "../../provider/roster/strings.js";
import { connect } from "../../provider/sei/client.js";
import type { SeiWriter } from "../../provider/sei/writer.js";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator.js";
import { InvalidSourceError, loadRoster } from "../../provider/source/load-roster.js";
import { NOT_SET_UP, policy } from "../support/people.js";
import { folderWith, TODAY } from "./folder.js";

/**
 * What the loader and the plan let pass, the API takes: thousands of damaged sources, and each one that passes is
 * uploaded and saved for real.
 */
let simulator: Simulator;
let writer: SeiWriter;
beforeAll(async () => {
  simulator = await startSimulator();
  writer = connect({ endpoint: simulator.url, apiKey: "simulator" }).writer;
});
afterAll(() => simulator.stop());

const YAML = `version: 1
fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Role, Team] }
developers:
  grace@example.com: { name: "Grace Hopper", manager: null, Team: Payments }
  ada@example.com:
    name: Ada Lovelace
    manager: grace@example.com
    Role: Staff Engineer
  bob@example.com: { name: Bob, manager: ada@example.com }
  eve@example.com: { name: Eve, manager: "" }
`;

const CSV = `Name,Email,Manager Email,Role,Team
Grace Hopper,grace@example.com,,,Payments
"Lovelace, Ada",ada@example.com,grace@example.com,Staff Engineer,
Bob,bob@example.com,ada@example.com,,"two
lines"
Eve,eve@example.com,,"=cmd()",'
`;

/** Pieces that turn one valid source into another, or into one that breaks a rule. */
const piece = fc.constantFrom(
  ..."grace@example.com ada@example.com Bob@Example.com eve@example.com.au @ , ; \" ' : - # { } [ ] null ~".split(" "),
  ...[
    "",
    " ",
    "\n",
    "\r\n",
    "\t",
    "\u0000",
    "\ufeff",
    "\u00a0",
    "\u2028",
    "é",
    "Name",
    "name: ''",
    "manager: ",
    ",,,,",
  ],
);
const damaged = (text: string) =>
  fc
    .array(fc.record({ at: fc.nat(text.length), remove: fc.oneof(fc.constant(0), fc.nat(25)), insert: piece }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((edits) =>
      edits.reduce((now, { at, remove, insert }) => now.slice(0, at) + insert + now.slice(at + remove), text),
    );

const login = fc.constantFrom("a", "b", "c", "d", "e", "é", "A", "a.b", "a+b");
const person = fc.record({
  email: fc
    .tuple(login, fc.constantFrom("@x", "@example.com", "@EXAMPLE.com ", "@x.", ""))
    .map((parts) => parts.join("")),
  name: fc.constantFrom("A", "B", " ", "", "\u00a0", "\u200b", "A\nB", "'\"", "x".repeat(300)),
  manager: fc.oneof(
    { weight: 2, arbitrary: fc.constant("") },
    { weight: 3, arbitrary: fc.tuple(login, fc.constantFrom("@x", "@example.com")).map((parts) => parts.join("")) },
  ),
});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const made = fc
  .array(person, { minLength: 1, maxLength: 6 })
  .map((people) =>
    [["Name", "Email", "Manager Email"], ...people.map(({ name, email, manager }) => [name, email, manager])]
      .map((row) => row.map(quoted).join(","))
      .join("\n"),
  );

/** Names of columns: those that servers take for one of the three fields, and others. */
const column = fc.constantFrom(
  ...["Name", "full_name", "Display Name", "Employee", "Email", "E-Mail", "email address", "Work Email", "Login"],
  ...["Manager Email", "managerEmail", "Manager", "Boss", "Reports To", "Team", "Email 2", "Role"],
);
const value = fc.constantFrom("", "x", "ada@example.com", "grace@example.com", "elsewhere@example.com");
/** A roster with a field mapping of its own, and a value in every attribute. */
const mapped = fc
  .record({
    columns: fc.uniqueArray(column, { minLength: 3, maxLength: 6, selector: columnKey }),
    values: fc.array(value, { minLength: 6, maxLength: 6 }),
  })
  .map(({ columns: [name, email, managerEmail, ...attributes], values }) => {
    const person = (manager: string | null, from: number) => ({
      name: "N",
      manager,
      attributes: Object.fromEntries(attributes.map((one, at) => [one, values[at + from] ?? ""])),
    });
    return JSON.stringify({
      version: 1,
      fields: { name, email, managerEmail, attributes },
      developers: { "grace@example.com": person(null, 0), "ada@example.com": person("grace@example.com", 3) },
    });
  });

/** Whether the loader and the plan let it pass; if they do, the API has taken it. */
async function isTaken(file: string, text: string, to: SeiWriter = writer): Promise<boolean> {
  const cwd = folderWith({ [file]: text });
  try {
    const { roster } = await loadRoster(file, { asOf: TODAY, cwd });
    const made = plan(roster, NOT_SET_UP, policy({ guards: { maxDelete: "100%" } }));
    if (refusals(made).length > 0) return false;
    const developers = made.changes.flatMap((change) => (change.kind === "create" ? [change.after] : []));
    const draft = await to.upload(
      developers.sort((a, b) => byText(a.email, b.email)),
      made.mapping,
    );
    await to.saveFieldMapping(draft, made.mapping);
    return true;
  } catch (error) {
    if (error instanceof InvalidSourceError) return false;
    throw error;
  }
}

test.each([
  ["YAML", "roster.yaml", damaged(YAML), 1500],
  ["CSV", "hris.csv", damaged(CSV), 1500],
  ["made CSV", "hris.csv", made, 1000],
] as const)(
  "damaged %s: what passes is taken by the API",
  async (_what, file, source, numRuns) => {
    const seen = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(source, async (text) => {
        seen[(await isTaken(file, text)) ? "taken" : "refused"]++;
      }),
      { numRuns },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(numRuns / 50);
  },
  120_000,
);

/** The second one refuses at upload what it finds wrong under the mapping that it guesses. */
test.each(["default", "spring"] as const)(
  "any names of columns: what passes is taken by a new account that speaks %s",
  async (dialect) => {
    const seen = { taken: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(mapped, async (text) => {
        const fresh = await startSimulator({ dialect });
        try {
          const options = { endpoint: fresh.url, apiKey: "simulator", account: "acc" };
          seen[(await isTaken("roster.yaml", text, connect(options).writer)) ? "taken" : "refused"]++;
        } finally {
          await fresh.stop();
        }
      }),
      { numRuns: 300 },
    );
    expect(Math.min(seen.taken, seen.refused)).toBeGreaterThan(15);
  },
  120_000,
);
