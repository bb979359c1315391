import type { Finding } from "../../provider/source/finding.js";
import { loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, refusal, TODAY } from "./folder.js";

const load = (files: Readonly<Record<string, string | Uint8Array>>, source: string | string[] = ".") =>
  loadRoster(source, { asOf: TODAY, cwd: folderWith(files) });

/** These exports have the columns that a test is about, and seldom all; what is said of those that lack is tested apart. */
const aboutValues = ({ rule }: Finding): boolean => rule !== "COLUMN_NOT_FOUND";

async function developer(csv: string | Uint8Array, email = "ada@example.com") {
  const { roster, warnings } = await load({ "people.csv": csv });
  expect(warnings.filter(aboutValues)).toEqual([]);
  const found = roster.developers.get(email);
  return found && { ...found, attributes: { ...found.attributes } };
}

async function findings(files: Readonly<Record<string, string | Uint8Array>>) {
  const { findings } = await refusal(load(files));
  return findings
    .filter(aboutValues)
    .map(({ place, rule, message, hint }) => `${place?.line}:${place?.column} ${rule} ${message} (${hint})`);
}

const ADA = { email: "ada@example.com", name: "Ada", attributes: {}, identities: new Map() };

describe("a row", () => {
  test("a column that is absent is not managed, a blank cell clears", async () => {
    const ada = await developer("Name,Email,Manager Email,Team\nAda,ada@example.com,,\n");
    expect(ada).toEqual({ ...ADA, managerEmail: "", attributes: { Team: "" } });
    expect(await developer("Name,Email\nAda,ada@example.com\n")).not.toHaveProperty("managerEmail");
    expect(await developer("Email\nada@example.com")).not.toHaveProperty("name");
  });

  test("values are taken as they are, addresses trimmed and lower-cased", async () => {
    const row = `" Ada ""the countess""\nLovelace ", ADA@Example.com ,\tGRACE@example.com,007, 1e3 ,"a,b;c\td",👩‍💻`;
    const csv = `Name,Email,Manager Email,A,B,C,D\n${row}\nGrace,grace@example.com,,,,,\n`;
    expect(await developer(csv)).toEqual({
      ...ADA,
      name: ' Ada "the countess"\nLovelace ',
      managerEmail: "grace@example.com",
      attributes: { A: "007", B: " 1e3 ", C: "a,b;c\td", D: "👩‍💻" },
    });
  });

  test("__proto__ and constructor are columns like any other", async () => {
    const ada = (await load({ "a.csv": "Email,__proto__,constructor\nada@example.com,a,b\n" })).roster.developers.get(
      "ada@example.com",
    );
    expect(Object.entries(ada?.attributes ?? {})).toEqual([
      ["__proto__", "a"],
      ["constructor", "b"],
    ]);
  });
});

