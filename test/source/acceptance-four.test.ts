import fc from "fast-check";
import type { Day } from "../../provider/roster/day.js";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { type Effective, overlap } from "../../provider/roster/effective.js";
import { firstOverlaps } from "../../provider/roster/rules/first-overlaps.js";
import { identityClaimedTwice } from "../../provider/roster/rules/identity-claimed-twice.js";
import { slipFinder } from "../../provider/source/columns-in-use.js";
import { validateSource } from "../../provider/source/findings/validation.js";
import { keyMeant } from "../../provider/source/key-meant.js";
import { folderWith, TODAY } from "./folder.js";

type Files = Readonly<Record<string, string>>;

/** `severity rule message (hint)`, one line for each finding. */
async function said(files: Files): Promise<readonly string[]> {
  const { findings } = await validateSource(["."], { asOf: TODAY, cwd: folderWith(files) });
  return findings.map(
    ({ severity, rule, message, hint }) => `${severity} ${rule} ${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

const yaml = (text: string) => said({ "roster.yaml": `version: 1\n${text}\n` });
const csv = (header: string, row: string) => said({ "people.csv": `${header}\n${row}\n` });

describe("many names and many columns", () => {
  const N = 10_000;
  const numbers = Array.from({ length: N }, (_, index) => index);
  const person = `developers:\n  a@example.com: { name: A, ${numbers.map((i) => `Column ${i}: x`).join(", ")} }`;

  /** Compared one with one, each takes half a minute or more. */
  test.each([
    ["manageFields", `manageFields: [${numbers.map((i) => `Colmn ${i}`).join(", ")}]\n${person}`],
    ["ignoreFields", `ignoreFields: [${numbers.map((i) => `Colmn ${i}`).join(", ")}]\n${person}`],
    ["defaults", `defaults: { ${numbers.map((i) => `Colmn ${i}: x`).join(", ")} }\n${person}`],
    [
      "an identity that is handed on",
      `developers:\n${numbers
        .map((i) => {
          const day = new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10);
          return `  p${i}@example.com: { name: A, identities: { 101: z }, effective: { from: ${day}, until: ${day} } }`;
        })
        .join("\n")}`,
    ],
  ])(
    "%s",
    async (_, text) => {
      expect(await yaml(text)).toEqual([]);
    },
    10_000,
  );

  test("manageFields against as many columns of fields", async () => {
    const columns = numbers.map((i) => `Column ${i}`).join(", ");
    const fields = `fields: { name: Name, email: Email, managerEmail: Boss, attributes: [${columns}] }`;
    expect(await yaml(`${fields}\nmanageFields: [${columns}]\ndevelopers: { a@example.com: { name: A } }`)).toEqual([]);
  }, 30_000);

  test("long names are compared a thousand times, and no more", () => {
    const alike = (end: string) => `${"a".repeat(90)}${end}`;
    const find = slipFinder(["bbbbb", ...numbers.slice(0, 99).map((i) => alike(String.fromCharCode(0x4e00 + i)))]);
    for (let i = 0; i < 999; i++) expect(find(alike(`${String.fromCharCode(0x5e00 + i)}xyz`))).toBeNull();
    expect([find("bbbba"), find("bbbba")]).toEqual(["bbbbb", null]);
  }, 30_000);

  test("a slip is still seen, one of many in use is none", () => {
    const find = slipFinder(["Team", "Site", "Level 2"]);
    expect(["Taem", "team", "Level 1", "Lvel 2", "Elsewhere"].map(find)).toEqual(["Team", null, null, "Level 2", null]);
    expect(find("Teams")).toBe("Team");
  });
});

describe("an identity that is handed on", () => {
  test("a hundred thousand times", () => {
    const times = Array.from({ length: 100_000 }, (_, i): Effective => {
      const day = new Date(Date.UTC(2000, 0, 1 + i)).toISOString().slice(0, 10) as Day;
      return { from: day, until: day };
    });
    expect(firstOverlaps(times).every((first) => first === null)).toBe(true);
  }, 20_000);

  const day = fc.integer({ min: 1, max: 9 }).map((number) => `2026-12-0${number}` as Day);
  const time: fc.Arbitrary<Effective | undefined> = fc.option(
    fc.record({ from: day, until: day }, { requiredKeys: [] }),
    { nil: undefined, freq: 8 },
  );

  test("the first overlap is the one that comparing all pairs finds", () => {
    fc.assert(
      fc.property(fc.array(time, { maxLength: 30 }), (times) => {
        const pairwise = times.map((later, at) => {
          const first = times.slice(0, at).findIndex((earlier) => overlap(earlier, later));
          return first === -1 ? null : first;
        });
        expect(firstOverlaps(times)).toEqual(pairwise);
      }),
      { numRuns: 1_000 },
    );
  });

  test("who claims it is who comparing all pairs finds, in the same order", () => {
    const person = fc.record({
      email: fc.constantFrom("a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com"),
      effective: time,
      identities: fc.dictionary(fc.constantFrom("101", "102"), fc.constantFrom("x", " x", "y"), { maxKeys: 2 }),
    });
    fc.assert(
      fc.property(fc.array(person, { maxLength: 12 }), (people) => {
        const developers = people.map(({ email, effective, identities }) => ({
          email,
          attributes: {},
          identities: new Map(Object.entries(identities).map(([id, identity]) => [Number(id), identity] as const)),
          ...(effective === undefined ? {} : { effective }),
        })) as unknown as readonly DesiredDeveloper[];
        const problems = identityClaimedTwice(developers);
        expect(problems.map(({ emails, subject, other }) => ({ emails, subject, other }))).toEqual(pairs(developers));
      }),
      { numRuns: 1_000 },
    );
  });

  function pairs(developers: readonly DesiredDeveloper[]): readonly unknown[] {
    const claims: { email: string; index: number; integrationId: number; identity: string; effective?: Effective }[] =
      [];
    return developers.flatMap(({ email, identities, effective }, index) =>
      [...identities].flatMap(([integrationId, written]) => {
        const identity = written.trim();
        const same = claims.filter((one) => one.integrationId === integrationId && one.identity === identity);
        if (same.some((one) => one.email === email)) return [];
        claims.push({ email, index, integrationId, identity, ...(effective === undefined ? {} : { effective }) });
        const earlier = same.find((one) => overlap(one.effective, effective));
        if (earlier === undefined) return [];
        return [
          {
            emails: [earlier.email, email],
            subject: { kind: "identity", index, integrationId },
            other: { kind: "identity", index: earlier.index, integrationId },
          },
        ];
      }),
    );
  }
});

describe("a column that is like a key", () => {
  const column = (name: string) => yaml(`developers:\n  a@example.com: { name: A, ${JSON.stringify(name)}: x }`);

  test.each([...["Manager ID", "Is Manager", "manager_id", "Previous Email", "Email Type", "Name 2"]])(
    "%s is a column",
    async (name) => {
      expect(await column(name)).toEqual([]);
      expect(await yaml(`defaults: { ${name}: x }\ndevelopers: { a@example.com: { name: A } }`)).toEqual([]);
    },
  );

  test.each([
    ["Previous Emails", "previousEmails"],
    ["manager email", "manager"],
    ["Manager's E-mail", "manager"],
    ["full_name", "name"],
    [" manger ", "manager"],
    ["manger", "manager"],
    ["Managers", "manager"],
    ["Names", "name"],
    ["previousEmail", "previousEmails"],
  ])("%j is an error", async (name, meant) => {
    expect(keyMeant(name)).toBe(meant);
    if (name.trim() !== name) return;
    const [finding, ...others] = await column(name);
    expect(others).toEqual([]);
    expect(finding).toMatch(/^error UNKNOWN_KEY there is no key /);
    expect(finding).toContain(`did you mean \`${meant}\`?`);
  });

  test.each([
    ["Identity", "identities"],
    ["Identifier", "identities"],
    ["Game", "name"],
  ])("%s is taken, with one warning", async (name, meant) => {
    const line = `warning LIKELY_SLIP "${name}" is taken as a column, and is like \`${meant}\` (did you mean \`${meant}\`? For a column that is called so, write attributes: { ${name}: ... })`;
    expect(
      await yaml(`developers:\n  a@example.com: { name: A, ${name}: x }\n  b@example.com: { name: B, ${name}: y }`),
    ).toEqual([line]);
    expect(await yaml(`developers:\n  a@example.com: { name: A, attributes: { ${name}: x } }`)).toEqual([]);
  });

  test("a mapping under such a name is a slip in any case", async () => {
    const lines = await yaml(
      "developers:\n  a@example.com: { name: A, Previous Email: [b@example.com], Identity: { 101: a } }",
    );
    expect(lines.filter((line) => line.startsWith("error WRONG_TYPE"))).toEqual([
      expect.stringContaining("did you mean `previousEmails`?"),
      expect.stringContaining("did you mean `identities`?"),
    ]);
  });

  test("with `fields`, a name that they do not have is unknown whatever it is like", async () => {
    const fields = "fields: { name: Name, email: Email, managerEmail: Boss, attributes: [Identity] }";
    expect(await yaml(`${fields}\ndevelopers:\n  a@example.com: { name: A, Identity: x }`)).toEqual([]);
    expect(await yaml(`${fields}\ndevelopers:\n  a@example.com: { name: A, Game: x }`)).toEqual([
      'error UNKNOWN_COLUMN "Game" is no column of `fields` (add it to fields.attributes, or correct it)',
    ]);
  });
});

