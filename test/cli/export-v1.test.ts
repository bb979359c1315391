import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DIALECTS } from "../../provider/simulator/simulator.js";
import { type Reply, type ScriptedServer, scriptedServer } from "../sei/scripted-server.js";
import { started } from "../simulator/support.js";
import { folderWith } from "../source/folder.js";
import { type Ended, seiRoster } from "./child.js";

// Processes take their time on a busy machine.
jest.setTimeout(60_000);

const GOLDEN = join(__dirname, "golden");
const golden = (name: string) => readFileSync(join(GOLDEN, name), "utf8");

const field = (key: string, display_name: string) => ({ index: 1, key, display_name, type: "string" });
const FIELDS = [
  field("integration", "Integration"),
  field("full_name", "Name"),
  field("region", "Region"),
  field("email", "Email"),
  field("boss", "Manager"),
  field("cost_center", "Region"),
];
const person = (id: number | string, full_name: string, email: string | null, more: object = {}) => ({
  id: String(id),
  org_uuid: "u",
  full_name,
  email,
  integration_user_ids: [],
  additional_fields: {},
  ...more,
});
const PEOPLE = [
  person(0, "octocat", null, { integration_user_ids: [{ integration_id: "101", user_id: "octocat" }] }),
  person(11, "Alan Turing", "alan@example.com", {
    additional_fields: { region: "EMEA", boss: "nobody@example.com", joined: 2020 },
  }),
  person(2, "Ada Lovelace", "Ada@Example.com", {
    integration_user_ids: [
      { integration_id: "101", user_id: "ada" },
      { integration_id: 102, user_id: "081de7ae" },
      { integration_id: "jira", user_id: "ada" },
    ],
    additional_fields: { region: "EMEA", cost_center: "007", boss: "Grace@example.com", tags: ["a", "b"] },
  }),
  person(1, "Grace Hopper", "grace@example.com", { additional_fields: { region: "no", boss: "" } }),
  person(3, "Ada Again", "ada@example.com"),
  person(4, "No Email", ""),
  person(5, "Bad Email", "not an address"),
  person(6, "", "anonymous@example.com"),
];

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** An account of SEI 1.0 alone. */
async function account(people: readonly unknown[] = PEOPLE, own: (path: string) => Reply | null = () => null) {
  const server = await scriptedServer(({ method, path }) => {
    const reply = own(path);
    if (reply !== null) return reply;
    const what = `${method} ${path}`;
    if (what === "GET /v1/org/users/schema") return { body: { version: 190, fields: FIELDS } };
    if (what !== "POST /v1/org/users/list") return { status: 401, body: { message: "no" } };
    return { body: { records: people, _metadata: { page: 0, has_next: false, total_count: people.length } } };
  });
  servers.push(server);
  return server;
}

interface Run extends Ended {
  readonly cwd: string;
}

async function run(server: { readonly url: string }, args: readonly string[], cwd = folderWith({})): Promise<Run> {
  const env = { SEI_API_KEY: "simulator", SEI_ENDPOINT: server.url };
  return { ...(await seiRoster(["export", "--from", "v1", ...args], { cwd, env })), cwd };
}

async function validated(cwd: string, source: string): Promise<string> {
  const { code, out } = await seiRoster(["validate", source], { cwd });
  return `${code} ${out.trim().split("\n").at(-1)}`;
}

test("YAML: fields as attributes, identities, nobody's manager; only reads are sent, and what is left out is told", async () => {
  const server = await account();
  const { code, out, err, cwd } = await run(server, ["--file", "roster.yaml", "--integration", "github=101"]);
  expect([code, out]).toEqual([0, ""]);
  expect(readFileSync(join(cwd, "roster.yaml"), "utf8")).toBe(golden("export-v1.yaml"));
  expect(err).toBe(golden("export-v1.txt"));
  expect(err).not.toMatch(/@|Ada|Lovelace/);
  expect(server.received.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    "GET /v1/org/users/schema",
    "POST /v1/org/users/list",
  ]);
  expect(await validated(cwd, "roster.yaml")).toMatch(/^0 valid: 4 developers/);
});