describe("the header", () => {
  test.each([
    ["Name", "Email", "Manager"],
    ["FULL NAME", "email_address", "manager-email"],
    [" display name ", "Work E-mail", "Manager\u2019s Email"],
    ["\ufeffName", "e-mail", "Reports To"],
  ])("has the usual names: %s, %s, %s", async (...names) => {
    expect(await developer(`${names.join(",")}\nAda,ada@example.com,`)).toEqual({ ...ADA, managerEmail: "" });
  });

  test("next to Manager Email, Manager is an attribute", async () => {
    expect(await developer("Name,Email,Manager,Manager Email\nAda,ada@example.com,Grace,")).toEqual({
      ...ADA,
      managerEmail: "",
      attributes: { Manager: "Grace" },
    });
  });

  const policy = (more = "") =>
    `version: 1\nfields: { name: Person, email: Contact, managerEmail: Boss, attributes: [Sub Team] }\n${more}`;

  test("goes through `fields` in any spelling, in whatever order the files stand", async () => {
    const csv = "PERSON,contact,boss,sub_team\nAda,ada@example.com,,Engines\n";
    for (const name of ["a.csv", "z.csv"]) {
      const { roster } = await load({ [name]: csv, "m.yaml": policy() });
      expect(roster.developers.get("ada@example.com")).toEqual({
        ...ADA,
        managerEmail: "",
        attributes: { "Sub Team": "Engines" },
      });
    }
  });

  test("`ignoreFields` drops what `fields` do not know", async () => {
    const csv = "Contact,Salary,SHOE-SIZE,Sub Team\nada@example.com,=1+1,40,x\n";
    const { roster, warnings } = await load({
      "a.csv": csv,
      "m.yaml": policy("ignoreFields: [salary, Shoe Size, Sub Team]\n"),
    });
    expect(warnings.filter(aboutValues)).toEqual([]);
    expect({ ...roster.developers.get("ada@example.com")?.attributes }).toEqual({ "Sub Team": "x" });
  });

  test("`ignoreFields` also says which of two columns is meant", async () => {
    const { roster } = await load({
      "a.csv": "Work Email,Email,Salary\nada@example.com,private@example.com,3\n",
      "m.yaml": "version: 1\nignoreFields: [Email, Salary]\n",
    });
    expect([...roster.developers.values()].map((one) => [one.email, { ...one.attributes }])).toEqual([
      ["ada@example.com", {}],
    ]);
  });

  test("a column that stands twice and agrees is one; a blank one without a name is none", async () => {
    const csv = "Email,Team,email,TEAM,,\nada@example.com,x,ADA@example.com ,x,,\n";
    expect((await developer(csv))?.attributes).toEqual({ Team: "x" });
  });

  test("a thousand unknown columns are said once each, quickly", async () => {
    const names = Array.from({ length: 1000 }, (_, at) => `Column ${at}`);
    const found = await findings({
      "a.csv": `Contact,${names.join()}\n${`ada@example.com,${names.join()}\n`.repeat(3)}`,
      "m.yaml": policy(),
    });
    expect(found.filter((line) => line.includes("UNKNOWN_COLUMN"))).toHaveLength(1000);
  });
});

describe("shapes of exports", () => {
  const rows = [
    ["Name", "Email", "Team"],
    ["Ada", "ada@example.com", "a\nb"],
    ["Grace", "grace@example.com", 'c "d"'],
  ];
  const write = (delimiter: string, end: string) =>
    rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter)).join(end);
  const expected = { ...ADA, attributes: { Team: "a\nb" } };

  test.each([",", ";", "\t"])("delimiter %j, every line end, byte order mark, blank lines", async (delimiter) => {
    for (const end of ["\n", "\r\n", "\r"]) {
      const text = write(delimiter, end);
      const shapes = [
        text,
        `\ufeff${text}${end}`,
        `${text}${end}${end}${end}`,
        `${text}${end}${delimiter}${delimiter}${end}${delimiter.repeat(5)}${end}`,
        `${end}${end}${write(delimiter, end + end)}`,
        `sep=${delimiter}${end}${text}`,
        `"sep=${delimiter}"${end}${text}`,
      ];
      for (const shape of shapes) {
        expect(await developer(shape)).toEqual(expected);
        expect(await developer(Buffer.from(`\ufeff${shape.replace(/^\ufeff/, "")}`, "utf16le"))).toEqual(expected);
        expect(await developer(Buffer.from(`\ufeff${shape.replace(/^\ufeff/, "")}`, "utf16le").swap16())).toEqual(
          expected,
        );
      }
    }
  });

  test("the delimiter is the one that gives an email column, whatever the names contain", async () => {
    const csv = 'Email;"Team; old";Role, Level, Grade, and so on\nada@example.com;x;y\n';
    expect((await developer(csv))?.attributes).toEqual({ "Team; old": "x", "Role, Level, Grade, and so on": "y" });
    expect((await developer("sep=|\nEmail|Team, Site; all\nada@example.com|x"))?.attributes).toEqual({
      "Team, Site; all": "x",
    });
  });

  test("a row may be longer by blank cells", async () => {
    expect(await developer("Name,Email\nAda,ada@example.com,, ,\n")).toEqual(ADA);
  });

  test("any case of the extension, in a folder, a glob and a list, next to YAML", async () => {
    const files = {
      "r/a.csv": "Email\na@example.com",
      "r/b.CSV": "Email\nb@example.com",
      "r/deep/c.Csv": "Email\nc@example.com",
      "r/d.yaml": "version: 1\ndevelopers: { d@example.com: { manager: a@example.com } }",
      "r/.~lock.a.csv#": "x",
      "r/notes.txt": "notes",
    };
    expect((await load(files, "r")).roster.developers.size).toBe(4);
    expect((await load(files, "r/*.{csv,yaml}")).files).toEqual(["r/a.csv", "r/d.yaml"]);
    expect((await load(files, ["r/b.CSV", "r/deep"])).files).toEqual(["r/b.CSV", "r/deep/c.Csv"]);
  });

  test("the limit is for one file", async () => {
    const csv = (name: string) => `Email\n${name}@example.com\n`;
    const cwd = folderWith({ "a.csv": csv("a"), "b.csv": csv("b") });
    expect((await loadRoster(".", { asOf: TODAY, cwd, maxFileSize: 24 })).files).toHaveLength(2);
    const { findings } = await refusal(loadRoster(".", { asOf: TODAY, cwd, maxFileSize: 10 }));
    expect(findings.map(({ rule }) => rule)).toEqual(["FILE_TOO_LARGE", "FILE_TOO_LARGE"]);
  });
});

