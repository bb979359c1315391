import { validateSource } from "../../provider/source/findings/validation.js";
import { formatFindings } from "../../provider/source/format-findings.js";
import { folderWith, TODAY } from "./folder.js";

type Files = Readonly<Record<string, string | Uint8Array>>;

/** `RULE line:column message (hint)`, one line for each finding. */
async function said(files: Files): Promise<readonly string[]> {
  const { findings } = await validateSource(["."], { asOf: TODAY, cwd: folderWith(files) });
  return findings.map(
    ({ rule, place, message, hint }) =>
      `${rule} ${place?.line}:${place?.column} ${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

const yaml = (text: string) => said({ "a.yaml": text });
const people = (text: string) => yaml(`version: 1\ndevelopers:\n${text}`);
const csv = (rows: string) => said({ "a.csv": `Name,Email,Manager Email\n${rows}` });

const ADA = "  ada@example.com: { name: Ada }\n";

describe("a merge conflict", () => {
  const CONFLICT = `<<<<<<< HEAD\n${ADA}=======\n  ada@example.com: { name: A }\n>>>>>>> team\n`;
  const SAYS = "a merge conflict of git that nobody has solved begins here";
  const KEEP = "keep the right lines of both sides, and take out the markers at";

  test("in YAML is one error", async () => {
    expect(await people(CONFLICT)).toEqual([
      `MERGE_CONFLICT 3:1 ${SAYS} (${KEEP} a.yaml:3:1, a.yaml:5:1 and a.yaml:7:1)`,
    ]);
  });

  test("in a CSV is one error, in its header too, and with the common ancestor", async () => {
    expect(await csv("<<<<<<< HEAD\nAda,ada@example.com,\n=======\nA,ada@example.com,\n>>>>>>> team\n")).toEqual([
      `MERGE_CONFLICT 2:1 ${SAYS} (${KEEP} a.csv:2:1, a.csv:4:1 and a.csv:6:1)`,
    ]);
    expect(
      await said({ "a.csv": "<<<<<<< HEAD\r\nEmail\r\n||||||| 1a\r\nMail\r\n=======\r\nE\r\n>>>>>>> x\r\na@b.c\r\n" }),
    ).toEqual([`MERGE_CONFLICT 1:1 ${SAYS} (${KEEP} a.csv:1:1, a.csv:5:1 and a.csv:7:1)`]);
  });

  test("is counted, and found where it breaks the quotes", async () => {
    const found = await csv(
      '<<<<<<< HEAD\n"A,ada@example.com,\n=======\n>>>>>>> x\n<<<<<<< HEAD\n=======\nB,b@x.io,\n>>>>>>> x\n',
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(`MERGE_CONFLICT 2:1 ${SAYS}, and 1 more in this file`);
  });

  test("is none inside of a value", async () => {
    const underlined = "Title\n=======\n>>>>>>> quoted\n";
    const whole = "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n";
    expect(
      await said({
        "a.csv": `Name,Email,Manager Email,Bio\nAda,ada@example.com,,"${underlined}"\nBo,b@x.io,,"see\n${whole}"\n`,
      }),
    ).toEqual([]);
    const indented = whole.replace(/^/gm, "      ");
    expect(await people(`  ada@example.com:\n    name: Ada\n    Bio: |\n${indented}\n`)).toEqual([]);
    expect(await people(`${ADA}# ======= \n#<<<<<<< a\n#>>>>>>> b\n`)).toEqual([]);
  });
});

describe("advice in a CSV is for a spreadsheet", () => {
  test.each([
    ["Ada,ada@example.com,ada@example.com\n", "name another manager, or leave the cell blank for nobody"],
    [
      "Ada,ada@example.com,bo@x.io\nBo,bo@x.io,ada@example.com\n",
      "give one of them another manager, or leave the cell blank for nobody",
    ],
    [" ,ada@example.com,\n", "write the name into the cell, or take the row out"],
    ["Ada,ada@example.com\n", "write the cells that are missing, blank ones too; check that the row was not cut off"],
    ["Ada,,,ada@example.com\n", "a value with a delimiter or a line end in it is written in quotes"],
    ["Ada,ada,\n", "write the address, or take the row out"],
  ])("%j", async (rows, hint) => {
    const found = await csv(rows);
    expect(found.map((line) => line.replace(/^.*? \((.*)\)$/, "$1"))).toEqual([hint]);
  });

  test.each(["null", "none", "-", "N/A", "#N/A", "Nobody"])("%j as the manager is a blank cell", async (manager) => {
    expect((await csv(`Ada,ada@example.com,${manager}\n`)).join()).toMatch(/^INVALID_EMAIL .*leave the cell blank/);
  });

  test("and in YAML for YAML", async () => {
    expect((await people("  ada@example.com: { name: Ada, manager: ada@example.com }\n")).join()).toContain(
      "(name another manager, or null for nobody)",
    );
    expect((await people('  ada@example.com: { name: Ada, manager: "none" }\n')).join()).toContain(
      "(for nobody write null, without quotes)",
    );
    expect((await people('  ada@example.com: { name: " " }\n')).join()).toContain("leave the key out");
  });
});

describe("an address with something around it", () => {
  const MEANT = "(did you mean grace@example.com, without what stands around it?)";

  test.each(["Grace Hopper <grace@example.com>", "Hopper (Grace) <Grace@example.com>"])(
    "%s is guessed",
    async (written) => {
      expect((await csv(`Ada,${written},\n`)).join()).toContain(MEANT);
      expect((await csv(`Ada,ada@example.com,${written}\n`)).join()).toContain(MEANT);
      expect((await people(`  ada@example.com: { name: Ada, manager: ${written} }\n`)).join()).toContain(MEANT);
    },
  );

  test.each(["g@x.io;g2@x.io", "g@x.io / g2@x.io", "g@x.io g2@x.io"])("%s is several", async (written) => {
    expect((await csv(`Ada,${written},\n`)).join()).toContain("(these are 2 addresses; write one of them)");
  });
});

