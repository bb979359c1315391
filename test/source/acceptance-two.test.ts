import type { DeclaredRoster } from "../../provider/source/declared.js";
import {
  InvalidSourceError,
  type LoadedRoster,
  loadRoster,
  rosterFromCode,
} from "../../provider/source/load-roster.js";
import { folderWith, refusal, TODAY } from "./folder.js";

type Files = Readonly<Record<string, string>>;

function load(files: Files): Promise<LoadedRoster> {
  return loadRoster(".", { asOf: TODAY, cwd: folderWith(files) });
}

/** `file:line:column rule` of everything that is wrong, warnings too. */
async function said(files: Files | string): Promise<readonly string[]> {
  const found = await findingsOf(typeof files === "string" ? { "r.yaml": files } : files);
  return found.map(({ place, rule }) => `${place?.file}:${place?.line}:${place?.column} ${rule}`);
}

async function findingsOf(files: Files) {
  try {
    return (await load(files)).warnings;
  } catch (error) {
    if (error instanceof InvalidSourceError) return error.findings;
    throw error;
  }
}

/** A CSV that has all of the columns that are looked for. */
const csv = (...rows: readonly string[]): Files => ({ "p.csv": `Email,Name,Manager,Team\n${rows.join("\n")}\n` });
const errors = (findings: readonly string[]) => findings.filter((one) => !one.endsWith("COLUMN_NOT_FOUND"));

describe("a column that is called as another field is", () => {
  const fields = (mapping: string) =>
    `version: 1\nfields: { ${mapping} }\ndevelopers: { ada@example.com: { name: A } }\n`;

  test.each([
    ["name: Full Name, email: Work Email, managerEmail: Boss, attributes: [Email]", "Email]"],
    ["name: Full Name, email: Work Email, managerEmail: Boss, attributes: [x, E-MAIL]", "E-MAIL"],
    ["name: Full Name, email: Work Email, managerEmail: Boss, attributes: [email_address]", "email_address"],
    ["name: Full Name, email: Email, managerEmail: Boss, attributes: [manager email]", "manager email"],
    ["name: Full Name, email: Email, managerEmail: Boss, attributes: [Manager]", "Manager]"],
    ["name: Person, email: Email, managerEmail: Boss, attributes: [Name]", "Name]"],
    ["name: Full Name, email: Manager, managerEmail: Boss", "Manager,"],
  ])("%s", async (mapping, column) => {
    const at = "fields: { ".length + mapping.indexOf(column) + 1;
    expect(await said(fields(mapping))).toEqual([`r.yaml:2:${at} MISLEADING_COLUMN`]);
  });

  test.each([
    "name: Name, email: Email, managerEmail: Manager Email, attributes: [Manager, Full Name]",
    "name: Full Name, email: Work Email, managerEmail: Boss, attributes: [Private Email, Manager Name]",
  ])("%s is fine", async (mapping) => expect(await said(fields(mapping))).toEqual([]));

  test("it says why and what to do", async () => {
    const { findings } = await refusal(
      load({ "r.yaml": fields("name: Full Name, email: Work Email, managerEmail: Boss, attributes: [Email]") }),
    );
    expect(findings[0]).toMatchObject({
      message: 'the API would take the column "Email" for the EMAIL column, which is "Work Email" here',
      hint: expect.stringContaining("list it under `ignoreFields`"),
    });
  });
});

describe("aliases", () => {
  test("a value that is wrong is shown wherever it is repeated, and the hint says where it is written", async () => {
    const text = `version: 1
developers:
  ada@example.com: { name: Ada, manager: &boss grace }
  bob@example.com: { name: Bob, manager: *boss }
  eve@example.com: &eve { name: Eve, effective: { from: 2026-02-30 } }
  joe@example.com: *eve
`;
    const { findings } = await refusal(load({ "r.yaml": text }));
    expect(findings.map(({ rule, place, hint }) => [rule, place?.line, place?.column, hint])).toEqual([
      ["INVALID_EMAIL", 3, 48, undefined],
      ["INVALID_EMAIL", 4, 42, "an alias repeats it here; it is written at r.yaml:3:48"],
      ["INVALID_DATE", 5, 57, "correct the day"],
      ["INVALID_DATE", 6, 20, "correct the day; an alias repeats it here; it is written at r.yaml:5:57"],
    ]);
  });

  test("of aliases in each other, the outer one is shown", async () => {
    const text = `version: 1
developers:
  a@example.com: &a { name: A, effective: { from: &day 2026-02-30 } }
  b@example.com: &b { name: B, effective: { from: *day } }
  c@example.com: *b
`;
    expect(await said(text)).toEqual([
      "r.yaml:3:56 INVALID_DATE",
      "r.yaml:4:51 INVALID_DATE",
      "r.yaml:5:18 INVALID_DATE",
    ]);
  });

  test("a merge key is refused on its own line; an alias is no key", async () => {
    const merge = "version: 1\ndefaults: &d { Site: x }\ndevelopers:\n  ada@example.com:\n    name: Ada\n    <<: *d\n";
    expect(await said(merge)).toEqual(["r.yaml:6:9 WRONG_TYPE"]);
    const key = "version: 1\ndefaults: { Site: &a ada@example.com }\ndevelopers:\n  *a : { name: Ada }\n";
    const { findings } = await refusal(load({ "r.yaml": key }));
    expect(findings).toMatchObject([
      { rule: "INVALID_YAML", place: { line: 4, column: 3 }, hint: expect.stringContaining("write it out") },
    ]);
  });

  test("a key that stands twice in what is repeated is shown where it is written, once", async () => {
    const text = `version: 1
developers:
  a@example.com: &a { name: A, name: B }
  b@example.com: *a
`;
    expect(await said(text)).toEqual(["r.yaml:3:32 DUPLICATE_KEY"]);
  });
});

