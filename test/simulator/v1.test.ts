import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, start, started } from "./support.js";

/** The third document, "Contributors". */
const USERS = "/v1/org/users";
const ADA = {
  id: "2",
  full_name: "Ada Lovelace",
  email: "ada@example.com",
  integration_user_ids: [],
  additional_fields: { manager_email: "grace@example.com", team: "Payments" },
};
const list = async (sei: Client, json: object = { page: 0, page_size: 50, filter: {} }, query = "") =>
  (await sei.send(`${USERS}/list${query}`, { method: "POST", json })).json;
const put = (sei: Client, ...json: object[]) => sei.send(USERS, { method: "PUT", json });
const emails = async (...asked: Parameters<typeof list>) =>
  (await list(...asked)).records.map(({ email }: { email: string }) => email);

test("the documented requests of the five calls are answered", async () => {
  const sei = await started({ integrations: [{ id: 1, type: "GITHUB" }] });
  await sei.identify([{ email: "ada@example.com", integrationId: 1, identity: "octocat" }]);
  const accept = { accept: "application/json, text/plain, */*" };
  const versions = await sei.send(`${USERS}/versions?page_size=999`, { headers: accept });
  expect(versions.json).toEqual({
    records: [{ id: expect.any(String), name: "Version 1", version: "1" }],
    count: 1,
    _metadata: { page_size: 999, page: 0, has_next: false, total_count: 1 },
  });
  const schema = (await sei.send(`${USERS}/schema`, { headers: accept })).json;
  expect([schema.version, typeof schema.created_at]).toEqual([1, "number"]);
  expect(schema.fields.map(({ key }: { key: string }) => key)).toEqual([
    "full_name",
    "email",
    "integration",
    "manager_email",
    "team",
  ]);
  expect(schema.fields[4]).toEqual({
    index: 5,
    key: "team",
    display_name: "Team",
    description: "Team",
    type: "string",
    system_field: false,
  });
  const { records, _metadata } = await list(sei);
  expect(records[1]).toEqual({
    ...ADA,
    org_uuid: expect.stringMatching(/^[0-9a-f-]{36}$/),
    integration_user_ids: [{ integration_id: "1", user_id: "octocat" }],
    version: "1",
    created_at: expect.any(Number),
    updated_at: expect.any(Number),
  });
  expect(_metadata).toEqual({
    page: 0,
    page_size: 50,
    next_page: 1,
    has_next: false,
    total_count: 3,
    non_users_count: 0,
  });
  const updated = await put(sei, { ...records[1], dynamic_column_aggs_region: "EMEA" });
  expect([updated.status, updated.json]).toEqual([200, { message: "Contributor with ID 2 updated successfully." }]);
  const licensed = await sei.send("/v1/sei_contributor/list", { method: "POST", json: {} });
  expect(licensed.json).toEqual({
    org_user_count: 1,
    integration_user_count: 1,
    org_user_details: [
      {
        org_user_id: expect.any(String),
        org_user_ref_id: "2",
        email: "ada@example.com",
        full_name: "Ada Lovelace",
        integration_user_details: [
          {
            integration_user_id: expect.any(String),
            cloud_id: "octocat",
            integration_id: 1,
            integration_type: "github",
          },
        ],
      },
    ],
  });
});

test("a PUT with another email renames: v2 has the same developer under the new email, with the users that were sent", async () => {
  const sei = await started();
  await sei.identify([
    { email: "ada@example.com", integrationId: 1, identity: "ada" },
    { email: "ada@example.com", integrationId: 2, identity: "ada-2" },
  ]);
  const users = [{ integration_id: "1", user_id: "ada" }];
  await put(sei, { ...ADA, email: "Ada.King@example.com", full_name: "Ada King", integration_user_ids: users });
  const { developers, identities } = sei.state();
  expect(developers.find(({ refId }) => refId === 2)).toEqual({
    refId: 2,
    email: "ada.king@example.com",
    name: "Ada King",
    managerEmail: "grace@example.com",
    attributes: { Team: "Payments" },
  });
  expect(identities).toEqual([{ email: "ada.king@example.com", integrationId: 1, identity: "ada" }]);
  // The documents say nothing of reports: theirs is what they had, and v2 checks it at its next write.
  expect(developers.find(({ refId }) => refId === 3)?.managerEmail).toBe("ada@example.com");
  expect((await sei.upsert([{ Email: "grace@example.com", Team: "x" }])).json.errors[0].errorType).toBe(
    "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
  );
  const report = { Email: "alan@example.com", "Manager Email": "ada.king@example.com" };
  expect((await sei.upsert([report])).status).toBe(200);
});

test("a record is replaced whole: what it does not say is blank", async () => {
  const sei = await started();
  const { id, full_name, email } = ADA;
  await put(sei, { id, full_name, email, additional_fields: { team: "Core", no_such_field: "x" } });
  expect(sei.state().developers[0]).toMatchObject({ refId: 1 });
  expect(sei.state().developers.find(({ refId }) => refId === 2)).toMatchObject({
    managerEmail: "",
    attributes: { Team: "Core" },
  });
});

