import { mkdirSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { checkTarget, writeExport } from "../../provider/cli/export-files.js";
import type { DeclaredRoster } from "../../provider/source/declared.js";
import { findFiles } from "../../provider/source/find-files.js";
import type { Finding } from "../../provider/source/finding.js";
import { validateSource } from "../../provider/source/findings/validation.js";
import { formatFindings } from "../../provider/source/format-findings.js";
import { formatYaml } from "../../provider/source/format-yaml.js";
import { InvalidSourceError, rosterFromCode } from "../../provider/source/load-roster.js";
import { EXAMPLES } from "../cli/rule-examples.js";
import { folderWith, TODAY } from "./folder.js";

type Files = Readonly<Record<string, string | Uint8Array>>;

const validated = (files: Files, source: readonly string[] = ["."]) =>
  validateSource(source, { asOf: TODAY, cwd: folderWith(files) });

/** `severity rule place: message`, one line for each finding. */
async function said(files: Files, source?: readonly string[]): Promise<readonly string[]> {
  const { findings } = await validated(files, source);
  return findings.map(
    ({ severity, rule, place, message, hint }) =>
      `${severity} ${rule} ${place?.file}:${place?.line}:${place?.column} ${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

const roster = (top: string, ada = "{ name: Ada }") => ({
  "roster.yaml": `version: 1\n${top}\ndevelopers:\n  ada@example.com: ${ada}\n`,
});

const PERSON = "version: 1\ndevelopers: { ada@example.com: { name: Ada } }\n";

describe("a link that leads out of the source", () => {
  const SECRET = "[default]\naws_secret_access_key = hunter2\n";

  /** A folder of the source, beside a file and a folder that are none of it. */
  function world(links: Readonly<Record<string, string>>): string {
    const cwd = folderWith({ "roster/a.yaml": PERSON, "aside/credentials.csv": SECRET, "aside/b.yaml": PERSON });
    mkdirSync(join(cwd, "roster/deep"));
    for (const [link, target] of Object.entries(links)) symlinkSync(target, join(cwd, link));
    return cwd;
  }

  async function refusals(source: readonly string[], cwd: string): Promise<readonly string[]> {
    const validation = await validateSource(source, { asOf: TODAY, cwd });
    const { findings, sources } = validation;
    expect(formatFindings(findings, { sources })).not.toContain("hunter2");
    expect([...sources.values()].join()).not.toContain("hunter2");
    return findings.map(({ rule, message }) => `${rule} ${message}`);
  }

  const REFUSED = (file: string) => `FILE_OUTSIDE ${file} is a link that leads out of the source, and is not read`;

  test.each<[string, readonly string[]]>([
    ["a folder", ["roster"]],
    ["a folder with a slash", ["./roster/"]],
    ["a glob", ["roster/*.yaml"]],
    ["a deep glob", ["roster/**/*.{yaml,csv}"]],
    ["a glob that begins further up", ["roster/../roster/*.yaml"]],
  ])("is refused in %s, and no line of it is shown", async (_, source) => {
    const cwd = world({ "roster/x.yaml": "../aside/credentials.csv" });
    expect(await refusals(source, cwd)).toEqual([REFUSED("roster/x.yaml")]);
  });

  test("is refused in the working directory", async () => {
    const cwd = world({ "roster/x.yaml": "../aside/credentials.csv" });
    expect(await refusals(["."], join(cwd, "roster"))).toEqual([REFUSED("x.yaml")]);
  });

  test("is refused when it is a folder, which is not walked through", async () => {
    const cwd = world({ "roster/deep/aside": "../../aside", "roster/deep/disk": "/" });
    expect(await refusals(["roster"], cwd)).toEqual([REFUSED("roster/deep/aside"), REFUSED("roster/deep/disk")]);
  });

  test("is nobody's business when it is no roster file", async () => {
    const cwd = world({ "roster/readme.md": "../aside/credentials.csv", "roster/.hidden.yaml": "../aside/b.yaml" });
    expect(await refusals(["roster"], cwd)).toEqual([]);
  });

  test("a name that begins like the folder is outside too", async () => {
    const cwd = folderWith({ "roster/a.yaml": PERSON, "roster-secret/b.yaml": SECRET });
    symlinkSync("../roster-secret/b.yaml", join(cwd, "roster/b.yaml"));
    expect(await refusals(["roster"], cwd)).toEqual([REFUSED("roster/b.yaml")]);
  });

  test("is neither formatted nor written over by an export", async () => {
    const cwd = world({ "roster/x.yaml": "../aside/b.yaml" });
    unlinkSync(join(cwd, "roster/a.yaml"));
    expect((await findFiles("roster", cwd)).files).toEqual([]);
    const target = { kind: "folder", path: join(cwd, "roster") } as const;
    await expect(checkTarget(target, false)).rejects.toThrow("has roster files already");
    const written = [{ name: "x.yaml", text: "version: 1\n" }];
    await expect(writeExport(target, written, true)).rejects.toThrow("x.yaml is a link that leads out of the source");
    expect(readFileSync(join(cwd, "aside/b.yaml"), "utf8")).toBe(PERSON);
  });

  test("is fine when it stays inside: one file, however often it is linked", async () => {
    const cwd = world({ "roster/z.yaml": "a.yaml", "roster/deep/up.yaml": "../a.yaml", "roster/deep/back": ".." });
    const { valid, files, developers } = await validateSource(["roster"], { asOf: TODAY, cwd });
    expect({ valid, files, developers }).toEqual({ valid: true, files: ["roster/a.yaml"], developers: 1 });
  });

  test("is fine when somebody names it, or what it leads to", async () => {
    const cwd = world({ "roster/b.yaml": "../aside/b.yaml", "linked.yaml": "aside/b.yaml", linked: "aside" });
    writeFileSync(join(cwd, "roster/a.yaml"), "version: 1\n");
    for (const source of [
      ["linked.yaml"],
      ["linked/*.yaml"],
      ["roster", "roster/b.yaml"],
      ["roster", "aside/*.yaml"],
    ]) {
      expect({ source, said: await refusals(source, cwd) }).toEqual({ source, said: [] });
    }
  });
});

describe("a value of 10,000 letters", () => {
  const LONG = "x".repeat(10_000);
  const LONGEST = 600;
  const findings: Finding[] = [];
  const lengthOf = ({ message, hint = "" }: Finding): number => Math.max(message.length, hint.length);

  afterEach(() => {
    const tooLong = findings.splice(0).filter((one) => lengthOf(one) > LONGEST);
    expect(tooLong.slice(0, 3).map(({ rule, message }) => `${rule} ${message.slice(0, 80)}`)).toEqual([]);
  });

  /** An address stays one: its length is at its beginning. */
  const lengthened = (word: string): string => (word.includes("@") ? `${LONG}${word}` : `${word}${LONG}`);

  /** The example of every rule, with each of its words made long where it stands first, and everywhere. */
  test.each(Object.entries(EXAMPLES).sort())("in the example of %s", async (_, { files, links, maxFileSize }) => {
    if (links !== undefined || maxFileSize !== undefined) return;
    const cwd = folderWith(files);
    for (const [file, text] of Object.entries(files)) {
      if (typeof text !== "string") continue;
      for (const word of new Set(text.match(/[\w@.-]+/g))) {
        for (const long of new Set([text.replace(word, lengthened), text.replaceAll(word, lengthened)])) {
          writeFileSync(join(cwd, file), long);
          findings.push(...(await validateSource(["."], { asOf: TODAY, cwd })).findings);
        }
      }
      writeFileSync(join(cwd, file), text);
    }
  });

  const WHOLE = {
    fields: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] },
    defaults: { Team: "Payments" },
    integrations: { github: 101 },
    developers: {
      "ada@example.com": {
        name: "Ada",
        manager: "grace@example.com",
        attributes: { Role: "Engineer" },
        identities: { github: "ada" },
        effective: { from: "2026-01-01", until: "2027-01-01" },
        previousEmails: ["old@example.com"],
      },
      "grace@example.com": { name: "Grace", identities: { github: "grace" } },
    },
    prune: "all",
    scope: { Team: ["Payments"] },
    manageFields: ["Role"],
    ignoreFields: ["Salary"],
    guards: { maxDelete: "10%", minDevelopers: 1, protect: ["cto@example.com"] },
    allow: [{ delete: ["bob@example.com"], reason: "x", until: "2026-12-31" }],
  };

  /** Every variant of a value with one part of it, or one key, replaced. */
  function* variants(value: unknown, by: unknown): Generator<unknown> {
    yield by;
    if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) for (const one of variants(item, by)) yield value.with(at, one);
    } else if (value !== null && typeof value === "object") {
      for (const [key, inner] of Object.entries(value)) {
        for (const one of variants(inner, by)) yield { ...value, [key]: one };
        yield { ...value, [lengthened(key)]: inner };
      }
    }
  }

  const VALUES = [
    LONG,
    `${LONG}@example.com`,
    "9".repeat(10_000),
    [LONG],
    { [LONG]: LONG },
    { [`${LONG}@example.com`]: null },
  ];

  test("in any place of a file", async () => {
    const cwd = folderWith({});
    for (const value of [LONG, [LONG], { "ada@example.com": LONG }]) {
      for (const variant of variants(WHOLE, value)) {
        const text = stringify({ version: 1, ...(variant as object) }, { lineWidth: 0 });
        writeFileSync(join(cwd, "roster.yaml"), text);
        findings.push(...(await validateSource(["roster.yaml"], { asOf: TODAY, cwd })).findings);
      }
    }
    expect(findings.length).toBeGreaterThan(200);
  }, 30_000);

  test("in any place of a roster in code", () => {
    for (const value of VALUES) {
      for (const variant of variants(WHOLE, value)) findings.push(...inCode(variant));
    }
    expect(findings.length).toBeGreaterThan(200);
  });

  test("as a tag, an alias, an anchor or a bare word", async () => {
    for (const value of [
      `!${LONG} x`,
      `*${LONG}`,
      `&${LONG} [*${LONG}]`,
      `{ ${LONG} ]`,
      `"${LONG}`,
      `- ${LONG}: ${LONG}: x`,
    ]) {
      findings.push(...(await validated(roster(`defaults: ${value}`))).findings);
    }
    expect(findings.length).toBeGreaterThan(5);
  });

  test("in a circle of many", async () => {
    const email = (at: number) => `${LONG}${at % 30}@example.com`;
    const people = Array.from(
      { length: 30 },
      (_, at) => `  - { email: ${email(at)}, name: x, manager: ${email(at + 1)} }`,
    );
    findings.push(...(await validated({ "a.yaml": `version: 1\ndevelopers:\n${people.join("\n")}\n` })).findings);
    expect(findings.map(({ message }) => /\.\.\. \(\d+ more\)/.test(message))).toContain(true);
  });
});