describe("half of a character", () => {
  test("in YAML: in a value, a key, a column and an email", async () => {
    const text = `version: 1
defaults: { Site: "\\ud800" }
developers:
  ada@example.com: { name: "Ada \\udc00", "T\\ud83d": x, Team: "\\ud83d\\ude00" }
  "b\\ud800@example.com": { name: Bob }
`;
    expect(await said(text)).toEqual([
      "r.yaml:2:19 BROKEN_CHARACTER",
      "r.yaml:4:28 BROKEN_CHARACTER",
      "r.yaml:4:42 BROKEN_CHARACTER",
      "r.yaml:5:3 BROKEN_CHARACTER",
    ]);
  });

  test("in a CSV no encoding can hold one", async () => {
    const bytes = Buffer.concat([Buffer.from("Email,Name,Manager\na@example.com,"), Buffer.from([0xed, 0xa0, 0x80])]);
    const wide = Buffer.from("\ufeffEmail,Name,Manager\na@example.com,\ud800x,\n", "utf16le");
    for (const file of [bytes, wide]) {
      const cwd = folderWith({ "p.csv": file });
      const { findings } = await refusal(loadRoster("p.csv", { asOf: TODAY, cwd }));
      expect([...new Set(findings.map(({ rule }) => rule))]).toEqual(["INVALID_CSV"]);
    }
  });

  test("in code", () => {
    const declared: DeclaredRoster = {
      developers: { "ada@example.com": { name: "A\ud800", attributes: { "\udfff": "x" } } },
    };
    expect(() => rosterFromCode(declared, { asOf: TODAY })).toThrow(
      /developers\["ada@example.com"\]\.attributes\["\\udfff"\]: .*\(U\+DFFF\)[\s\S]*name: "A\\ud800" holds half of a character/,
    );
  });
});

describe("addresses", () => {
  const meant = "did you mean ada@example.com, without";

  test.each([
    ["ada\\u200b@example.com", `${meant} the invisible U+200B in it?`],
    ["ada@example.com\\u0000", `${meant} the invisible U+0000 in it?`],
    ["a\\u0007da\\u00ad@example.com", `${meant} the invisible U+0007 and U+00AD in it?`],
    ["ada@example.com\\U000E0041", `${meant} the invisible U+E0041 in it?`],
    ["MailTo:Ada@example.com", `${meant} mailto: before it?`],
    ["mailto:ada", "write it without mailto: before it"],
  ])('"%s" is none, wherever it stands', async (written, hint) => {
    const text = `version: 1
guards: { protect: ["${written}"] }
allow: [{ delete: ["${written}"], reason: x, until: 2027-01-01 }]
developers:
  - { email: "${written}", name: Ada }
  - { email: b@example.com, manager: "${written}", previousEmails: ["${written}"] }
`;
    const { findings } = await refusal(load({ "r.yaml": text }));
    expect(findings.map(({ rule }) => rule)).toEqual(Array(5).fill("INVALID_EMAIL"));
    for (const finding of findings) expect(finding.hint).toBe(hint);
    const map = `version: 1\ndevelopers: { "${written}": { name: Ada } }\n`;
    expect((await refusal(load({ "r.yaml": map }))).findings).toMatchObject([{ rule: "INVALID_EMAIL", hint }]);
  });

  test("in a CSV too", async () => {
    const { findings } = await refusal(
      load(csv("a\u200bda@example.com,Ada,,", "b@example.com,Bob,mailto:x@example.com,")),
    );
    expect(findings.map(({ rule, place, hint }) => [rule, place?.line, hint])).toEqual([
      ["INVALID_EMAIL", 2, `${meant} the invisible U+200B in it?`],
      ["INVALID_EMAIL", 3, "did you mean x@example.com, without mailto: before it?"],
    ]);
  });

  test("what is blank has the API's name for it, in every form", async () => {
    const items = `version: 1\ndevelopers:\n  - email: ""\n  - email:\n    name: Ada\n  - { email: " ", name: Ada }\n`;
    expect(await said(items)).toEqual([
      "r.yaml:3:12 REQUIRED_VALUE_MISSING",
      "r.yaml:4:11 REQUIRED_VALUE_MISSING",
      "r.yaml:6:14 REQUIRED_VALUE_MISSING",
    ]);
    expect(await said('version: 1\ndevelopers: { "": { name: Ada } }\n')).toEqual([
      "r.yaml:2:15 REQUIRED_VALUE_MISSING",
    ]);
    expect(await said(csv(",Ada,,", "b@example.com,Bob,,"))).toEqual(["p.csv:2:1 REQUIRED_VALUE_MISSING"]);
    expect(() => rosterFromCode({ developers: [{ email: "", name: "Ada" }] }, { asOf: TODAY })).toThrow(
      "REQUIRED_VALUE_MISSING",
    );
  });

  test("an email that is no text has another type, and is shown once", async () => {
    expect(
      await said("version: 1\ndevelopers: [{ email: [a@example.com], name: A }, { email: 7, name: B }]\n"),
    ).toEqual(["r.yaml:2:23 WRONG_TYPE", "r.yaml:2:60 INVALID_EMAIL"]);
  });
});