describe("encodings", () => {
  const ICONV = "save it as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8";

  test("what is not UTF-8 is said by line, row and column", async () => {
    const csv = '\nName,Email,"Team"\n"two\nlines",a@example.com,x\nZo\u00eb,zoe@example.com,\u20ac\n';
    const bytes = Buffer.from(csv.replace("\u20ac", "\u0080"), "latin1");
    expect(await findings({ "a.csv": bytes })).toEqual([
      `5:3 INVALID_CSV row 4, column "Name": the byte 0xEB is not UTF-8; in Windows-1252 it is "ë" (${ICONV})`,
      `5:21 INVALID_CSV row 4, column "Team": the byte 0x80 is not UTF-8; in Windows-1252 it is "€" (${ICONV})`,
    ]);
  });

  test("ten places are said, and how many there are", async () => {
    const csv = Buffer.from(`\u00ef\u00bb\u00bfName,Email\n${"\u0081\u00e4,a@example.com\n".repeat(20)}`, "latin1");
    const found = await findings({ "a.csv": csv });
    expect(found).toHaveLength(10);
    expect(found[2]).toBe(`3:1 INVALID_CSV row 3, column "Name": the byte 0x81 is not UTF-8 (${ICONV})`);
    expect(found[9]).toMatch(/^6:2 .*; 30 more bytes of this file are not UTF-8/);
  });

  test("YAML says line and column", async () => {
    expect(await findings({ "a.yaml": Buffer.from("version: 1\nZo\u00eb: 1\n", "latin1") })).toEqual([
      `2:3 FILE_NOT_UTF8 the byte 0xEB is not UTF-8; in Windows-1252 it is "ë" (${ICONV})`,
    ]);
  });

  test("UTF-16 without its mark, damaged UTF-16, NUL, a workbook", async () => {
    const csv = "Name,Email\nZo\u00eb,zoe@example.com\n";
    expect(await findings({ "a.csv": Buffer.from(csv, "utf16le") })).toEqual([
      expect.stringMatching(/^1:1 INVALID_CSV a.csv is no text in UTF-8: it is UTF-16 without .*UTF-16LE -t UTF-8\)$/),
    ]);
    expect(await findings({ "a.csv": Buffer.from(csv, "utf16le").swap16() })).toEqual([
      expect.stringMatching(/UTF-16BE -t UTF-8\)$/),
    ]);
    const wide = Buffer.from(`\ufeff${csv}\ud800x`, "utf16le");
    expect(await findings({ "a.csv": wide.subarray(0, -1) })).toEqual([
      expect.stringMatching(/^3:1 INVALID_CSV row 3, column "Name": half of a UTF-16 character is missing/),
      expect.stringMatching(/^3:2 INVALID_CSV row 3, column "Name": half of a UTF-16 character is missing/),
    ]);
    expect(await findings({ "a.csv": "Name,Email\nAda,ada@\0example.com\n" })).toEqual([
      expect.stringMatching(/^2:9 INVALID_CSV row 2, column "Email": a NUL character stands here/),
    ]);
    expect(await findings({ "a.csv": Buffer.from("PK\u0003\u0004 and so on \u0000", "latin1") })).toEqual([
      expect.stringMatching(/INVALID_CSV .*workbook/),
    ]);
  });

  test("characters that were lost before are warned of", async () => {
    const lost = `Name,Email,Manager\n${Array.from({ length: 12 }, (_, at) => `Zo\ufffd,z${at}@example.com,`).join("\n")}`;
    const { warnings } = await load({
      "a.csv": lost,
      "b.yaml": "version: 1\ndevelopers: { a@example.com: { name: Zo\ufffd } }",
    });
    expect(warnings).toHaveLength(11);
    expect(warnings[9]).toMatchObject({
      severity: "warning",
      rule: "LOST_CHARACTER",
      message: expect.stringMatching(/^row 11, column "Name": .*; 2 more follow$/),
      place: { file: "a.csv", line: 11, column: 3 },
    });
    expect(warnings[10]).toMatchObject({ place: { file: "b.yaml", line: 2, column: 40 } });
  });
});