test("a header in the middle of a CSV is two exports put together", async () => {
  const again = "this row is a header again, as when two exports are put together";
  expect((await csv("Ada,ada@example.com,\nName, email ,Manager Email\nBo,b@x.io,\n")).join()).toMatch(
    new RegExp(`^INVALID_EMAIL 3:6 .*${again}`),
  );
  expect((await csv("Ada,ada@example.com,\nName,Email\nBo,b@x.io,\n")).join()).toMatch(
    new RegExp(`^WRONG_CELL_COUNT 3:1 .*${again}`),
  );
});

describe("a slip of YAML says what to do", () => {
  test.each([
    ['  ada@example.com:\n    name: "Ada\n', 'close it with "'],
    ["  ada@example.com:\n    name: 'Ada\n", "close it with '"],
    ["  ada@example.com: { name: Ada\n", "close it with }"],
    ["  ada@example.com:\n    previousEmails: [a@x.io\n", "close it with ]"],
    ["  ada@example.com:\n    name:Ada\n", "a key is followed by a colon and a space: name: Ada"],
    ["  ada@example.com:\n    name:Ada\n    Team: P\n", "a key is followed by a colon and a space"],
    ["  ada@example.com:\n    previousEmails: - a@x.io\n", "begin it on a line of its own, below the key"],
    ["- email: ada@example.com\n name: Ada\n", "begin the item with a dash and a space"],
    ["  ada@example.com: { name: Ada, identities: }\n", "take the key out, or write below it what belongs there"],
    ["  ada@example.com:\n    name: Ada\n    previousEmails:\n", "take the key out, or write below it"],
    ["  ada@example.com: { name: Ada, effective: { from: 01/02/2026 } }\n", "2026-01-02 or 2026-02-01?"],
    ["  ada@example.com: { name: Ada, effective: { from: 25.12.2026 } }\n", "write the year first: 2026-12-25?"],
    ["  ada@example.com: { name: Ada, effective: { from: 2026-12-01T00:00:00Z } }\n", "did you mean 2026-12-01?"],
    ["  ada@example.com: { name: Ada, effective: { from: 2026-1-5 } }\n", "did you mean 2026-01-05?"],
    ["  ada@example.com: { name: Ada, effective: { from: 2026-02-30 } }\n", "(correct the day)"],
  ])("%j", async (text, hint) => {
    expect((await people(text)).join("\n")).toContain(hint);
  });

  test.each([
    [`version: "1"\ndevelopers:\n${ADA}`, "write it without quotes"],
    ["", "begin it with version: 1"],
    ["# nothing\n", "begin it with version: 1"],
    ...["defaults", "guards", "allow", "scope", "integrations", "manageFields"].map((key) => [
      `version: 1\n${key}:\ndevelopers:\n${ADA}`,
      "(take the key out, or write below it what belongs there)",
    ]),
    [`version: 1\nguards: { protect: nobody }\ndevelopers:\n${ADA}`, "write it as a list: protect: [nobody]"],
  ] as [string, string][])("%j", async (text, hint) => {
    expect((await yaml(text)).join("\n")).toContain(hint);
  });

  test("a file that is too large names the flag", async () => {
    const cwd = folderWith({ "a.yaml": `version: 1\ndevelopers:\n${ADA}` });
    const { findings } = await validateSource(["."], { asOf: TODAY, cwd, maxFileSize: 10 });
    expect(formatFindings(findings, { sources: new Map() })).toContain("raise the limit with --max-file-size");
  });
});

describe("what Excel and downloads do to a CSV", () => {
  const BADGES = "Name,Email,Manager Email,Badge\n";

  test('="007" is a formula that keeps zeros', async () => {
    expect((await said({ "a.csv": `${BADGES}Ada,ada@example.com,,="007"\n` })).join()).toMatch(
      /^INVALID_CSV 2:23 .*keeps the zeros: export the values/,
    );
    expect((await said({ "a.csv": `${BADGES}Ada,ada@example.com,,"=""007"""\n` })).join()).toMatch(
      /^CSV_FORMULA 2:22 .*keeps the zeros/,
    );
  });

  test.each(["Employees\n", "Employees,,\n", "Report of 2026-11-21\n\n# by HR\n"])(
    "a title above the header: %j",
    async (title) => {
      const found = await said({ "a.csv": `${title}Name;Email;Manager Email\nAda;ada@example.com;\n` });
      const line = title.split("\n").length;
      expect(found.join()).toContain(`(the header looks to be at a.csv:${line}:1: take out the rows above it)`);
    },
  );

  test.each(["<!DOCTYPE html>\n<p>Log in</p>\n", "\n <html><body>x</body></html>", "<table><tr><td>Email</td></tr>"])(
    "a web page: %j",
    async (page) => {
      const found = await said({ "a.csv": page });
      expect(found).toHaveLength(1);
      expect(found[0]).toContain("INVALID_CSV 1:1 this is a web page (HTML) and no CSV");
    },
  );

  test("Ctrl-Z alone on the last line is the end of the file", async () => {
    expect(await csv("Ada,ada@example.com,\r\n\x1a")).toEqual([]);
    expect((await csv("Ada,ada@example.com,\x1a")).join()).toContain("without the invisible U+001A");
  });
});