describe("formulas", () => {
  test("in the header and in addresses; what is ignored is not looked at", async () => {
    const files = {
      "g.yaml": "version: 1\nignoreFields: [Salary]\n",
      "p.csv": "Email,Name,Manager,=Team(),Salary\n=a@example.com,Ada,,x,\n+b@example.com,Bob,=a@example.com,x,=1+1\n",
    };
    expect(await said(files)).toEqual([
      "p.csv:1:20 CSV_FORMULA",
      "p.csv:2:1 CSV_FORMULA",
      "p.csv:3:1 CSV_FORMULA",
      "p.csv:3:20 CSV_FORMULA",
    ]);
  });

  test.each(["＝1+1", "＋cmd", "－cmd", "＠SUM(A1)", "\n=1"])("%j is one", async (text) => {
    expect(await said(csv(`a@example.com,Ada,,"${text}"`))).toEqual(["p.csv:2:20 CSV_FORMULA"]);
  });

  test.each(["＋49 30 123", "－3", "×", " ", "\tx"])("%j is none", async (text) => {
    expect(await said(csv(`a@example.com,Ada,,"${text}"`))).toEqual([]);
  });
});

describe("a scope that people cannot fit", () => {
  const people = "developers:\n  a@example.com: { name: A, Team: A }\n  b@example.com: { name: B, Team: A }\n";

  test("when nobody fits, it stands at the scope", async () => {
    for (const scope of ["Team: [B]", "Team: []", 'Team: ""', "team: B"]) {
      expect(await said(`version: 1\nscope: { ${scope} }\n${people}`)).toEqual(["r.yaml:2:10 OUTSIDE_SCOPE"]);
    }
  });

  test("when somebody does not fit, it stands at the value, in YAML and in a CSV", async () => {
    expect(await said(`version: 1\nscope: { Team: [A] }\n${people}  c@example.com: { name: C, team: B }\n`)).toContain(
      "r.yaml:6:29 OUTSIDE_SCOPE",
    );
    const files = {
      ...csv("a@example.com,Ada,,A", "b@example.com,Bob,,B", "c@example.com,Eve,,"),
      "z.yaml": "version: 1\nscope: { Team: A }\n",
    };
    expect(await said(files)).toEqual(["p.csv:3:20 OUTSIDE_SCOPE", "p.csv:4:20 OUTSIDE_SCOPE"]);
  });

  test("in whatever file the scope stands, and wherever the value comes from", async () => {
    const scope = "version: 1\nscope: { Team: [A] }\n";
    const team =
      "version: 1\ndefaults: { Team: B }\ndevelopers:\n  c@example.com: { name: C }\n  d@example.com: { name: D, Team: A }\n";
    expect(await said({ "a.yaml": scope, "b.yaml": team })).toEqual(["b.yaml:4:3 OUTSIDE_SCOPE"]);
    expect(await said({ "b.yaml": team, "c.yaml": scope })).toEqual(["b.yaml:4:3 OUTSIDE_SCOPE"]);
  });

  test.each([
    [
      "who does not say the column may have the value live",
      "scope: { Team: [B] }\ndevelopers: { a@example.com: { name: A } }",
    ],
    ["a field that is not managed stays as it is live", `scope: { Team: [B] }\nignoreFields: [Team]\n${people}`],
    [
      "who left is not looked at",
      `scope: { Team: [B] }\ndevelopers:\n  a@example.com: { name: A, Team: B }\n  b@example.com: { name: B, Team: A, effective: { until: 2026-01-01 } }`,
    ],
    ["who has no team can be owned", 'scope: { Team: "" }\ndevelopers: { a@example.com: { name: A, Team: null } }'],
  ])("%s", async (_, text) => expect(errors(await said(`version: 1\n${text}\n`))).toEqual([]));

  test("the value that was most likely meant is named", async () => {
    const text =
      "version: 1\nscope: { Team: Paymnts }\ndevelopers:\n  a@example.com: { name: A, Team: Payments }\n  b@example.com: { name: B, Team: Payments }\n";
    const { findings } = await refusal(load({ "r.yaml": text }));
    expect(findings).toMatchObject([
      {
        message: 'none of the 2 declared developers can be in this scope: Team: "Paymnts"',
        hint: 'did you mean "Payments"?',
      },
    ]);
  });
});
