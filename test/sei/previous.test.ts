import { connect } from "../../provider/sei/client.js";
import { ApplicationTypeMissingError, IdentitiesUnavailableError } from "../../provider/sei/errors.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
const ADA = { email: "ada@x.io", name: "Ada", managerEmail: "", attributes: { Team: "Payments" } };
const RECORD = { developerRefId: 1, Name: "Ada", Email: "ada@x.io", "Manager Email": "", Team: "Payments" };
const CSV = "Name,Email,Manager Email,Team\nAda,ada@x.io,,Payments\n";
const SCHEMA = {
  fieldMappings: [
    { columnName: "Name", fieldType: "NAME" },
    { columnName: "Email", fieldType: "EMAIL" },
    { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
    { columnName: "Team", fieldType: "CUSTOM" },
  ],
};
const OF_ADA = { email: "ada@x.io", integrationId: 101, identity: "ada" };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** An account that speaks nothing but the documented requests of the previous generation, and what a test adds. */
async function account(more: (request: Received) => Reply | undefined = () => undefined) {
  const server = await scriptedServer((request) => more(request) ?? previous(request));
  const client = connect({
    endpoint: server.url,
    apiKey: "k3y-of-test",
    auth: "x-api-key",
    generation: "previous",
    rereadMs: [1],
    retry: { baseMs: 1 },
  });
  open.push(client, server);
  const asked = () => server.received.map(({ method, path }) => `${method} ${path}`);
  return { server, client, asked };
}

function previous({ method, path, body }: Received): Reply {
  switch (`${method} ${path}`) {
    case "POST /v2/developers/upload":
      return { body: { uploadId: "u 1", ...SCHEMA } };
    case "POST /v2/developers/uploads/u%201/save":
    case "POST /v2/developers/uploads/u%201/approve":
      return { body: { status: "SUCCESS" } };
    case "POST /v2/developers/reupload":
      return { body: { uploadId: "u 1", added: [], updated: [], removed: [] } };
    case "POST /v2/developers/list": {
      const { searchValue = "" } = JSON.parse(body) as { searchValue?: string };
      const developers = [RECORD].filter((one) => one.Email.includes(searchValue));
      return { body: { developers, totalCount: developers.length } };
    }
    case "GET /v2/developers/download":
      return { body: CSV, headers: { "content-type": "text/csv" } };
    case "GET /v2/developers/schema":
      return { body: SCHEMA };
    case "PATCH /v2/developers":
      return { body: { status: "SUCCESS" } };
    case "POST /v2/developers/cloud-ids":
    case "POST /v2/developers/cloud-ids/upload":
      return { body: { status: "success", message: "Developer identities updated successfully." } };
    default:
      return { status: 404, body: { status: "error", message: "There is no such endpoint." } };
  }
}

function v1({ method, path }: Received, people: readonly unknown[]): Reply | undefined {
  if (`${method} ${path}` !== "POST /v1/org/users/list") return undefined;
  return { body: { records: people, count: people.length, _metadata: { total_count: people.length } } };
}

const V1_ADA = {
  id: "1",
  full_name: "Ada",
  email: "Ada@x.io",
  version: "1",
  integration_user_ids: [{ integration_id: "101", user_id: "ada" }],
};

test("setup, reupload and approve: the documented requests", async () => {
  const { server, client, asked } = await account();
  const draft = await client.writer.upload([ADA], MAPPING);
  await client.writer.saveFieldMapping(draft, MAPPING);
  const review = await client.writer.reupload([ADA], MAPPING);
  await client.writer.approve(review);
  const writes = asked().filter((one) => one !== "POST /v2/developers/list" && !one.startsWith("GET"));
  expect(writes).toEqual([
    "POST /v2/developers/upload",
    "POST /v2/developers/uploads/u%201/save",
    "POST /v2/developers/reupload",
    "POST /v2/developers/uploads/u%201/approve",
  ]);
  const [upload, , reupload, approve] = server.received.filter(({ method, path }) =>
    writes.includes(`${method} ${path}`),
  );
  for (const one of [upload, reupload]) {
    expect(one?.headers["content-type"]).toMatch(/^multipart\/form-data/);
    expect(one?.body).toMatch(/name="file"; filename="developers.csv"\r\nContent-Type: text\/csv/i);
    expect(one?.body).toContain("Ada,ada@x.io,,Payments");
  }
  expect([...(reupload?.query ?? [])]).toEqual([["fileType", "CSV"]]);
  expect([approve?.body, approve?.headers["content-length"]]).toEqual(["", "0"]);
});

test("the list is a POST that only reads: pages in the query, an object as the body, tried again", async () => {
  let busy = 1;
  const { server, client } = await account(({ path }) =>
    path === "/v2/developers/list" && busy-- > 0 ? { status: 503 } : undefined,
  );
  const live = await client.reader.readRoster({ identities: false });
  expect([...live.developers.values()]).toEqual([ADA]);
  expect(live.completeness).toEqual({ proven: true, count: 1 });
  const lists = server.received.filter(({ path }) => path === "/v2/developers/list");
  expect(lists.length).toBeGreaterThan(1);
  for (const { method, query, body, headers } of lists) {
    expect([method, query.get("pageIndex"), query.get("pageSize"), body]).toEqual(["POST", "0", "100", "{}"]);
    expect(headers["content-type"]).toBe("application/json");
  }
});

test.each([
  ["a server that searches", undefined],
  ["a server that ignores the search", { body: { developers: [{ ...RECORD, Email: "x@x.io" }, RECORD] } }],
  ["a server that refuses it", { status: 400, body: { message: "unknown searchKey" } }],
  ["a server that matches within a text", { body: { developers: [{ ...RECORD, Email: "lada@x.io" }] } }],
] as const)("one developer is looked for by the EMAIL column: %s", async (_name, answer) => {
  const searches: unknown[] = [];
  const { client } = await account(({ path, body }) => {
    if (path !== "/v2/developers/list" || !body.includes("search")) return undefined;
    searches.push(JSON.parse(body));
    return answer;
  });
  // The record as it is: one upsert, read back.
  await client.writer.upsert([ADA], MAPPING);
  expect(searches[0]).toEqual({ searchKey: "Email", searchValue: "ada@x.io" });
});

test("identities are written as cloud ids, by application type", async () => {
  const { server, client } = await account();
  await client.writer.setIdentities([{ ...OF_ADA, applicationType: "GITHUB" }]);
  expect(server.received.map(({ method, path, body }) => [method, path, JSON.parse(body)])).toEqual([
    [
      "POST",
      "/v2/developers/cloud-ids",
      { integrationUsers: [{ email: "ada@x.io", applicationType: "GITHUB", cloudId: "ada" }] },
    ],
  ]);
});

test("without an application type nothing is sent, and the error says what to declare", async () => {
  const { server, client } = await account();
  const set = client.writer.setIdentities([OF_ADA]);
  await expect(set).rejects.toThrow(ApplicationTypeMissingError);
  await expect(set).rejects.toThrow(
    /integration 101\. Declare it: integrations: \{ <name>: \{ id: 101, applicationType/,
  );
  expect(server.received).toEqual([]);
});

test("a server that takes no JSON gets the CSV", async () => {
  const { server, client } = await account(({ path }) =>
    path === "/v2/developers/cloud-ids" ? { status: 415 } : undefined,
  );
  await client.writer.setIdentities([{ ...OF_ADA, applicationType: "GITHUB" }]);
  const last = server.received.at(-1);
  expect(last?.path).toBe("/v2/developers/cloud-ids/upload");
  expect(last?.body).toContain("email,applicationType,cloudId\nada@x.io,GITHUB,ada\n");
});

describe("where identities are read", () => {
  test("the current request, when it answers; v1 is not asked", async () => {
    const { client, asked } = await account(({ path }) =>
      path === "/v2/developers/identities" ? { body: { identities: [OF_ADA], totalCount: 1 } } : undefined,
    );
    const live = await client.reader.readRoster({ identities: true });
    expect(live).toMatchObject({ identities: [OF_ADA], identityCompleteness: { proven: true } });
    expect(await client.reader.readIdentities(["ada@x.io"])).toEqual([OF_ADA]);
    expect(asked().filter((one) => one.includes("/v1/"))).toEqual([]);
  });

  test.each([404, 401, 403, 405, 501])(
    "else the v1 contributors, the same twice (the current one answers %i)",
    async (status) => {
      const { client } = await account((request) =>
        request.path === "/v2/developers/identities" ? { status, body: { message: "no" } } : v1(request, [V1_ADA]),
      );
      const live = await client.reader.readRoster({ identities: true });
      expect(live).toMatchObject({ identities: [OF_ADA], identityCompleteness: { proven: true } });
      expect(await client.reader.readIdentities(["ada@x.io"])).toEqual([OF_ADA]);
    },
  );

  test("v1 answers that differ prove nothing", async () => {
    let calls = 0;
    const { client } = await account((request) => {
      calls += request.path === "/v1/org/users/list" ? 1 : 0;
      const users = calls % 2 === 0 ? [] : V1_ADA.integration_user_ids;
      return v1(request, [{ ...V1_ADA, integration_user_ids: users }]);
    });
    const { identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identityCompleteness).toMatchObject({
      proven: false,
      contradicted: true,
      reason: expect.stringContaining("POST /v1/org/users/list read again"),
    });
  });

  test("v1 that does not know everybody proves nothing", async () => {
    const { client } = await account((request) => v1(request, [{ ...V1_ADA, email: "eve@x.io" }]));
    const { identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identityCompleteness).toMatchObject({
      proven: false,
      contradicted: true,
      reason: expect.stringContaining("does not have 1 of the 1 developers"),
    });
  });

  test("v1 pages that do not add up prove nothing", async () => {
    const { client } = await account((request) =>
      request.path === "/v1/org/users/list" ? { body: { records: [V1_ADA], total_count: 5 } } : undefined,
    );
    const { identities, identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identities).toEqual([]);
    expect(identityCompleteness).toMatchObject({
      contradicted: true,
      reason: expect.stringMatching(/^page 2 is the same/),
    });
  });

  test("an integration without a number proves nothing, and its identity is not shown", async () => {
    const users = [...V1_ADA.integration_user_ids, { integration_id: "hub", user_id: "a" }];
    const { client } = await account((request) => v1(request, [{ ...V1_ADA, integration_user_ids: users }]));
    const { identities, identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identities).toEqual([OF_ADA]);
    expect(identityCompleteness).toMatchObject({
      contradicted: true,
      reason: "POST /v1/org/users/list shows 1 identities of integrations without a number",
    });
  });

  test("v1 in a form that is not known is no answer, and the form is told", async () => {
    const { client } = await account((request) =>
      request.path === "/v1/org/users/list" ? { body: { hello: "Ada" } } : undefined,
    );
    const { identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identityCompleteness).toMatchObject({
      unavailable: expect.any(String),
      reason: expect.stringMatching(/list: 200, in a form that is not known: .*\{ hello: string \}/),
    });
  });

  test("v1 that fails is an error: it may answer in a moment", async () => {
    const { client } = await account((request) =>
      request.path === "/v1/org/users/list" ? { status: 500, body: { message: "boom" } } : undefined,
    );
    await expect(client.reader.readRoster({ identities: true })).rejects.toThrow(
      "POST /v1/org/users/list answered 500",
    );
  });

  test("v1 that has answered and is gone: only that is told, the other was not asked again", async () => {
    let isGone = false;
    const { client, asked } = await account((request) => (isGone ? undefined : v1(request, [V1_ADA])));
    await client.reader.readRoster({ identities: true });
    isGone = true;
    const before = asked().length;
    const { identityCompleteness } = await client.reader.readRoster({ identities: true });
    expect(identityCompleteness).toMatchObject({
      reason: expect.stringMatching(/\(POST \/v1\/org\/users\/list: 404\)$/),
    });
    expect(asked().slice(before)).not.toContain("GET /v2/developers/identities");
  });

  test("neither: unavailable, with what was tried and what to do; the people are read all the same", async () => {
    const { client, asked } = await account();
    const live = await client.reader.readRoster({ identities: true });
    expect([...live.developers.keys()]).toEqual(["ada@x.io"]);
    expect(live.completeness.proven).toBe(true);
    expect(live.identityCompleteness).toEqual({
      proven: false,
      contradicted: true,
      reason:
        "the previous generation of the API has no request for it, and no other answers (GET /v2/developers/identities: 404; POST /v1/org/users/list: 404)",
      unavailable: expect.stringContaining("take `identities` out of the roster"),
    });
    // It is no disagreement, so nobody waits and reads again.
    expect(asked().filter((one) => one === "POST /v1/org/users/list")).toHaveLength(1);
    await expect(client.reader.readIdentities(["ada@x.io"])).rejects.toThrow(IdentitiesUnavailableError);
  });
});