describe("names that only the account knows, without `fields`", () => {
  const SITES = "\n  bob@example.com: { name: Bob, Site: Berlin, Level 1: x }";
  const judged = (top: string, bob = SITES) =>
    said({ "r.yaml": `version: 1\n${top}\ndevelopers:\n  ada@example.com: { name: Ada }${bob}\n` });

  test.each<[string, readonly string[]]>([
    [
      "name: Ada",
      [
        'error UNKNOWN_KEY r.yaml:2:13 "name" in `defaults` would be a column; nobody\'s name comes from there (write `name` for each developer; `defaults` are for the other columns)',
      ],
    ],
    [
      "Manager Email: x@example.com",
      [
        'error UNKNOWN_KEY r.yaml:2:13 "Manager Email" in `defaults` would be a column; nobody\'s manager comes from there (write `manager` for each developer; `defaults` are for the other columns)',
      ],
    ],
    [
      "email: x@example.com",
      [
        'error UNKNOWN_KEY r.yaml:2:13 "email" in `defaults` would be a column; nobody\'s email comes from there (the email is the key of a developer; `defaults` are for the other columns)',
      ],
    ],
    [
      "effective: 2026-12-01",
      [
        'error UNKNOWN_KEY r.yaml:2:13 "effective" in `defaults` would be a column; nobody\'s effective comes from there (write `effective` for each developer; `defaults` are for the other columns)',
      ],
    ],
    [
      "managr: x@example.com",
      [
        'warning LIKELY_SLIP r.yaml:2:13 no developer has the column "managr" of `defaults`, which is like `manager` (write `manager` for each developer; `defaults` are for the other columns)',
      ],
    ],
    [
      "Stie: Rome",
      [
        'warning LIKELY_SLIP r.yaml:2:13 no developer has the column "Stie" of `defaults`, and some have "Site" (did you mean "Site"?)',
      ],
    ],
    ["Site: Rome", []],
    ["Team: Payments", []],
    ["Level 2: x", []],
  ])("defaults: { %s }", async (entry, expected) => {
    expect(await judged(`defaults: { ${entry} }`)).toEqual(expected);
  });

  test("a default for a column that is really called name is fine", async () => {
    expect(
      await judged("defaults: { name: x, managr: x }", "\n  bob@example.com: { attributes: { name: y, managr: z } }"),
    ).toEqual([]);
  });

  test.each<[string, readonly string[]]>([
    ["manageFields: [Site, name, manager, identities, Nobody]", []],
    [
      "manageFields: [Stie]",
      [
        'warning LIKELY_SLIP r.yaml:2:16 nobody has the field "Stie" in `manageFields`, and there is "Site" (did you mean "Site"?)',
      ],
    ],
    [
      "manageFields: [managers]",
      [
        'warning LIKELY_SLIP r.yaml:2:16 nobody has the field "managers" in `manageFields`, and there is "manager" (did you mean "manager"?)',
      ],
    ],
    [
      "ignoreFields: [identites]",
      [
        'warning LIKELY_SLIP r.yaml:2:16 nobody has the field "identites" in `ignoreFields`, and there is "identities" (did you mean "identities"?)',
      ],
    ],
    ["ignoreFields: [site, Level 2, Salary]", []],
    [
      "manageFields: [Site, Team]\nignoreFields: [Salary, site]",
      [
        'error IN_BOTH_LISTS r.yaml:3:24 "site" stands in `ignoreFields` and in `manageFields` (r.yaml:2:16) (keep it in one of them)',
      ],
    ],
  ])("%s", async (lists, expected) => {
    expect(await judged(lists)).toEqual(expected);
  });

  test("with `fields`, a slip in ignoreFields is seen too, and one field under two names", async () => {
    const fields = "fields: { name: Name, email: Email, managerEmail: Boss, attributes: [Site, Level 1] }\n";
    expect(await judged(`${fields}ignoreFields: [Siet]`)).toEqual([
      'warning LIKELY_SLIP r.yaml:3:16 nobody has the field "Siet" in `ignoreFields`, and there is "Site" (did you mean "Site"?)',
    ]);
    expect(await judged(`${fields}manageFields: [Boss]\nignoreFields: [manager]`)).toEqual([
      'error IN_BOTH_LISTS r.yaml:4:16 "manager" stands in `ignoreFields` and in `manageFields` (r.yaml:3:16) (keep it in one of them)',
    ]);
  });

  test("a column of an export that is ignored is no slip in another one", async () => {
    const files = {
      "a.csv": "Email,Name,Manager,Team,Teams\nada@example.com,Ada,,x,y\n",
      "r.yaml": "version: 1\nignoreFields: [Teams]\n",
    };
    expect(await said(files)).toEqual([]);
  });

  test("nothing is a slip while a part of the source cannot be read: it may stand there", async () => {
    const broken = {
      ...roster("defaults: { Stie: x }\nignoreFields: [Taem]", "{ Site: x, Team: y }"),
      "broken.yaml": "a: [",
    };
    expect((await said(broken)).filter((one) => one.includes("LIKELY_SLIP"))).toEqual([]);
  });

  test("in code too", () => {
    const declared = {
      developers: { "ada@example.com": { attributes: { Site: "x" } } },
      defaults: { Stie: "y", name: "z" },
    };
    expect(inCode(declared).map(({ rule, message }) => `${rule} ${message.slice(0, 40)}`)).toEqual([
      "LIKELY_SLIP defaults.Stie: no developer has the colu",
      'UNKNOWN_KEY defaults.name: "name" in `defaults` woul',
    ]);
  });
});

