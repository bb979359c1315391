import type { dynamic } from "@pulumi/pulumi";
import { UNKNOWN } from "../../provider/pulumi/unknown";
import type { SimulatorOptions } from "../../provider/simulator/simulator";
import { at } from "../support/people";
import { providerWorld } from "./provider-world";

// The provider as the host of dynamic providers calls it, against a simulator, without the engine.
const provider: Required<dynamic.ResourceProvider> = require("../../provider/pulumi/field-mapping-provider");

const SEED = [
  "Name,Email,Manager Email,Role,Team,Full Title",
  "A. L.,ada@example.com,,Chief,Engines,Ada Lovelace",
  "B. B.,bob@example.com,ada@example.com,,Engines,Bob Babbage",
  "E. E.,eve@example.com,ada@example.com,Analyst,,Eve E.",
  "",
].join("\n");
const CORE = { name: "Name", email: "Email", managerEmail: "Manager Email" };
const ALL = ["Role", "Team", "Full Title"];

const world = providerWorld(provider, SEED);
const { hold, backups } = world;

async function start(options: SimulatorOptions = {}, config: Record<string, string> = {}): Promise<void> {
  await world.start(options, config);
  if (world.sei.state().setUp) for (const login of ["ada", "bob"]) await hold(login, login);
  world.sei.resetRequests();
}

/** The state of a resource that was applied, and the id. */
async function applied(attributes: readonly string[] = ALL) {
  const fields = { ...CORE, attributes };
  const { inputs, failures } = await provider.check({}, { fields });
  expect(failures).toEqual([]);
  const { id, outs } = await provider.create(inputs);
  world.sei.resetRequests();
  return { id, outs: { ...outs } as Record<string, unknown> };
}

/** Preview and update to a mapping, and a second preview that has to be empty. */
async function change(before: Awaited<ReturnType<typeof applied>>, fields: object) {
  const { inputs, failures } = await provider.check(before.outs, { fields });
  expect(failures).toEqual([]);
  expect(await provider.diff(before.id, before.outs, inputs)).toEqual({ changes: true });
  const { outs } = await provider.update(before.id, before.outs, inputs);
  expect(await provider.diff(before.id, { ...outs }, inputs)).toEqual({ changes: false });
  expect(await provider.read(before.id, { ...outs })).toMatchObject({ props: { drift: "" } });
  return { id: before.id, outs: { ...outs } as Record<string, unknown> };
}