describe("what a CSV does not have", () => {
  const NEWCOMERS = "Without a name, who is not live yet is refused when it is applied (REQUIRED_VALUE_MISSING)";

  test("the manager's column is not offered as the email", async () => {
    const [line] = await csv("Nom;Courriel;E-mail du responsable", "Grace;grace@example.com;");
    expect(line).toContain('did you mean "Courriel"?');
    const [other] = await csv("Nom;Adresse;E-mail du responsable", "Grace;grace@example.com;");
    expect(other).toMatch(/^error REQUIRED_FIELD_MISSING/);
    expect(other).not.toContain("did you mean");
  });

  test("a first and a last name are no name, and neither is a number", async () => {
    const lines = await csv("Employee #,First Name,Last Name,Work Email,Reports To", "1,Ada,Lovelace,ada@example.com,");
    const line = lines.find((one) => one.includes("COLUMN_NOT_FOUND"));
    expect(line).toContain('the API has one NAME column: make one of "First Name" and "Last Name" in the export;');
    expect(line).not.toContain('is the name "');
    expect(line).toContain(NEWCOMERS);
  });

  test.each(["Employee #", "Employee ID", "Employee Type", "Last Name", "Manager Name", "Team Name"])(
    "%s is not offered as the name",
    async (name) => {
      const [line] = await csv(`${name},Email,Manager Email`, "x,ada@example.com,");
      expect(line).toMatch(/^warning COLUMN_NOT_FOUND/);
      expect(line).not.toContain('is the name "');
    },
  );

  test("what can be the name still is, and without a manager nothing is said of newcomers", async () => {
    expect(String(await csv("Employee,Email,Manager", "Ada,ada@example.com,"))).toContain('is the name "Employee"?');
    const [line] = await csv("Name,Email,Team", "Ada,ada@example.com,x");
    expect(line).toMatch(/^warning COLUMN_NOT_FOUND/);
    expect(line).not.toContain("REQUIRED_VALUE_MISSING");
  });

  test("a name that `fields` call otherwise is missing for newcomers too", async () => {
    const lines = await said({
      "people.csv": "Email,Boss\nada@example.com,\n",
      "roster.yaml": "version: 1\nfields: { name: Name, email: Email, managerEmail: Boss }\n",
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(NEWCOMERS);
  });
});

describe("a scope that nobody fits", () => {
  const teams = (scope: string, ...values: readonly string[]) =>
    yaml(
      `scope: { Team: ${scope} }\ndevelopers:\n${values.map((value, i) => `  p${i}@example.com: { name: A, Team: ${value} }`).join("\n")}`,
    );

  test("offers what is near, and no other letter", async () => {
    expect(String(await teams("Paymnets", "Payments", "Billing"))).toContain('did you mean "Payments"?');
    expect(String(await teams("P", "Q", "R"))).not.toContain("did you mean");
    expect(String(await teams("HR", "PR", "IT"))).not.toContain("did you mean");
  });

  test("offers what only case tells apart, also among many", async () => {
    expect(String(await teams("P", "p", "R"))).toContain('did you mean "p"?');
    const many = Array.from({ length: 150 }, (_, i) => `Team ${i}`);
    expect(String(await teams("Payments", ...many, "payments"))).toContain('did you mean "payments"?');
    const [line, ...others] = await teams("Payments", "Payments", "payments");
    expect(others).toEqual([]);
    expect(line).toContain('did you mean "Payments"? Else declare them');
  });
});