describe("a CSV without a column that somebody expects", () => {
  test("no column is the name or the manager: it says which there are, and how to say it", async () => {
    expect(await said({ "hris.csv": "Email,Employee,Mgr,Team\nada@example.com,Ada,grace@example.com,x\n" })).toEqual([
      'warning COLUMN_NOT_FOUND hris.csv:1:1 no column is the name of developers, and none the email of managers, so they are not managed from here; columns: "Email", "Employee", "Mgr", "Team" (is the name "Employee"? is the manager "Mgr"? say which column it is with `fields` in a YAML file of the source, or list `name` and `manager` under `ignoreFields` if there is none. Without a name, who is not live yet is refused when it is applied (REQUIRED_VALUE_MISSING))',
    ]);
  });

  test.each<[string, string, string, readonly string[]]>([
    ["with both", "Email,Full Name,Reports To", "", []],
    ["that is meant", "Email,Team", "ignoreFields: [name, manager]", []],
    ["with a name only", "Email,Name", "ignoreFields: [manager]", []],
  ])("%s: nothing", async (_, header, yaml, expected) => {
    const files = { "a.csv": `${header}\nada@example.com${",".repeat(header.split(",").length - 1)}\n` };
    const cells = header.includes("Name") ? { "a.csv": files["a.csv"].replace("com,", "com,Ada") } : files;
    expect(await said(yaml === "" ? cells : { ...cells, "r.yaml": `version: 1\n${yaml}\n` })).toEqual(expected);
  });

  const FIELDS =
    "version: 1\nfields:\n  name: Full Name\n  email: Email\n  managerEmail: Boss\n  attributes: [Team, Site, Level]\n";
  const csv = (header: string) =>
    `${header}\nada@example.com${",x@example.com".repeat(header.split(",").length - 1)}\n`;

  test("a column of `fields` that no CSV file of the source has", async () => {
    expect(
      await said({ "r.yaml": FIELDS, "a.csv": csv("Email,Team"), "b.csv": csv("Email,Site").replace("ada", "bob") }),
    ).toEqual([
      'warning COLUMN_NOT_FOUND r.yaml:3:9 no CSV file of the source has the column "Full Name", which `fields` names as the name (columns there: "Email", "Team", "Email", "Site"; correct `fields`, or list `name` under `ignoreFields`. Without a name, who is not live yet is refused when it is applied (REQUIRED_VALUE_MISSING))',
      'warning COLUMN_NOT_FOUND r.yaml:5:17 no CSV file of the source has the column "Boss", which `fields` names as the manager (columns there: "Email", "Team", "Email", "Site"; correct `fields`, or list `manager` under `ignoreFields`)',
      'warning COLUMN_NOT_FOUND r.yaml:6:15 no CSV file of the source has what `fields.attributes` lists as "Level"; the live values stay (if that is meant, list it under `ignoreFields`; else correct the name here or in the export)',
    ]);
  });

  test.each<[string, string]>([
    ["that another file has", ""],
    ["that is ignored", "ignoreFields: [Level, manager, Full Name]\n"],
    ["that is not managed", "manageFields: [Team]\n"],
  ])("a column %s is not missed", async (_, lists) => {
    const header = lists === "" ? "Email,Full Name,Boss,Team,Site,Level" : "Email,Team,Site";
    const text = csv(header).replace("x@example.com,x@", "Ada,ada@").replace(",ada@example.com", ",");
    expect(await said({ "r.yaml": `${FIELDS}${lists}`, "a.csv": text })).toEqual([]);
  });

  test("an attribute that a developer in YAML has is not missed; without a CSV nothing is", async () => {
    const person = "developers: { bob@example.com: { name: Bob, Level: x } }\n";
    expect(await said({ "r.yaml": `${FIELDS}${person}` })).toEqual([]);
    const ignore = "ignoreFields: [name, manager, Site]\n";
    expect(await said({ "r.yaml": `${FIELDS}${ignore}${person}`, "a.csv": csv("Email,Team") })).toEqual([]);
  });
});