test("two may swap their emails; two of one email, an unknown id and wrong records change nothing", async () => {
  const sei = await started();
  const alan = { ...ADA, id: "3", full_name: "Alan Turing", email: "alan@example.com" };
  const before = sei.state();
  const wrong: [number, ...object[]][] = [
    [400, { ...ADA, email: "alan@example.com" }],
    [400, ADA, { ...alan, email: "ADA@example.com" }],
    [400, ADA, ADA],
    [404, alan, { ...ADA, id: "99" }],
    [404, { ...ADA, id: "0" }],
    [404, { full_name: "New", email: "new@example.com" }],
    [400, { ...ADA, email: " " }],
    [400, { ...ADA, full_name: "" }],
    [400, { ...ADA, additional_fields: [] }],
    [400, { ...ADA, additional_fields: { team: {} } }],
    [400, { ...ADA, integration_user_ids: [{ integration_id: "x", user_id: "a" }] }],
    [400, { ...ADA, integration_user_ids: {} }],
  ];
  for (const [status, ...records] of wrong) {
    const got = await put(sei, ...records);
    expect([records, got.status, Object.keys(got.json)]).toEqual([records, status, ["error"]]);
  }
  expect((await sei.send(USERS, { method: "PUT", json: ADA })).status).toBe(400);
  expect(sei.state()).toEqual(before);
  expect((await put(sei, { ...ADA, email: alan.email }, { ...alan, email: ADA.email })).status).toBe(200);
  expect(sei.state().developers.map(({ refId, email }) => [refId, email])).toEqual([
    [1, "grace@example.com"],
    [2, "alan@example.com"],
    [3, "ada@example.com"],
  ]);
});

test("every write to the people is a version, of either API, and the latest can still be listed", async () => {
  const sei = await started();
  await sei.upsert([{ Email: "ada@example.com", Team: "Core" }]);
  await put(sei, { ...ADA, email: "king@example.com" });
  const versions = (await sei.send(`${USERS}/versions`)).json;
  expect([versions.records.map(({ version }: { version: string }) => version), versions.count]).toEqual([
    ["3", "2", "1"],
    3,
  ]);
  const team = async (query: string) => (await list(sei, {}, query)).records[1].additional_fields.team;
  expect([await team("?version=1"), await team("?version=2"), await team("?version=3"), await team("")]).toEqual([
    "Payments",
    "Core",
    "Payments",
    "Payments",
  ]);
  expect(await emails(sei, {}, "?version=2")).toContain("ada@example.com");
  expect((await sei.send(`${USERS}/schema?version=2`)).json.version).toBe(2);
  for (const version of ["4", "0"]) {
    const got = await sei.send(`${USERS}/list?version=${version}`, { method: "POST", json: {} });
    expect([got.status, got.json]).toEqual([404, { error: `Version ${version} not found.` }]);
  }
  for (let n = 0; n < 10; n += 1) await sei.upsert([{ Email: "alan@example.com", "Manager Email": "", Team: `T${n}` }]);
  expect((await sei.send(`${USERS}/list?version=3`, { method: "POST", json: {} })).status).toBe(404);
  expect((await list(sei, {}, "?version=4")).records[2].additional_fields.team).toBe("T0");
});

test("pages and filters of the list", async () => {
  const sei = await started();
  await sei.identify([{ email: "ada@example.com", integrationId: 4, identity: "x" }]);
  expect(await emails(sei, { page: 1, page_size: 2 })).toEqual(["alan@example.com"]);
  expect((await list(sei, { page: 1, page_size: 2 }))._metadata).toMatchObject({ next_page: 2, has_next: false });
  expect((await list(sei, { page: 0, page_size: 2 }))._metadata).toMatchObject({ next_page: 1, has_next: true });
  expect(await emails(sei, { page: 9 })).toEqual([]);
  const filtered = (filter: object) => emails(sei, { filter });
  expect(await filtered({ email: ["ADA@example.com", "nobody@example.com"] })).toEqual(["ada@example.com"]);
  expect(await filtered({ ref_id: "3" })).toEqual(["alan@example.com"]);
  expect(await filtered({ full_name: "grace hopper" })).toEqual(["grace@example.com"]);
  expect(await filtered({ integration_id: 4 })).toEqual(["ada@example.com"]);
  expect(await filtered({ custom_fields: { team: "Core" } })).toEqual(["grace@example.com"]);
  expect(await filtered({ custom_fields: { other: "Core" } })).toEqual([]);
  expect(await filtered({ version: "1", other: true })).toHaveLength(3);
  for (const json of [[], { page: -1 }, { page: "0" }, { page_size: 0 }, { filter: [] }]) {
    const got = await sei.send(`${USERS}/list`, { method: "POST", json });
    expect([json, got.status, got.json]).toEqual([json, 400, { error: "Invalid request" }]);
  }
  expect((await sei.send(`${USERS}/versions?page=x`)).json).toEqual({ error: "Invalid request" });
  expect((await sei.send(`${USERS}/list?version=x`, { method: "POST", json: {} })).status).toBe(400);
});

