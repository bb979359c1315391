import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { diagnostics, expectExit, makeWorld, STACK, type World, withEngine } from "./engine";

jest.setTimeout(180_000);

const PROJECT = join(__dirname, "programs", "sources");

const download = (world: World) =>
  fetch(`${world.sei.url}/v2/developers`, { headers: { "x-api-key": "simulator", accept: "text/csv" } }).then(
    (answer) => answer.text(),
  );

/** The mailboxes of everybody who is live: the EMAIL column is the second. */
const emails = async (world: World) =>
  (parse(await download(world)) as string[][])
    .slice(1)
    .map(([, email = ""]) => email.replace("example.com", ""))
    .sort();

/** An HRIS export beside what governs: semicolons, CRLF, a byte order mark and a column that nobody wants. */
const hris = (rows: readonly string[]) =>
  `\ufeff${["Name;Email;Manager Email;Team;Salary", ...rows].join("\r\n")}\r\n;;;;\r\n`;

withEngine("a source of YAML and CSV, as of a day", () => {
  let world: World;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sei-sources-"));
    await writeFile(
      join(folder, "company.yaml"),
      `version: 1
fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [Team] }
ignoreFields: [Salary]
allow:
  - { delete: [nobody@example.com], reason: "HR-1", until: 2026-11-01 }
developers:
  grace@example.com: { name: Grace Hopper, manager: null, Team: Leads }
  nia@example.com: { name: Nia Okafor, manager: grace@example.com, effective: { from: 2026-12-01 } }
  old@example.com: { name: Old Timer, manager: grace@example.com, effective: { until: 2026-11-30 } }
`,
    );
    await writeFile(
      join(folder, "hris.csv"),
      hris(['"Lovelace; Ada";Ada@example.com;grace@example.com;Engines;1', "Bob;bob@example.com;ada@example.com;;2"]),
    );
    world = await makeWorld({ project: PROJECT });
    await world.stack.config("sources:kind", "files");
    await world.stack.config("sources:source", folder);
    await world.stack.config("sources:asOf", "2026-11-21");
  });
  afterAll(async () => {
    await world?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("who joins later is not created yet; an exception that has expired is a warning", async () => {
    const ran = await world.stack.up();
    expectExit(ran, 0);
    expect(diagnostics(ran)).toContain("warning ALLOW_EXPIRED");
    expect(await emails(world)).toEqual(["ada@", "bob@", "grace@", "old@"]);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
    expect(await download(world)).not.toContain("Salary");
  });

  test("the day brings its changes, and the preview says which day", async () => {
    await world.stack.config("sources:asOf", "2026-12-01");
    const preview = await world.stack.preview();
    expectExit(preview, 0);
    expect(diagnostics(preview)).toContain("+ nia@example.com  Nia Okafor joins as of 2026-12-01, reports to grace@");
    expect(diagnostics(preview)).toContain("- old@example.com  Old Timer leaves, last day 2026-11-30");
    expectExit(await world.stack.up(), 0);
    expect(await emails(world)).toEqual(["ada@", "bob@", "grace@", "nia@"]);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("a CSV that cannot be read says where, in one message without a stack, and nothing is written", async () => {
    await writeFile(join(folder, "hris.csv"), hris(['"Ada;ada@example.com;grace@example.com;Engines;1']));
    world.writes();
    const ran = await world.stack.preview();
    expect(ran.code).not.toBe(0);
    expect(diagnostics(ran)).toMatch(/hris\.csv:2:1 {2}INVALID_CSV/);
    expect(diagnostics(ran)).not.toMatch(STACK);
    expect(world.writes()).toEqual([]);
  });

  test("a day that is none is refused", async () => {
    await world.stack.config("sources:asOf", "tomorrow");
    const ran = await world.stack.preview();
    expect(ran.code).not.toBe(0);
    expect(diagnostics(ran)).toContain('asOf must be a day such as "2026-12-01"; it is "tomorrow"');
    expect(diagnostics(ran)).not.toMatch(STACK);
  });
});

withEngine("a roster in code whose parts are outputs", () => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld({ project: PROJECT });
    await world.stack.config("sources:kind", "code");
    await world.stack.config("sources:lead", "ada@example.com");
    await world.stack.config("sources:asOf", "2026-11-21");
  });
  afterAll(() => world?.close());

  test("a manager who is known only later: previewed, created, and nothing left to do", async () => {
    expectExit(await world.stack.preview(), 0);
    expectExit(await world.stack.up(), 0);
    expect(await emails(world)).toEqual(["ada@", "bob@", "eve@"]);
    expectExit(await world.stack.preview("--expect-no-changes"), 0);
  });

  test("a second roster of the program that declares one of them is refused in the preview", async () => {
    await world.stack.config("sources:again", "ADA@example.com");
    const ran = await world.stack.preview();
    expect(ran.code).not.toBe(0);
    expect(diagnostics(ran)).toContain("declared by two rosters of this program");
    expect(diagnostics(ran)).toContain("ada@example.com");
    expect(diagnostics(ran)).not.toMatch(STACK);
    await world.stack.config("sources:again", "");
  });

  test("another output is another manager", async () => {
    await world.stack.config("sources:lead", "eve@example.com");
    const ran = await world.stack.up();
    expect(ran.code).not.toBe(0);
    expect(diagnostics(ran)).toContain("MANAGER_LEAVES_FIRST");
    expect(diagnostics(ran)).not.toMatch(STACK);
  });
});