describe("small things", () => {
  test.each<[string, string, string, string]>([
    ["|", "Name|Email\nAda|ada@example.com\n", "|", '"Name|Email"'],
    ["^", "Name^Email\nAda^ada@example.com\n", "^", '"Name^Email"'],
  ])("a CSV cut at %s names the delimiter, and what to do helps", async (_, text, delimiter, header) => {
    expect(await said({ "a.csv": text })).toEqual([
      `error REQUIRED_FIELD_MISSING a.csv:1:1 the header has no column for the email of developers: cut at commas, it is the one column ${header} (the columns are most likely cut at "${delimiter}": write sep=${delimiter} as the first line of the file, or export it with commas, semicolons or tabs)`,
    ]);
    expect((await validated({ "a.csv": `sep=${delimiter}\n${text}` })).valid).toBe(true);
  });

  test.each([
    [10, 2_000, "a.yaml has 2 KiB; the limit is 10 bytes"],
    [1024, 2_000, "a.yaml has 2 KiB; the limit is 1 KiB"],
    [1024, 1_025, "a.yaml has 1025 bytes; the limit is 1024 bytes"],
    [1536, 3 * 1024 ** 2, "a.yaml has 3 MiB; the limit is 1.5 KiB"],
    [2 * 1024 ** 2, 2 * 1024 ** 2 + 1, "a.yaml has 2097153 bytes; the limit is 2097152 bytes"],
  ])("a limit of %i bytes is said so, for a file of %i", async (maxFileSize, size, expected) => {
    const cwd = folderWith({ "a.yaml": "#".repeat(size) });
    const { findings } = await validateSource(["a.yaml"], { asOf: TODAY, cwd, maxFileSize });
    expect(findings.map(({ message }) => message)).toEqual([expected]);
  });

  describe("a YAML file whose lines end in carriage returns", () => {
    const TEXT = "version: 1\rdevelopers:\r  ada@example.com:\r    name: Ada\r    manger: x\r";

    test("is read as YAML says, and its lines are shown", async () => {
      const { findings, sources } = await validated({ "a.yaml": TEXT });
      expect(formatFindings(findings, { sources })).toContain("a.yaml:5:5  UNKNOWN_KEY");
      expect(formatFindings(findings, { sources })).toContain("\n  5 |     manger: x\n    |     ^\n");
      expect((await validated({ "a.yaml": TEXT.replace("manger: x", "Team: x") })).developers).toBe(1);
    });

    test("is formatted with line feeds", () => {
      const [a, b] = ["  b@example.com: {} # b", "  a@example.com: {}"];
      expect(formatYaml("a.yaml", `version: 1\rdevelopers:\r${a}\r${b}\r`)).toMatchObject({
        kind: "formatted",
        text: `version: 1\ndevelopers:\n${b}\n${a}\n`,
      });
    });
  });

  test("a checksum of nothing but digits is to be put in quotes", async () => {
    const allow = (plan: string) => roster(`allow: [{ plan: ${plan}, reason: x, until: 2026-12-31 }]`);
    expect(await said(allow("1234567890123456"))).toEqual([
      "error WRONG_TYPE roster.yaml:2:17 allow[0].plan must be the checksum of a plan: 16 to 64 digits 0-9a-f; it is 1234567890123456 (put it in quotes: without them YAML takes it for a number)",
    ]);
    expect(await said(allow('"1234567890123456"'))).toEqual([]);
    expect((await said(allow("12")))[0]).not.toContain("quotes");
  });

  test("a hint never ends in nothing", async () => {
    const fields = "fields: { name: Name, email: Email, managerEmail: Boss }\nscope: { Team: x }";
    const [finding] = await said(roster(fields));
    expect(finding).toContain("(`fields` has no attributes: add it to fields.attributes, as the account shows it)");
  });

  test.each([
    ["fields: { manager: Boss, name: Name, email: Email, managerEmail: B }", "managerEmail"],
    ["fields: { name: Name, email: Email, managerEmail: B, attrib: [] }", "attributes"],
    ["manage: [Team]", "manageFields"],
  ])("%s has a suggestion", async (top, meant) => {
    const [finding] = await said(roster(top));
    expect(finding).toContain(`(did you mean \`${meant}\`?)`);
  });

  test("an exception for nobody is a warning", async () => {
    const allow = (lists: string) => roster(`allow: [{ ${lists}, reason: x, until: 2026-12-31 }]`);
    expect(await said(allow("delete: [], update: []"))).toEqual([
      "warning ALLOW_NOBODY roster.yaml:2:9 this exception names nobody, so it allows nothing (name people, or take it out)",
    ]);
    expect(await said(allow("delete: [], update: [ada@example.com]"))).toEqual([]);
  });

  test("spaces around an identity stay, with a warning, and make no other identity", async () => {
    const people = (ada: string, bob: string) => ({
      "r.yaml": `version: 1\ndevelopers:\n  ada@example.com: { identities: { 101: ${ada} } }\n  bob@example.com: { identities: { 101: ${bob} } }\n`,
    });
    expect(await said(people("ada", "'bob '"))).toEqual([
      'warning IDENTITY_WITH_SPACES r.yaml:4:36 the identity "bob " of bob@example.com has spaces around it (it is kept so; take them out if nobody meant them)',
    ]);
    const twice = await validated(people("ada", "' ada '"));
    expect(twice.findings.map(({ rule }) => rule).sort()).toEqual(["IDENTITY_CLAIMED_TWICE", "IDENTITY_WITH_SPACES"]);
    const { roster: kept } = rosterFromCode(
      { developers: { "ada@example.com": { identities: { 101: " ada " } } } },
      { asOf: TODAY },
    );
    expect([...(kept.developers.get("ada@example.com")?.identities ?? [])]).toEqual([[101, " ada "]]);
  });

  const TEXT = "version: 1\ndevelopers: { zoe@example.com: { name: Zoë 👩‍💻 } }\n";
  const utf32 = (text: string, little: boolean, mark: boolean): Uint8Array => {
    const points = [...(mark ? "\ufeff" : ""), ...text].map((one) => one.codePointAt(0) ?? 0);
    const view = new DataView(new ArrayBuffer(points.length * 4));
    for (const [at, point] of points.entries()) view.setUint32(at * 4, point, little);
    return new Uint8Array(view.buffer);
  };
  const plain = TEXT.replace(/ 👩.*💻/u, "");

  test.each<[string, Uint8Array, string, string]>([
    ["UTF-32LE with a mark", utf32(TEXT, true, true), "it is UTF-32LE", "iconv -f UTF-32LE -t UTF-8"],
    ["UTF-32BE with a mark", utf32(TEXT, false, true), "it is UTF-32BE", "iconv -f UTF-32BE -t UTF-8"],
    ["UTF-32LE without one", utf32(plain, true, false), "it is UTF-32LE", "iconv -f UTF-32LE -t UTF-8"],
    ["UTF-32BE without one", utf32(plain, false, false), "it is UTF-32BE", "iconv -f UTF-32BE -t UTF-8"],
    ["nothing but NUL", new Uint8Array(4096), "nothing but NUL bytes", "restore it from git"],
    ["one NUL", new Uint8Array(1), "nothing but NUL bytes", "restore it from git"],
    [
      "a picture",
      Buffer.from(`89504e470d0a1a0a${"0000000d49484452".repeat(20)}`, "hex"),
      "a binary file",
      "name a YAML or CSV",
    ],
  ])("%s is called so, with what to do", async (_, bytes, is, todo) => {
    for (const [file, rule] of [
      ["a.yaml", "FILE_NOT_UTF8"],
      ["a.csv", "INVALID_CSV"],
    ] as const) {
      const [finding, ...more] = (await validated({ [file]: bytes })).findings;
      expect([finding?.rule, more]).toEqual([rule, []]);
      expect(finding?.message).toContain(is);
      expect(finding?.hint).toContain(todo);
    }
  });

  test("paths that are not there are no files", async () => {
    const counted = async (files: Files, source: readonly string[]) => {
      const { findings, sources } = await validated(files, source);
      return formatFindings(findings, { sources }).split("\n").at(-1);
    };
    expect(await counted({}, ["gone.yaml", "away/*.yaml"])).toBe("2 problems in 2 paths");
    expect(await counted({ "a.yaml": "a: [" }, ["gone.yaml", "a.yaml"])).toBe("2 problems in 2 paths");
    expect(await counted({ "a.yaml": "a: [" }, ["a.yaml"])).toBe("1 problem in 1 file");
  });
});

/** What is wrong with a roster in code, warnings too. */
function inCode(declared: unknown): readonly Finding[] {
  try {
    return rosterFromCode(declared as DeclaredRoster, { asOf: TODAY }).warnings;
  } catch (error) {
    if (error instanceof InvalidSourceError) return error.findings;
    throw error;
  }
}