const writes = () =>
  world.sei
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path.replace(/versions\/[^/]+/, "versions/*")}`);
const columns = () => world.sei.state().columns.map(({ name, type }) => (type === "CUSTOM" ? name : `${name}=${type}`));
const table = () =>
  world.sei
    .state()
    .developers.map(({ email, name, managerEmail, attributes }) => [email, name, managerEmail, { ...attributes }]);
const identities = () => world.sei.state().identities.map(({ email, identity }) => `${email} ${identity}`);
describe("after the setup", () => {
  test("a new column is added, and everything else stays", async () => {
    await start();
    const before = table();
    await change(await applied(), { ...CORE, attributes: [...ALL, "Site"] });
    expect(columns()).toEqual(["Name=NAME", "Email=EMAIL", "Manager Email=MANAGER_EMAIL", ...ALL, "Site"]);
    expect(table()).toEqual(before.map(([a, b, c, d]) => [a, b, c, { ...(d as object), Site: "" }]));
    expect(identities()).toEqual([`${at("ada")} ada`, `${at("bob")} bob`]);
    expect(writes()).toEqual(["POST /v2/developers", "PUT /v2/developers/versions/*/fieldMappings"]);
    // Looked at before and after: test/apply/mapping-changes.test.ts says what is told of a difference.
    const looked = world.sei.requests().map(({ method, path }) => `${method} ${path}`);
    const saved = looked.findIndex((one) => one.endsWith("/fieldMappings"));
    expect(looked.slice(0, saved)).toContain("GET /v2/developers/identities");
    expect(looked.slice(saved)).toContain("GET /v2/developers/identities");
  });

  test("a column that is left out is refused, with its values, and nothing is sent", async () => {
    await start();
    const { id, outs } = await applied();
    const news = { fields: { ...CORE, attributes: ["Role", "Full Title"] } };
    const reason = /refused by mappingDrop: the values of 1 column\(s\) would be lost: Team \(2 values\)/;
    await expect(provider.diff(id, outs, news)).rejects.toThrow(reason);
    await expect(provider.update(id, outs, news)).rejects.toThrow(reason);
    await expect(provider.update(id, outs, news)).rejects.toThrow("fields.dropColumns");
    expect(writes()).toEqual([]);
  });

  test("a column that the resource never declared stays", async () => {
    await start();
    const { id, outs } = await applied(["Role"]);
    expect(await provider.diff(id, outs, { fields: { ...CORE, attributes: ["Role"] } })).toEqual({ changes: false });
    expect(columns()).toContain("Team");
  });

  test("a column that is named goes, with a backup that has its values", async () => {
    await start();
    const after = await change(await applied(), { ...CORE, attributes: ["Role", "Full Title"], dropColumns: ["Team"] });
    expect(columns()).not.toContain("Team");
    expect(world.said.join("\n")).toContain('* columns "Team" (ATTRIBUTE -> dropped, with 2 values)');
    expect(table()[1]).toEqual([at("bob"), "B. B.", at("ada"), { Role: "", "Full Title": "Bob Babbage" }]);
    expect(identities()).toEqual([`${at("ada")} ada`, `${at("bob")} bob`]);
    const [backup] = backups();
    expect(backup.developers[0].attributes.Team).toBe("Engines");
    expect(backup.identities).toHaveLength(2);
    // It may be taken out again.
    const { outs } = await provider.update(after.id, after.outs, {
      fields: { ...CORE, attributes: ["Role", "Full Title"] },
    });
    expect(
      await provider.diff(after.id, { ...outs }, { fields: { ...CORE, attributes: ["Role", "Full Title"] } }),
    ).toEqual({
      changes: false,
    });
  });

  test("a column under another name keeps its values", async () => {
    await start();
    const fields = { ...CORE, attributes: ["Role", "Squad", "Full Title"], renameColumns: { Team: "Squad" } };
    await change(await applied(), fields);
    expect(world.said.join("\n")).toContain('* columns "Squad" (ATTRIBUTE, was "Team")');
    expect(columns().slice(3)).toEqual(["Role", "Squad", "Full Title"]);
    expect(world.sei.state().developers.map(({ attributes }) => attributes["Squad"])).toEqual([
      "Engines",
      "Engines",
      "",
    ]);
  });

  test("the NAME column under another name keeps everybody's", async () => {
    await start();
    await change(await applied(), { ...CORE, name: "Person", attributes: ALL });
    expect(columns()[0]).toBe("Person=NAME");
    expect(world.sei.state().developers.map(({ name }) => name)).toEqual(["A. L.", "B. B.", "E. E."]);
  });

  test("another live column becomes the NAME once it is said what becomes of the old one", async () => {
    await start();
    const state = await applied();
    const named = { ...CORE, name: "Full Title", attributes: ["Role", "Team"] };
    await expect(provider.diff(state.id, state.outs, { fields: named })).rejects.toThrow("mappingDrop");
    await change(state, { ...named, dropColumns: ["Name"] });
    expect(columns()).toEqual(["Full Title=NAME", "Email=EMAIL", "Manager Email=MANAGER_EMAIL", "Role", "Team"]);
    expect(world.sei.state().developers.map(({ name }) => name)).toEqual(["Ada Lovelace", "Bob Babbage", "Eve E."]);
  });

  test("another live column becomes the EMAIL only where it holds the same addresses", async () => {
    await start();
    const state = await applied();
    const fields = { ...CORE, email: "Role", attributes: ["Team", "Full Title"], dropColumns: ["Email"] };
    await expect(provider.diff(state.id, state.outs, { fields })).rejects.toThrow(
      /the EMAIL column, and 2 developer\(s\)/,
    );
  });
});

describe("a column that an org tree uses", () => {
  test.each(["names", "none"])("is explained, by name, and nothing is saved (people: %s)", async (people) => {
    await start({ requiredFields: ["Team"] }, { "harness-sei:people": people });
    const state = await applied();
    const before = table();
    const fields = { ...CORE, attributes: ["Role", "Full Title"], dropColumns: ["Team"] };
    const error = (await provider.update(state.id, state.outs, { fields }).catch((thrown: Error) => thrown)) as Error;
    expect(error.message).toMatch(
      /^the field mapping was not changed: the API refuses to go without the column "Team" \(REQUIRED_FIELD_MISSING\): an org tree of the account filters or groups by it.*Change the filter or the grouping of that org tree first/,
    );
    expect([table(), columns()]).toEqual([before, expect.arrayContaining(["Team"])]);
    expect(writes().length).toBeLessThanOrEqual(2);
  });

  test.each([
    ["in the preview of the upload", { recordErrorsAtUpload: "preview", autoMap: "none" }],
    ["by the upload", { recordErrorsAtUpload: "failure" }],
    ["by the name of a field", { errorFieldName: "field", recordErrorsAtUpload: "failure" }],
  ] as const)("is explained when it is refused %s, and by a rename too", async (_where, dialect) => {
    await start({ requiredFields: ["team"], dialect });
    const state = await applied();
    const fields = { ...CORE, attributes: ["Role", "Squad", "Full Title"], renameColumns: { Team: "Squad" } };
    await expect(provider.update(state.id, state.outs, { fields })).rejects.toThrow(
      /without the column "Team" \(REQUIRED_FIELD_MISSING\).*or keep the column under the name that it has/,
    );
    expect(columns()).toContain("Team");
  });
});

describe("between the read and the save", () => {
  test("whoever writes meanwhile is not undone", async () => {
    await start();
    const state = await applied();
    world.sei.faults.add({ kind: "slow", ms: 500, match: { method: "POST", path: "/v2/developers" } });
    const { length } = world.sei.state().versions;
    const update = provider.update(state.id, state.outs, { fields: { ...CORE, attributes: [...ALL, "Site"] } });
    await waitFor(() => world.sei.state().versions.length > length);
    await fetch(`${world.sei.url}/v2/developers`, {
      method: "PATCH",
      headers: { "x-api-key": "simulator", "content-type": "application/json" },
      body: JSON.stringify([{ Name: "New", Email: at("new") }]),
    });
    await expect(update).rejects.toThrow(
      "the live roster changed while this plan was being applied, so nothing was replaced",
    );
    expect(world.sei.state().developers.map(({ email }) => email)).toContain(at("new"));
    expect(columns()).not.toContain("Site");
  });
});

async function waitFor(isThere: () => boolean): Promise<void> {
  for (let turn = 0; turn < 500 && !isThere(); turn += 1) await new Promise((done) => setTimeout(done, 5));
  expect(isThere()).toBe(true);
}

describe("inputs and reads", () => {
  const reasons = async (fields: object) => {
    const { failures = [] } = await provider.check({}, { fields: { ...CORE, attributes: ALL, ...fields } });
    return failures.map(({ reason }) => reason);
  };

  test("what cannot be meant is said", async () => {
    await start();
    expect(await reasons({ dropColumns: ["Role"] })).toEqual([
      'the column "Role" is declared and dropped: keep one of the two',
    ]);
    expect(await reasons({ renameColumns: { Squad: "Group" } })).toEqual([
      '"Squad" would be called "Group", which is no column of the field mapping: declare the column under its new name',
    ]);
    expect(await reasons({ dropColumns: "Role" })).toEqual(["dropColumns must be a list of column names"]);
    expect(await reasons({ renameColumns: { Squad: 1 } })).toEqual([
      "renameColumns must be a mapping of old column names to new ones",
    ]);
    expect(await reasons({ dropColumns: ["Site"], renameColumns: { Squad: "Team" } })).toEqual([]);
  });

  test.each([
    { fields: UNKNOWN },
    { fields: { ...CORE, attributes: ["Role", UNKNOWN] } },
    { fields: { ...CORE, attributes: ["Role"], dropColumns: UNKNOWN } },
    { fields: { ...CORE, attributes: ["Role"], renameColumns: { Team: UNKNOWN } } },
  ])("unknown values are no error, and a change: %j", async (news) => {
    await start();
    const { id, outs } = await applied();
    expect(await provider.check(outs, news)).toEqual({ inputs: news });
    expect(await provider.diff(id, outs, news)).toEqual({ changes: true });
    expect(world.sei.requests()).toEqual([]);
  });

  test("a column that somebody took away is drift, and comes back", async () => {
    await start();
    const state = await applied();
    await change(await applied(), { ...CORE, attributes: ["Role", "Team"], dropColumns: ["Full Title"] });
    const read = await provider.read(state.id, state.outs);
    expect(read).toMatchObject({ props: { drift: "the live field mapping differs: 1 column to map" } });
    await change({ id: state.id, outs: { ...read.props } }, { ...CORE, attributes: ALL });
    expect(columns()).toContain("Full Title");
  });

  test("by the id alone is an error that says what to do", async () => {
    await start();
    await expect(provider.read(world.sei.url, {})).rejects.toThrow("cannot be read by its id alone: declare it");
  });

  test("before the setup the roster carries it out", async () => {
    await start({ seed: undefined as never });
    await applied();
    expect(world.said).toContain(
      "declared: the initial setup has not been done yet; the roster carries the field mapping out",
    );
    expect(writes()).toEqual([]);
  });
});
