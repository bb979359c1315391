import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CATALOGUE } from "../../provider/source/catalogue/rule-catalogue.js";
import { folderWith } from "../source/folder.js";
import { type Ended, seiRoster } from "./child.js";

const GOLDEN = join(__dirname, "golden");

/** A roster with errors and warnings in YAML and CSV, in a folder and a file whose names need care. */
const BAD = folderWith({
  "roster/teams/cards, b.yaml": `version: 1
developers:
  ada@example.com:
    name: Ada Lovelace
    manager: grcae@example.com
    identities: { "x\\n::set-output name=team::cards": ada }
  grace@example.com: { name: Grace Hopper, manger: null }
  bob@example.com: { name: Bob, effective: { until: 2026-11-30 }, manager: eve@example.com }
`,
  "roster/people.csv": 'Email,Name,Team\r\neve@example.com,Eve,=1+1\r\nGRACE@example.com,"Grace\r\nHopper",Cards\r\n',
});

const GOOD = folderWith({
  "a.yaml": `version: 1
developers:
  ada@example.com: { name: Ada Lovelace }
`,
  "b.csv": "Email,Name,Manager Email\nbob@example.com,Bob,ada@example.com\n",
  "warn.csv": "Email,Name,Manager\neve@example.com,=Eve,\n",
  "allow.yaml": `version: 1
allow:
  - { delete: [bob@example.com], reason: HR-123, until: 2026-11-20 }
developers:
  ada@example.com: { name: Ada }
`,
  "none/readme.txt": "nobody",
});

const AS_OF = ["--as-of", "2026-11-21"];

/** What must come out, and where; undefined: anything. */
interface Expected {
  readonly code: number;
  readonly out?: string | RegExp;
  readonly err?: string | RegExp;
}

const valid: Expected = { code: 0, err: "" };
const invalid = (out: RegExp): Expected => ({ code: 1, out, err: "" });
const wrongUsage = (err: RegExp): Expected => ({ code: 1, out: "", err });

const CASES: readonly (readonly [name: string, args: readonly string[], expected: Expected])[] = [
  [
    "two files make one roster",
    ["a.yaml", "b.csv", ...AS_OF],
    { ...valid, out: "valid: 2 developers in 2 files, as of 2026-11-21\n" },
  ],
  [
    "alone, the manager is missing",
    ["b.csv"],
    invalid(/MANAGER_EMAIL_MISSING.*\n.*\n.*\n.*\n\n1 problem in 1 file\n$/),
  ],
  ["--quiet says nothing when all is well", ["a.yaml", "--quiet"], { ...valid, out: "" }],
  ["today is a day", ["a.yaml"], { ...valid, out: /^valid: 1 developer in 1 file, as of \d{4}-\d\d-\d\d\n$/ }],
  [
    "warnings alone are no error",
    ["warn.csv"],
    { ...valid, out: /warning CSV_FORMULA.*1 warning in 1 file\n\nvalid: 1/s },
  ],
  ["--quiet keeps warnings", ["warn.csv", "--quiet"], { ...valid, out: /1 warning in 1 file\n$/ }],
  ["github: all is well", ["a.yaml", "--output", "github", "--quiet"], { ...valid, out: "" }],
  ["an exception that has expired", ["allow.yaml", ...AS_OF], invalid(/ALLOW_EXPIRED/)],
  ["--as-of moves the day", ["allow.yaml", "--as-of", "2026-11-20"], valid],
  ["a file above the limit", ["a.yaml", "--max-file-size", "0.02KiB"], invalid(/FILE_TOO_LARGE/)],
  ["a file below the limit", ["a.yaml", "--max-file-size", "1"], valid],
  ["a file that is not there", ["nobody.yaml"], invalid(/FILE_NOT_FOUND/)],
  ["a folder without a roster", ["none"], invalid(/NO_FILES/)],
  ["a day that is none", ["a.yaml", "--as-of", "2026-02-30"], wrongUsage(/YYYY-MM-DD/)],
  ["a size that is none", ["a.yaml", "--max-file-size", "64 apples"], wrongUsage(/64MiB/)],
  ["an output that is none", ["a.yaml", "--output", "xml"], wrongUsage(/text, json, github, sarif/)],
  ["no source", [], wrongUsage(/there is no source: name files or folders/)],
  ["an empty source, as a variable leaves it", [""], wrongUsage(/must not be empty/)],
];

test("exit codes: 0 without errors, 1 with errors and for wrong usage; findings are data, complaints are not", async () => {
  const ended = await batched(
    CASES.map(
      ([, args]) =>
        () =>
          seiRoster(["validate", ...args], { cwd: GOOD }),
    ),
  );
  for (const [at, [name, , { code, out, err }]] of CASES.entries()) {
    const got = ended[at];
    expect([name, got?.code]).toEqual([name, code]);
    expect([name, got?.out]).toEqual([name, expected(out)]);
    expect([name, got?.err]).toEqual([name, expected(err)]);
  }
}, 60_000);

/** Golden files: `GOLDEN=write npx jest --selectProjects unit --testPathPatterns test/cli/validate` writes them anew. */
test("each output is what the golden files hold, without a key, an endpoint or a colour", async () => {
  const outputs = ["text", "json", "github", "sarif"];
  const env = { NO_COLOR: "1", SEI_API_KEY: "", SEI_ENDPOINT: "http://127.0.0.1:1" };
  const ended = await batched(
    outputs.map((output) => () => seiRoster(["validate", "roster", "--output", output, ...AS_OF], { cwd: BAD, env })),
  );
  for (const [at, output] of outputs.entries()) {
    const { code, out, err } = ended[at] ?? {};
    expect([output, code, err]).toEqual([output, 1, ""]);
    const text = output === "sarif" ? withoutRules(out ?? "") : (out ?? "");
    const path = join(GOLDEN, `validate-${output}.txt`);
    if (process.env["GOLDEN"] === "write") writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, "utf8"));
    expect(out).not.toMatch(/^\s*::set-output/m);
  }
}, 60_000);

/** The rules have a test of their own, and the version changes. */
function withoutRules(text: string): string {
  const sarif = JSON.parse(text);
  const { driver } = sarif.runs[0].tool;
  expect(driver.rules.map(({ id }: { id: string }) => id)).toEqual([...CATALOGUE.keys()]);
  for (const { id, help } of driver.rules) expect(help.text).toContain(CATALOGUE.get(id)?.fix);
  driver.rules = [];
  driver.version = "";
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function expected(wanted: string | RegExp | undefined): unknown {
  if (wanted === undefined) return expect.any(String);
  return typeof wanted === "string" ? wanted : expect.stringMatching(wanted);
}

/** A few at a time: a process is most of the work of a test. */
async function batched(runs: readonly (() => Promise<Ended>)[]): Promise<readonly Ended[]> {
  const ended: Ended[] = [];
  for (let at = 0; at < runs.length; at += 4) {
    ended.push(...(await Promise.all(runs.slice(at, at + 4).map((run) => run()))));
  }
  return ended;
}