describe("places", () => {
  test.each([
    ["\n", "people.csv:6:3"],
    ["\r\n", "people.csv:6:3"],
    ["\r", "people.csv:6:3"],
  ])("are lines and columns of the file, with line end %j", async (end, where) => {
    const lines = ["sep=;", "", "Name;Email", `"a${end}b";a@example.com`, "", "x;"].join(end);
    const { findings, message } = await refusal(load({ "people.csv": lines.replace(`${end}${end}x`, `${end}x`) }));
    expect(findings.filter(aboutValues)).toMatchObject([
      { rule: "REQUIRED_VALUE_MISSING", place: { line: 6, column: 3 } },
    ]);
    expect(message).toContain(`${where}  REQUIRED_VALUE_MISSING`);
    expect(message).toContain("  6 | x;\n    |   ^");
  });

  test("of a developer", async () => {
    const { placeOf } = await load({ "people.csv": 'Name,Email\n"Ada\nLovelace","ada@example.com"\n' });
    expect(placeOf("ada@example.com")).toEqual({ file: "people.csv", line: 3, column: 11 });
  });

  test("of many findings cost time in proportion", async () => {
    const rows = (count: number) =>
      `Name,Email,Manager,Team\n${Array.from({ length: count }, (_, at) => `n,${at}@example.com,,=${at}`).join("\n")}`;
    const time = async (count: number) => {
      const start = performance.now();
      expect((await load({ "people.csv": rows(count) })).warnings).toHaveLength(count);
      return performance.now() - start;
    };
    await time(1000);
    // Ten times the rows take about ten times as long; in a quadratic way it would be a hundred times.
    expect((await time(30_000)) / (await time(3000))).toBeLessThan(50);
  });
});

test.each([
  ["=1+1", true],
  ["+1+1", true],
  ["@SUM(A1)", true],
  ["-cmd|' /C calc'!A0", true],
  ["\t=1", true],
  ["\r=1", true],
  ["-3", false],
  ["+49 30 123", false],
  ["-3.5%", false],
  ["+1 (555) 123-4567", false],
  ["-", false],
  ["a=b", false],
  ["", false],
])("%j is a formula: %s", async (text, expected) => {
  const { warnings, roster } = await load({ "a.csv": `Email,Team\nada@example.com,"${text}"\n` });
  expect(warnings.filter(aboutValues).map(({ rule }) => rule)).toEqual(expected ? ["CSV_FORMULA"] : []);
  expect(roster.developers.get("ada@example.com")?.attributes["Team"]).toBe(text);
});
