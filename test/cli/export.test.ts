import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { liveSettings } from "../../provider/cli/connect-live.js";
import { plan } from "../../provider/roster/plan.js";
import { connect } from "../../provider/sei/client.js";
import { loadRoster } from "../../provider/source/load-roster.js";
import { type Client, start as startAccount, started } from "../simulator/support.js";
import { folderWith, TODAY } from "../source/folder.js";
import { NASTY } from "../source/wild-roster.js";
import { policy } from "../support/people.js";
import { type Ended, seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const KEY = "simulator";

/** Names and teams that are hard to write down, but that a CSV upload can hold. */
const PEOPLE = [
  ["Name", "Email", "Manager Email", "Team", "Cost Center", "name of pet"],
  ["Grace Hopper", "grace@example.com", "", "Payments", "007", "no"],
  ['Ada "Countess" Lovelace', "ada@example.com", "grace@example.com", "R&D / Ops", "1e3", "a: b # c"],
  ["Zoë\nQ", "zoe@example.com", "ada@example.com", "payments", "2026-01-01", "=cmd()"],
  ["- x", "o'neil+1@example.com", "grace@example.com", "con", "0x10", "👩‍💻"],
  ["yes", "007@example.com", "grace@example.com", "", "~", "it's"],
];
const CSV = stringify(PEOPLE);

interface Run extends Ended {
  readonly cwd: string;
}

function run(account: Client, args: readonly string[], cwd = folderWith({})): Promise<Run> {
  const env = { SEI_API_KEY: KEY, SEI_ENDPOINT: account.url };
  return seiRoster(["export", ...args], { cwd, env }).then((ended) => ({ ...ended, cwd }));
}

/** What `plan` says of a source of that folder. */
async function changes(account: Client, source: string, cwd: string) {
  const { roster } = await loadRoster(source, { asOf: TODAY, cwd });
  const { reader, close } = connect({ endpoint: account.url, apiKey: KEY });
  const live = await reader.readRoster({ identities: true });
  await close();
  expect(roster.developers.size).toBe(live.developers.size);
  return plan(roster, live, policy({ prune: "all" })).changes;
}

async function account(): Promise<Client> {
  const client = await started({}, CSV);
  await client.identify([
    { email: "ada@example.com", integrationId: 101, identity: "yes" },
    { email: "zoe@example.com", integrationId: 102, identity: "081de7ae" },
  ]);
  return client;
}

const names = (folder: string) => readdirSync(folder).sort();
const texts = (folder: string) => names(folder).map((name) => [name, readFileSync(join(folder, name), "utf8")]);

test("an export is YAML on stdout, its plan is empty, and nothing is written to the account", async () => {
  const client = await account();
  client.resetRequests();
  const { code, out, err, cwd } = await run(client, ["--integration", "github=101"]);
  expect([code, err]).toEqual([0, "exported 5 developers\n"]);
  expect(client.requests().filter(({ method }) => method !== "GET")).toEqual([]);
  expect(out).toMatch(/^# yaml-language-server: .*\nversion: 1\nfields:\n/);
  expect(out).toContain('    identities:\n      github: "yes"\n');
  writeFileSync(join(cwd, "roster.yaml"), out);
  expect(await changes(client, "roster.yaml", cwd)).toEqual([]);
});

test("whatever an account holds comes through the API, the command and the loader: in one file, split, and again", async () => {
  const client = await started({}, "Name,Email,Manager Email,Team,__proto__\nGrace,grace@example.com,,,\n");
  await client.upsert(
    NASTY.map((text, at) => ({
      Name: `N${text}N`,
      Email: `p${at}@example.com`,
      "Manager Email": "grace@example.com",
      Team: text,
    })),
  );
  const { code, cwd } = await run(client, ["--file", "roster.yaml"]);
  expect([code, await changes(client, "roster.yaml", cwd)]).toEqual([0, []]);
  const split = await run(client, ["--split-by", "Team", "--directory", "roster"], cwd);
  expect([split.code, await changes(client, "roster", cwd)]).toEqual([0, []]);
  expect(names(join(cwd, "roster")).length).toBeGreaterThan(100);
  const again = await run(client, ["--split-by", "Team", "--directory", "again"], cwd);
  expect([again.code, texts(join(cwd, "again"))]).toEqual([0, texts(join(cwd, "roster"))]);
});

test("split by a column: one private file for each value, byte-identical the next time", async () => {
  const client = await account();
  const { code, out, err, cwd } = await run(client, ["--split-by", "team", "--directory", "roster"]);
  expect([code, out, err]).toEqual([0, "", "written: 5 files in roster\nexported 5 developers\n"]);
  expect(names(join(cwd, "roster"))).toEqual(
    ["con-a1.yaml", "payments-a1.yaml", "payments.yaml", "r-d-ops.yaml", "roster.yaml"].map((name) =>
      expect.stringMatching(new RegExp(`^${name.replace("-a1", "-[0-9a-f]{8}")}$`)),
    ),
  );
  expect(await changes(client, "roster", cwd)).toEqual([]);
  for (const name of names(join(cwd, "roster"))) expect(statSync(join(cwd, "roster", name)).mode & 0o777).toBe(0o600);

  const before = texts(join(cwd, "roster"));
  const again = await run(client, ["--split-by", "Team", "--directory", "roster"], cwd);
  expect([again.code, again.err]).toEqual([1, expect.stringMatching(/^error: roster has roster files already/)]);
  expect(await run(client, ["--split-by", "Team", "--directory", "roster", "--force"], cwd)).toMatchObject({ code: 0 });
  expect(texts(join(cwd, "roster"))).toEqual(before);
});

test("a file of a value that is gone is named, and nothing is written; a file of guards may stay", async () => {
  const client = await account();
  const args = ["--split-by", "Team", "--directory", ".", "--force"];
  const { cwd } = await run(client, args, folderWith({ "policy.yaml": "version: 1\nguards: { maxDelete: 1 }\n" }));
  expect(names(cwd)).toContain("policy.yaml");
  expect(await changes(client, ".", cwd)).toEqual([]);
  await client.upsert([{ Name: "Grace", Email: "grace@example.com", "Manager Email": "", Team: "Core" }]);
  const before = texts(cwd);
  const { code, err } = await run(client, args, cwd);
  expect([code, err]).toEqual([
    1,
    expect.stringMatching(/^error: payments-[0-9a-f]{8}\.yaml declares a developer, and is no file/),
  ]);
  expect(texts(cwd)).toEqual(before);
});

test("what only a person wrote is never lost to --force", async () => {
  const client = await account();
  const guards = "version: 1\nguards: { maxDelete: 1 }\nallow: []\n";
  const dated = "version: 1\ndevelopers:\n  ada@example.com: { effective: { until: 2027-01-01 } }\n";
  for (const [text, lost] of [
    [guards, "`guards`, `allow`"],
    [dated, "`effective`"],
  ] as const) {
    const { code, err, cwd } = await run(
      client,
      ["--file", "roster.yaml", "--force"],
      folderWith({ "roster.yaml": text }),
    );
    expect([code, err]).toEqual([1, expect.stringContaining(`error: roster.yaml holds ${lost}, which`)]);
    expect(readFileSync(join(cwd, "roster.yaml"), "utf8")).toBe(text);
  }
});

test("a file is private when it is new, and keeps its mode when it is replaced, through a link too", async () => {
  const client = await account();
  const { code, cwd } = await run(client, ["--file", "roster.yaml"]);
  const file = join(cwd, "roster.yaml");
  expect([code, statSync(file).mode & 0o777]).toEqual([0, 0o600]);
  const text = readFileSync(file, "utf8");
  expect(await run(client, ["--file", "roster.yaml"], cwd)).toMatchObject({
    code: 1,
    err: "error: roster.yaml is there already; --force replaces it\n",
  });
  chmodSync(file, 0o644);
  symlinkSync("roster.yaml", join(cwd, "link.yaml"));
  expect(await run(client, ["--file", "link.yaml", "--force"], cwd)).toMatchObject({ code: 0 });
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual([text, 0o644]);
  expect(names(cwd)).toEqual(["link.yaml", "roster.yaml"]);
  chmodSync(file, 0o444);
  expect(await run(client, ["--file", "roster.yaml", "--force"], cwd)).toMatchObject({
    code: 1,
    err: expect.stringContaining("roster.yaml could not be written (it is read-only); nothing was written"),
  });
});

test("CSV: alone, and with the field mapping beside it; formulas and identities are counted", async () => {
  const client = await account();
  const { code, out, err, cwd } = await run(client, ["--output", "csv"]);
  expect([code, out.split("\n")[0]]).toEqual([0, PEOPLE[0]?.join(",")]);
  expect(err).toBe(
    [
      "note: 2 identities not in the file: a CSV holds none. They are not managed, and stay as they are",
      "warning: written as they are, see `sei-roster validate`: 2 CSV_FORMULA",
      "exported 5 developers\n",
    ].join("\n"),
  );
  expect(out).toContain(",=cmd()\n");
  writeFileSync(join(cwd, "people.csv"), out);
  expect(await changes(client, "people.csv", cwd)).toEqual([]);
  expect(await run(client, ["--file", "again.csv"], cwd)).toMatchObject({ code: 0 });
  expect(readFileSync(join(cwd, "again.csv"), "utf8")).toBe(out);
});

test("CSV of an account whose columns are not called as usual needs the field mapping beside it", async () => {
  const client = await startAccount();
  await client.setUp("Employee,Mailbox,Boss,Name\nAda,ada@example.com,,x\n", {
    Employee: "NAME",
    Mailbox: "EMAIL",
    Boss: "MANAGER_EMAIL",
  });
  const alone = await run(client, ["--output", "csv"]);
  expect([alone.code, alone.out, alone.err]).toEqual([
    1,
    "",
    expect.stringMatching(/^error: the columns .* not called as .*--directory DIR puts the field mapping beside it\n$/),
  ]);
  const { code, cwd } = await run(client, ["--output", "csv", "--directory", "roster"]);
  expect([code, names(join(cwd, "roster"))]).toEqual([0, ["people.csv", "roster.yaml"]]);
  expect(await changes(client, "roster", cwd)).toEqual([]);
});

test("an account that could not be read as a whole is refused with 3, one that is not set up with 1", async () => {
  const client = await account();
  client.faults.add({ kind: "shortPage", match: { path: "/v2/developers" } });
  const { code, out, err, cwd } = await run(client, ["--file", "roster.yaml"]);
  expect([code, out, existsSync(join(cwd, "roster.yaml"))]).toEqual([3, "", false]);
  expect(err).toMatch(/^refused: the live roster could not be read with proof that it is complete: /m);
  expect(await run(await startAccount(), [])).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("error: the account is not set up"),
  });
});