test("--manager-field: a custom field holds the managers, by its key or its name", async () => {
  const server = await account();
  const byKey = await run(server, ["--manager-field", "boss", "--file", "roster.yaml"]);
  expect([byKey.code, byKey.out]).toEqual([0, ""]);
  expect(readFileSync(join(byKey.cwd, "roster.yaml"), "utf8")).toBe(golden("export-v1-managers.yaml"));
  expect(await validated(byKey.cwd, "roster.yaml")).toMatch(/^0 valid: 4 developers/);
  const byName = await run(server, ["--manager-field", "Manager"]);
  expect([byName.code, byName.out]).toEqual([0, golden("export-v1-managers.yaml")]);
  const unknown = await run(server, ["--manager-field", "chief"]);
  expect([unknown.code, unknown.out, unknown.err]).toEqual([
    1,
    "",
    'error: contributors have no field "chief" for --manager-field; fields: "boss", "cost_center", "joined", "region", "tags"\n',
  ]);
});

test("CSV: valid, with managers and without, alone and with the field mapping beside it", async () => {
  const named = PEOPLE.filter(({ full_name }) => full_name !== "");
  const server = await account(named);
  const alone = await run(server, ["--manager-field", "boss", "--file", "people.csv"]);
  expect(alone.code).toBe(0);
  expect(readFileSync(join(alone.cwd, "people.csv"), "utf8")).toBe(golden("export-v1.csv"));
  expect(alone.err).toContain("note: managers who are not on the roster, or make a circle: 1, left blank\n");
  expect(await validated(alone.cwd, "people.csv")).toMatch(/^0 valid: 3 developers/);
  const beside = await run(server, ["--output", "csv", "--directory", "roster"]);
  expect(beside.code).toBe(0);
  expect(readFileSync(join(beside.cwd, "roster", "people.csv"), "utf8")).toMatch(/^Name,Email,boss,cost_center,/);
  expect(await validated(beside.cwd, "roster")).toMatch(/^0 valid: 3 developers/);
});

test("an account without v1, a list that is not whole, and one with nobody", async () => {
  const simulator = await started({ dialect: { ...DIALECTS.default, contributors: "none" } });
  const none = await run(simulator, []);
  expect([none.code, none.out, none.err]).toEqual([
    1,
    "",
    expect.stringMatching(/^error: The v1 API \(SEI 1\.0\) does not answer here: /),
  ]);
  const part = await account(PEOPLE, (path) =>
    path.endsWith("/list") ? { body: { records: PEOPLE, _metadata: { total_count: 99, has_next: true } } } : null,
  );
  const refused = await run(part, ["--file", "roster.yaml"]);
  expect([refused.code, refused.out]).toEqual([3, ""]);
  expect(refused.err).toMatch(
    /^refused: .*page 2 is the same as one before it.*\nan export of some people would delete/,
  );
  const empty = await run(await account([]), []);
  expect([empty.code, empty.err]).toEqual([1, "error: v1 lists nobody: there is nothing to export\n"]);
});

test("the simulator's contributors: the same people as v2, with the managers of its custom field", async () => {
  const simulator = await started();
  const { code, out, cwd } = await run(simulator, ["--manager-field", "manager_email", "--file", "roster.yaml"]);
  expect([code, out]).toEqual([0, ""]);
  const text = readFileSync(join(cwd, "roster.yaml"), "utf8");
  expect(text).toContain(
    "  ada@example.com:\n    name: Ada Lovelace\n    manager: grace@example.com\n    Team: Payments\n",
  );
  const env = { SEI_API_KEY: "simulator", SEI_ENDPOINT: simulator.url };
  expect(await seiRoster(["plan", "roster.yaml"], { cwd, env })).toMatchObject({ code: 0 });
});

test.each<[string, string[], string]>([
  ["a manager field without v1", ["export", "--manager-field", "boss"], "--manager-field is for --from v1"],
  ["a manager field without a name", ["export", "--from", "v1", "--manager-field", " "], "Name a field by its key"],
  ["another API", ["export", "--from", "v3"], "Allowed choices are v2, v1"],
])("%s is refused with 1", async (_, args, message) => {
  const { code, out, err } = await seiRoster(args, { env: { SEI_API_KEY: "k", SEI_ENDPOINT: "http://127.0.0.1:9" } });
  expect([code, out, err]).toEqual([1, "", expect.stringContaining(message)]);
});