test("before the setup: nobody, the two system fields, no version, and nobody to update", async () => {
  const sei = await start();
  expect((await list(sei)).records).toEqual([]);
  expect((await sei.send(`${USERS}/versions`)).json.records).toEqual([]);
  const { version, fields } = (await sei.send(`${USERS}/schema`)).json;
  expect([version, fields.length, fields[0].system_field]).toEqual([1, 2, true]);
  expect((await put(sei, ADA)).status).toBe(404);
  const source = await start({ dialect: { contributorPut: "byEmailOrId" } });
  expect((await put(source, ADA)).status).toBe(412);
});

test("licences are for users of source code integrations", async () => {
  const sei = await started({
    integrations: [
      { id: 1, type: "JIRA" },
      { id: 2, type: "BITBUCKET_CLOUD" },
    ],
  });
  await sei.identify([
    { email: "grace@example.com", integrationId: 1, identity: "grace" },
    { email: "ada@example.com", integrationId: 1, identity: "ada" },
    { email: "ada@example.com", integrationId: 2, identity: "ada-b" },
  ]);
  const { json } = await sei.send("/v1/sei_contributor/list", { method: "POST", json: {} });
  expect([json.org_user_count, json.integration_user_count, json.org_user_details[0].email]).toEqual([
    1,
    2,
    "ada@example.com",
  ]);
  expect((await sei.send("/v1/sei_contributor/list", { method: "POST", json: [] })).status).toBe(400);
});

test("scopes, counted requests, other methods, and faults", async () => {
  const sei = await started({ apiKeys: [{ key: "simulator" }, { key: "reader", scopes: ["developer_records:read"] }] });
  const calls: [string, string, object, string][] = [
    ["GET", `${USERS}/versions`, {}, "contributorVersions"],
    ["GET", `${USERS}/schema`, {}, "contributorSchema"],
    ["POST", `${USERS}/list`, { json: {} }, "listContributors"],
    ["PUT", USERS, { json: [ADA] }, "updateContributors"],
    ["POST", "/v1/sei_contributor/list", { json: {} }, "licensedContributors"],
  ];
  for (const [method, path, sent, kind] of calls) {
    expect((await sei.send(path, { method, key: "reader", ...sent })).status).toBe(method === "PUT" ? 403 : 200);
    const got = await sei.send(path, { method, key: null, headers: { authorization: "Bearer simulator" }, ...sent });
    expect([got.status, sei.requests().at(-1)?.kind]).toEqual([200, kind]);
    expect((await sei.send(path, { method, key: null, ...sent })).json.code).toBe("INVALID_TOKEN");
    expect((await sei.send(path, { method: "DELETE" })).headers.get("allow")).toBe(method);
  }
  sei.faults.add({ kind: "shortPage", match: { path: `${USERS}/*` } });
  expect(await list(sei)).toMatchObject({ records: [{}, {}], _metadata: { total_count: 3 } });
});

describe("in a data folder", () => {
  let data = "";
  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), "sei-v1-"));
  });
  afterEach(() => rm(data, { recursive: true, force: true }));

  test("what a PUT changed survives a restart; older versions are known by number alone", async () => {
    const first = await start({ data });
    await first.setUp();
    await put(first, {
      ...ADA,
      email: "king@example.com",
      integration_user_ids: [{ integration_id: 1, user_id: "a" }],
    });
    const before = first.state();
    const listed = await list(first);
    await first.stop();
    const second = await start({ data });
    expect(second.state()).toEqual(before);
    expect(await list(second)).toEqual(listed);
    expect((await second.send(`${USERS}/versions`)).json.count).toBe(2);
    expect((await second.send(`${USERS}/list?version=1`, { method: "POST", json: {} })).status).toBe(404);
  });

  test("a list of its own survives as well, and its seed is used once", async () => {
    const contributors = [
      { id: "7", fullName: "Ada", email: "ada@old.example.com", additionalFields: { region: "EMEA" } },
    ];
    const options = { data, contributors, dialect: { contributors: "apart" } } as const;
    const first = await start(options);
    await first.setUp();
    const [ada] = (await list(first)).records;
    await put(first, { ...ada, full_name: "Ada King", additional_fields: { region: "APAC" } });
    await first.stop();
    const second = await start(options);
    const { records } = await list(second);
    expect(records).toMatchObject([{ id: "7", full_name: "Ada King", additional_fields: { region: "APAC" } }]);
    expect(second.emails()).toHaveLength(3);
  });
});