test("waits are told on stderr, and the data stays alone on stdout", async () => {
  const client = await account();
  client.faults.add({ kind: "status", status: 503, times: 1 });
  const { code, out, err } = await run(client, []);
  expect([code, out.split("\n")[0]]).toEqual([0, expect.stringMatching(/^# yaml-language-server/)]);
  expect(err).toMatch(/503.*exported 5 developers\n$/s);
});

test.each<[string, string[], string]>([
  ["a split without a folder", ["--split-by", "Team"], "--directory"],
  ["a folder without a split", ["--directory", "x"], "--split-by"],
  ["a split of a CSV", ["--split-by", "Team", "--directory", "x", "--output", "csv"], "for YAML"],
  ["a file and a folder", ["--file", "a.yaml", "--directory", "x", "--split-by", "Team"], "cannot be used with"],
  ["a name that is not read as YAML", ["--file", "roster.txt"], "YAML ends in .yaml or .yml"],
  ["a name that is not read as CSV", ["--file", "a.yaml", "--output", "csv"], "CSV ends in .csv"],
  ["an empty file name", ["--file", ""], "must not be empty"],
  ["an integration without an id", ["--integration", "github"], "NAME=ID"],
  ["an integration that is a number", ["--integration", "7=8"], "not a number"],
  ["one id twice", ["--integration", "a=8", "--integration", "b=8"], "a=8 was given before"],
  ["names of identities in a CSV", ["--output", "csv", "--integration", "a=8"], "holds none"],
  ["an unknown column", ["--split-by", "Taem", "--directory", "x"], 'did you mean "Team"?'],
  ["a folder that is a file", ["--split-by", "Team", "--directory", "file"], "is not a folder"],
  ["a file that is a folder", ["--file", "folder.yaml", "--force"], "is not a file"],
  ["a region that is none", ["--region", "mars"], 'no region "mars"'],
  ["an endpoint and a region", ["--region", "eu", "--endpoint", "http://127.0.0.1:1"], "--endpoint and --region"],
])("%s is refused with 1 and a line, and nothing on stdout", async (_, args, message) => {
  const cwd = folderWith({ file: "" });
  mkdirSync(join(cwd, "folder.yaml"));
  const client = await started();
  const { code, out, err } = await run(client, args, cwd);
  expect([code, out, err]).toEqual([1, "", expect.stringContaining(message)]);
  expect(names(cwd)).toEqual(["file", "folder.yaml"]);
});

test("settings: options come before the environment, and what is missing is said", () => {
  const key = { SEI_API_KEY: " k " };
  const eu = { ...key, SEI_REGION: "eu", SEI_ACCOUNT: "acme", SEI_AUTH: "authorization" };
  const rest = { account: "acme", apiKey: "k", auth: "authorization", generation: "v2" };
  expect(liveSettings({}, eu)).toEqual({ endpoint: "", region: "eu", ...rest });
  expect(liveSettings({ endpoint: "http://localhost:1" }, eu)).toEqual({
    endpoint: "http://localhost:1",
    region: "",
    ...rest,
  });
  expect(liveSettings({ region: "prod1", account: "other" }, { ...eu, SEI_ENDPOINT: "x" })).toMatchObject({
    endpoint: "",
    region: "prod1",
    account: "other",
  });
  expect(() => liveSettings({}, {})).toThrow("SEI_API_KEY");
  expect(() => liveSettings({}, key)).toThrow("there is no endpoint");
  expect(() => liveSettings({ account: " " }, eu)).toThrow("--account is empty");
  expect(() => liveSettings({ endpoint: "" }, eu)).toThrow("--endpoint is empty");
  expect(() => liveSettings({}, { ...eu, SEI_ENDPOINT: "x" })).toThrow("both SEI_ENDPOINT and SEI_REGION");
  expect(() => liveSettings({}, { ...eu, SEI_AUTH: "Basic" })).toThrow('SEI_AUTH is "Basic"; it must be one of');
});

test("no key, a key that is refused: one line, without the key", async () => {
  const client = await account();
  expect(await seiRoster(["export"], { env: { SEI_ENDPOINT: client.url } })).toEqual({
    code: 1,
    out: "",
    err: "error: there is no API key: set the environment variable SEI_API_KEY\n",
  });
  const env = { SEI_ENDPOINT: client.url, SEI_API_KEY: "pat.wrong.key" };
  const { code, out, err } = await seiRoster(["export"], { env });
  expect([code, out]).toEqual([1, ""]);
  expect(err).toMatch(/^error: [^\n]*\n$/);
  expect(err).not.toContain("pat.wrong.key");
});
