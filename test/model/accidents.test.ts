import { stringify } from "csv-stringify/sync";
import { applyPlan, RefusedPlanError } from "../../provider/apply/apply-plan.js";
import { type Plan, plan, refusals } from "../../provider/roster/plan.js";
import { connect, type SeiClient } from "../../provider/sei/client.js";
import { type Simulator, startSimulator } from "../../provider/simulator/simulator.js";
import { InvalidSourceError, loadRoster } from "../../provider/source/load-roster.js";
import { folderWith, TODAY } from "../source/folder.js";
import { policy } from "../support/people.js";
import { type ChaosProxy, startChaosProxy } from "./chaos-proxy.js";

/**
 * The public accidents of tools of this kind, replayed with nothing but the defaults: real files, the real client, real
 * HTTP. What they have in common: nobody was asked, and no guard was meant for what went wrong.
 */
const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };
const COMPANY = Array.from({ length: 60 }, (_, at) => ({
  email: `p${at}@example.com`,
  name: `Person ${at}`,
  managerEmail: at === 0 ? "" : `p${Math.floor((at - 1) / 8)}@example.com`,
  attributes: { Team: `Team ${at % 6}`, Site: at % 2 === 0 ? "Berlin" : "Rome" },
}));

let server: Simulator;
let proxy: ChaosProxy;
let client: SeiClient;
beforeEach(async () => {
  server = await startSimulator();
  proxy = await startChaosProxy({ target: server.url, meddle: async () => {} });
  client = connect({
    endpoint: proxy.url,
    apiKey: "simulator",
    rereadMs: [1],
    retry: { attempts: 2, baseMs: 1, capMs: 2 },
  });
  await client.writer.saveFieldMapping(await client.writer.upload(COMPANY, MAPPING), MAPPING);
  await client.writer.setIdentities(
    COMPANY.map(({ email }, at) => ({ email, integrationId: 101, identity: `login-${at}` })),
  );
  server.resetRequests();
});
afterEach(async () => {
  await client.close();
  await proxy.stop();
  await server.stop();
});

type Row = Readonly<Record<string, string>>;
const rows: readonly Row[] = COMPANY.map(({ name, email, managerEmail, attributes }) => ({
  Name: name,
  Email: email,
  "Manager Email": managerEmail,
  ...attributes,
}));
const csv = (people: readonly Row[]) => stringify(people as Row[], { header: true });

async function planOf(files: Readonly<Record<string, string>>): Promise<Plan> {
  const { roster } = await loadRoster(".", { asOf: TODAY, cwd: folderWith(files) });
  const live = await client.reader.readRoster({ identities: true });
  const under = policy({ prune: "all", guards: roster.guards });
  const made = plan(roster, live, under);
  if (refusals(made).length > 0) {
    await expect(applyPlan({ ...client, plan: made, desired: roster, live, policy: under })).rejects.toThrow(
      RefusedPlanError,
    );
  }
  return made;
}

const refusedBy = (made: Plan) => refusals(made).map(({ name }) => name);
const writes = () => server.requests().filter(({ method }) => method !== "GET");
const HRIS = "hris.csv";

test("nothing is wrong: an unchanged export plans nothing", async () => {
  expect((await planOf({ [HRIS]: csv(rows) })).changes).toEqual([]);
});

describe("ssosync#268: an empty answer was believed, and everybody was deleted", () => {
  test("an export without rows is no roster", async () => {
    await expect(planOf({ [HRIS]: "Name,Email,Manager Email,Team,Site\n" })).rejects.toThrow(InvalidSourceError);
    await expect(planOf({ [HRIS]: "" })).rejects.toThrow(InvalidSourceError);
    await expect(planOf({ "roster.yaml": "version: 1\ndevelopers: {}\n" })).rejects.toThrow(InvalidSourceError);
    expect(writes()).toEqual([]);
  });

  test("an export that was cut off is refused by its first guard, and names who would go", async () => {
    const short = await planOf({ [HRIS]: csv(rows.slice(0, 40)) });
    expect(refusedBy(short)).toEqual(["maxDelete"]);
    expect(refusals(short)[0]).toMatchObject({ actual: 20, limit: expect.stringContaining("6 of 60") });
    expect(refusals(short)[0]?.people).toContain("p59@example.com");
    expect(writes()).toEqual([]);
  });

  test.each(["list", "CSV", "both"])("the API answers with nobody, in its %s", async (which) => {
    const numbers = Array.from({ length: 40 }, (_, at) => at);
    // Schema, list, CSV and identities are asked for in turn: every other answer is emptied, or all of them.
    const emptied = numbers.filter((at) => which === "both" || at % 2 === (which === "list" ? 0 : 1));
    proxy.conspire(new Map(emptied.map((at) => [at, { kind: "empty" }])));
    const made = await planOf({ [HRIS]: csv(rows.slice(0, 58)) }).catch(() => null);
    if (made !== null) expect(made.changes.length === 0 || refusedBy(made).length > 0).toBe(true);
    expect(writes()).toEqual([]);
    expect(server.state().developers).toHaveLength(60);
  });

  test("a page that is one person short deletes nobody and creates nobody", async () => {
    proxy.conspire(new Map(Array.from({ length: 40 }, (_, at) => [at, { kind: at % 2 === 0 ? "short" : "doubled" }])));
    const made = await planOf({ [HRIS]: csv(rows.slice(0, 58)) }).catch(() => null);
    if (made !== null) expect(refusedBy(made)).toContain("completeRead");
    expect(writes()).toEqual([]);
  });
});

describe("kubernetes/org#4365: the loss was of a kind that the guard did not cover", () => {
  const changed = (change: (row: Row, at: number) => Row) => ({ [HRIS]: csv(rows.map(change)) });

  test("everybody loses their team", async () => {
    expect(refusedBy(await planOf(changed((row) => ({ ...row, Team: "" }))))).toEqual(["maxUpdate", "maxBlank"]);
  });

  test("everybody loses their manager", async () => {
    const cut = await planOf(changed((row) => ({ ...row, "Manager Email": "" })));
    expect(refusedBy(cut)).toEqual(["maxUpdate", "maxBlank", "maxManagerChange"]);
  });

  test("everybody gets another manager", async () => {
    const moved = await planOf(changed((row, at) => (at < 2 ? row : { ...row, "Manager Email": "p1@example.com" })));
    expect(refusedBy(moved)).toEqual(["maxUpdate", "maxManagerChange"]);
  });

  test("identities go to other people", async () => {
    const people = COMPANY.map(({ email }, at) => `  ${email}: { identities: { 101: login-${(at + 1) % 60} } }`);
    const made = await planOf({ "roster.yaml": `version: 1\ndevelopers:\n${people.join("\n")}\n` });
    expect(refusedBy(made)).toEqual(["maxUpdate", "maxIdentityMove"]);
  });

  test("a column of the account becomes the name", async () => {
    const fields =
      "version: 1\nfields: { name: Team, email: Email, managerEmail: Manager Email, attributes: [Site] }\n";
    const people = rows.map(({ Name: _gone, ...row }) => row);
    expect(refusedBy(await planOf({ "a.yaml": fields, [HRIS]: csv(people) }))).toContain("mappingDrop");
  });

  afterEach(() => expect(writes()).toEqual([]));
});

test("kubernetes/org#2094: cutting a loss into slices needs an exception each time, or a guard that was raised in review", async () => {
  const slice = await planOf({ [HRIS]: csv(rows.slice(0, 53)) });
  expect(refusedBy(slice)).toEqual(["maxDelete"]);
  expect(refusals(slice)[0]?.hint).toContain("allow it once in the change that is reviewed");
});
