import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan } from "../../provider/apply/apply-plan";
import { folderJournal } from "../../provider/apply/folder-journal";
import type { RenameJournal } from "../../provider/apply/journal";
import { planLive } from "../../provider/apply/plan-live";
import { folderValues, memoryValues } from "../../provider/apply/values-journal";
import type { Change } from "../../provider/roster/change";
import type { DesiredDeveloper } from "../../provider/roster/developer";
import { keptValuesOf, refilled, withLostValues } from "../../provider/roster/kept-values";
import { strings } from "../../provider/roster/strings";
import { connect } from "../../provider/sei/client";
import type { SeiWriter } from "../../provider/sei/writer";
import { at, desired, dev } from "../support/people";
import { CAMELS, NESTED, OWN, type Replacing, type Row, replacingServer } from "../support/replacing-server";

const PEOPLE: readonly Row[] = Array.from({ length: 6 }, (_, index) => ({
  "Full Name": `P${index}`,
  Email: at(`p${index}`),
  "Manager Email": index === 0 ? "" : at("p0"),
  "Home Team": `T${index}`,
  Site: "Berlin",
}));

const open: { close(): Promise<void> }[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-values-"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

const named = (login: string, name: string, more: Partial<DesiredDeveloper> = {}): DesiredDeveloper => ({
  email: at(login),
  name,
  attributes: strings([]),
  identities: new Map(),
  ...more,
});
const NAMES = desired([named("p1", "New 1"), named("p2", "New 2")]);
const RENAMED = desired([named("p1.new", "P1", { previousEmails: [at("p1")] })]);

async function server(choices: Replacing) {
  const made = await replacingServer(choices, PEOPLE);
  open.push(made);
  return made;
}

/** One run of the program. `dies` lets so many requests of a write be answered, and ends there. */
async function run(url: string, want = NAMES, { writes = Number.POSITIVE_INFINITY } = {}) {
  const kill = new AbortController();
  let seen = 0;
  const client = connect({
    endpoint: url,
    apiKey: "k",
    rereadMs: [2, 4],
    retry: { baseMs: 1 },
    signal: kill.signal,
    onWrite: () => {
      seen += 1;
      if (seen === writes) kill.abort();
    },
  });
  const journal: RenameJournal = {
    ...folderJournal(join(folder, "renames")),
    values: folderValues(join(folder, "values")),
  };
  try {
    const { reader } = client;
    const policy = { prune: "none", strategy: "upsert", guards: { maxUpdate: "100%" } } as const;
    const planned = await planLive({ reader, journal }, want, policy);
    const outcome = await applyPlan({ ...planned, reader, writer: client.writer, journal, deadlineMs: 300 });
    return { outcome, changes: planned.plan.changes };
  } finally {
    await client.close();
  }
}

const left = () => readdir(join(folder, "values")).catch(() => []);
const without = (row: Row | undefined) => ({ ...row, "Full Name": "" });

test.each([
  ["records of people", NAMES],
  ["records of who is renamed", RENAMED],
])("killed after any write, the next run puts back what was blanked: %s", async (_name, want) => {
  for (const writes of [1, 2, 3, 4, 6]) {
    const { url, rows } = await server({ lists: OWN, takes: CAMELS, unknown: "ignore" });
    await run(url, want, { writes });
    const damaged = [...rows.values()].filter(({ Site }) => Site === "");
    // Never more than the one whose record is tried.
    expect(damaged.length).toBeLessThan(2);
    const { outcome, changes } = await run(url, want);
    expect(outcome).toMatchObject({ status: "applied" });
    // Nothing is written that the plan does not show.
    if (damaged.length > 0) {
      expect(changes).toContainEqual(
        expect.objectContaining({
          fields: expect.arrayContaining([expect.objectContaining({ field: "Site", after: "Berlin" })]),
        }),
      );
    }
    for (const [email, row] of rows) {
      const was = PEOPLE.find(({ Email }) => Email === email.replace(".new", ""));
      expect(without({ ...row, Email: was?.Email ?? "" })).toEqual(without(was));
    }
    expect((await run(url, want)).changes).toEqual([]);
    expect(await left()).toEqual([]);
  }
});

test("what a whole batch lost is seen by the read after it, and sent again in another form", async () => {
  const { url, rows } = await server({ lists: OWN, takes: NESTED, unknown: "ignore" });
  const client = connect({ endpoint: url, apiKey: "k", rereadMs: [2, 4] });
  open.push(client);
  const { reader, writer } = client;
  const policy = { prune: "none", strategy: "upsert", guards: { maxUpdate: "100%" } } as const;
  const planned = await planLive(
    { reader, journal: { entries: async () => [], values: memoryValues() } },
    NAMES,
    policy,
  );
  // Somebody else's hands, which do not look.
  let blind = true;
  const upsert: SeiWriter["upsert"] = async (developers, mapping) => {
    if (!blind) return writer.upsert(developers, mapping);
    blind = false;
    const records = developers.map((one) => ({
      "Full Name": one.name,
      Email: one.email,
      "Manager Email": one.managerEmail,
      "Home Team": "gone",
    }));
    await fetch(`${url}/v2/developers`, { method: "PATCH", body: JSON.stringify(records) });
  };
  const hands = new Proxy(writer, {
    get: (of, name: keyof SeiWriter) => (name === "upsert" ? upsert : of[name].bind(of)),
  });
  expect(await applyPlan({ ...planned, reader, writer: hands, deadlineMs: 300 })).toMatchObject({ status: "applied" });
  expect([...rows.values()].map(without)).toEqual(PEOPLE.map(without));
});

test("what no form brings across fails, with who and what to do, and stays remembered", async () => {
  const { url, rows } = await server({ lists: OWN, takes: OWN, unknown: "ignore", blanks: ["Site"] });
  const { outcome } = await run(url);
  expect(outcome).toMatchObject({
    status: "failed",
    touched: true,
    reason: expect.stringMatching(/"Site".*p1@example\.com.*--strategy reupload.*backup/),
    reasonWithoutPeople: expect.stringMatching(
      /^UpsertNotUnderstoodError at PATCH \/v2\/developers\. .*--strategy reupload/,
    ),
  });
  expect(outcome.reasonWithoutPeople).not.toContain("p1");
  expect([...rows.values()].filter(({ Site }) => Site === "")).toHaveLength(1);
  expect((await run(url)).changes).toContainEqual(expect.objectContaining({ email: at("p1"), kind: "update" }));
});

test("a value that the source declares to be blank is not put back", async () => {
  const { url, rows } = await server({ lists: OWN, takes: OWN, unknown: "reject" });
  const values = folderValues(join(folder, "values"));
  await values.add(keptValuesOf([update("p1", "Berlin"), update("p2", "Berlin")]));
  for (const login of ["p1", "p2"]) rows.set(at(login), { ...(rows.get(at(login)) as Row), Site: "" });
  const { changes } = await run(url, desired([named("p1", "P1", { attributes: strings([["Site", ""]]) })]));
  // Also of who is not declared.
  expect(changes).toMatchObject([
    { kind: "update", email: at("p2"), fields: [{ field: "Site", before: "", after: "Berlin" }] },
  ]);
  expect(rows.get(at("p1"))?.Site).toBe("");
  expect(await left()).toEqual([]);
});

function update(login: string, Site: string): Change {
  const row = PEOPLE.find(({ Email }) => Email === at(login));
  const record = {
    email: at(login),
    name: row?.["Full Name"] ?? "",
    managerEmail: "",
    attributes: strings([["Site", Site]]),
  };
  return { kind: "update", email: at(login), before: record, after: record, fields: [] };
}

describe("the values that go along", () => {
  const [before, after] = [dev("a", { manager: "m", Role: "CTO", Team: "X" }), dev("a", { manager: "n", Role: "CTO" })];

  test("are those that somebody has and shall have; who is new has none", () => {
    expect(
      keptValuesOf([
        { kind: "update", email: at("a"), before, after, fields: [] },
        { kind: "create", email: at("b"), after },
        {
          kind: "rename",
          email: at("c"),
          previousEmail: at("a"),
          before,
          after: { ...after, email: at("c") },
          fields: [],
          isRest: true,
        },
      ]),
    ).toEqual([{ email: at("a"), name: "A", managerEmail: at("n"), attributes: strings([["Role", "CTO"]]) }]);
  });

  test("are put back where they are blank, and nowhere else; nobody reports to who has left", () => {
    const kept = { email: at("a"), name: "A", managerEmail: at("n"), attributes: strings([["Role", "CTO"]]) };
    const blank = dev("a", { name: "" });
    expect(refilled(blank, kept, new Set([at("n")]))).toEqual(dev("a", { manager: "n", Role: "CTO" }));
    expect(refilled(blank, kept, new Set())).toEqual(dev("a", { Role: "CTO" }));
    const whole = dev("a", { name: "Z", manager: "z", Role: "Z" });
    expect(refilled(whole, kept, new Set([at("n")]))).toBe(whole);
    expect(withLostValues([kept], new Map([[at("a"), whole]]))).toEqual([]);
    expect(withLostValues([kept], new Map([[at("a"), blank]]))).toEqual([kept]);
    expect(withLostValues([kept], new Map())).toEqual([]);
  });
});

describe("the journal of values", () => {
  const kept = (login: string) => ({
    email: at(login),
    name: "A",
    managerEmail: "",
    attributes: strings([["Team", "X"]]),
  });

  test("is private, and forgets what it is told to", async () => {
    const journal = folderValues(join(folder, "values"));
    expect(await journal.entries()).toEqual([]);
    await journal.add([]);
    expect(await left()).toEqual([]);
    await journal.add([kept("a"), kept("b")]);
    await journal.add([kept("c")]);
    expect(await journal.entries()).toEqual([kept("a"), kept("b"), kept("c")]);
    const [file = ""] = await left();
    expect((await stat(join(folder, "values", file))).mode & 0o777).toBe(0o600);
    await journal.remove([kept("a"), kept("c")]);
    expect(await journal.entries()).toEqual([kept("b")]);
    await journal.remove([kept("b")]);
    expect(await left()).toEqual([]);
  });

  test("that cannot be read or written says so", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(folderValues(join(folder, "file", "values")).add([kept("a")])).rejects.toThrow(/nothing was sent/);
    await expect(folderValues(join(folder, "file")).entries()).rejects.toThrow(/cannot be read/);
    for (const text of ["{", "{}", '{"version":1,"values":[{"email":1}]}', '{"version":2,"values":[]}']) {
      await writeFile(join(folder, "bad.json"), text);
      await expect(folderValues(folder).entries()).rejects.toThrow(/bad\.json.*remove it/);
    }
  });
});
