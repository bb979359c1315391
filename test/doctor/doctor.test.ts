import { checkIdentities } from "../../provider/doctor/check-identities";
import { hasProblem } from "../../provider/doctor/examine";
import type { Identity } from "../../provider/roster/developer";
import { REGIONS } from "../../provider/sei/endpoint";
import { DIALECTS, type DialectName } from "../../provider/simulator/simulator";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "../sei/scripted-server";
import { type Client, start, started } from "../simulator/support";
import { at, dev, live, team } from "../support/people";
import { examined, find, statuses } from "./patient";
import { scriptedProxy } from "./scripted-proxy";

const NAMES = Object.keys(DIALECTS) as DialectName[];

/** What a healthy account without identities gives; licences are v1's. */
const healthy = (dialect: DialectName) => ({
  endpoint: "ok",
  key: "ok",
  "may read": "ok",
  "may write": "unknown",
  generation: "ok",
  setup: "ok",
  "whole read": "ok",
  shapes: "ok",
  identities: "warning",
  licences: DIALECTS[dialect].contributors === "none" ? "unknown" : "ok",
  versions: "ok",
});

/** The generations that a dialect answers, as the check tells them. */
function generationsOf(dialect: DialectName): string {
  const { generations, contributors } = DIALECTS[dialect];
  const all: readonly (readonly [string, boolean])[] = [
    ["current v2", generations !== "previous"],
    ["previous v2", generations !== "current"],
    ["v1", contributors !== "none"],
  ];
  const told = (is: boolean) => all.filter(([, here]) => here === is).map(([name]) => name);
  return `${told(true).join(", ")}${told(false).length === 0 ? "" : ` (not here: ${told(false).join(", ")})`}`;
}

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function scripted(answer: (request: Received) => Reply): Promise<ScriptedServer> {
  const server = await scriptedServer(answer);
  servers.push(server);
  return server;
}

/** Whatever is not a GET, but the one POST that the documents list as a read. */
function writes(client: Client): readonly string[] {
  return client
    .requests()
    .filter(({ method }) => method !== "GET")
    .map(({ method, path }) => `${method} ${path}`)
    .filter((request) => request !== "POST /v1/sei_contributor/list");
}

describe.each(NAMES)("dialect %s", (dialect) => {
  // Nothing sends the account but those who must.
  const account = DIALECTS[dialect].accountHeader === "required" ? "acc-1" : "";
  // Somebody who has just written sees the old: not what these tests are about.
  const settled = { ...DIALECTS[dialect], readDelayMs: 0 };

  test("an account in order: no problem, and nothing is written", async () => {
    const client = await started({ dialect: settled });
    const before = client.state();
    const examination = await examined({ url: client.url, account });
    expect(statuses(examination)).toEqual(healthy(dialect));
    expect(hasProblem(examination)).toBe(false);
    expect(find(examination, "whole read")).toMatchObject({
      says: "the list and the CSV download agree: 3 developers",
      counts: { developers: 3 },
    });
    expect(find(examination, "setup").says).toContain('EMAIL is "Email"');
    expect(find(examination, "generation").says).toBe(generationsOf(dialect));
    const forms = DIALECTS[dialect].auth.length;
    expect(find(examination, "key").counts).toEqual({ forms });
    expect(client.requests().length).toBeGreaterThan(10);
    expect(writes(client)).toEqual([]);
    expect(client.state()).toEqual(before);
  });

  test("before the setup: a warning, and what to do", async () => {
    const client = await start({ dialect });
    const examination = await examined({ url: client.url, account });
    expect(find(examination, "setup")).toMatchObject({
      status: "warning",
      says: "not done: the account has no field mapping",
      todo: "The first apply of a roster does it.",
    });
    expect(find(examination, "key").status).toBe("ok");
    expect(find(examination, "generation").status).toBe("ok");
    expect(hasProblem(examination)).toBe(false);
    expect(writes(client)).toEqual([]);
  });

  test("a wrong key: a problem of the key, and the rest says that it was not tried", async () => {
    const client = await started({ dialect });
    const examination = await examined({ url: client.url, account, key: "wrong-key-0123456789" });
    expect(find(examination, "key")).toMatchObject({
      status: "problem",
      says: expect.stringContaining("not accepted in any form (x-api-key: 401; Authorization: ApiKey: 401"),
      todo: expect.stringContaining("SEI_API_KEY"),
    });
    expect(find(examination, "whole read").says).toBe("not tried: the key is not accepted");
    expect(statuses(examination)["endpoint"]).toBe("ok");
    expect(JSON.stringify(examination)).not.toContain("wrong-key");
    // Nothing but the schema, here and at the other bases of this host.
    expect(new Set(client.requests().map(({ kind }) => kind))).toEqual(new Set(["schema"]));
  });

  test("a key that may only read is fine, one that may only write is not", async () => {
    const apiKeys = [
      { key: "reads", scopes: ["developer_records:read" as const] },
      { key: "writes", scopes: ["developer_records:write" as const] },
      { key: "simulator" },
    ];
    const client = await started({ dialect: settled, apiKeys });
    const reads = await examined({ url: client.url, account, key: "reads" });
    expect(statuses(reads)).toEqual(healthy(dialect));
    expect(find(reads, "may write").says).toBe("not tried: only a write would tell, and this command sends none");
    const wrote = await examined({ url: client.url, account, key: "writes" });
    expect(find(wrote, "key")).toMatchObject({ status: "ok", says: expect.stringContaining("403, not 401") });
    expect(find(wrote, "may read")).toMatchObject({
      status: "problem",
      says: "no (403): the schema, developers, identities",
      todo: expect.stringContaining("developer_records:read"),
    });
    expect(writes(client)).toEqual([]);
  });
});

describe("the account", () => {
  test("named wrongly: told apart from a wrong key", async () => {
    const client = await started({ account: "acc-1" });
    const wrong = await examined({ url: client.url, account: "acc-2" });
    expect(find(wrong, "key")).toMatchObject({
      status: "problem",
      says: "good, but not with the account acc-2: 403 with Harness-Account, 200 without",
      todo: "Correct SEI_ACCOUNT (--account), or leave it out.",
    });
    expect(hasProblem(await examined({ url: client.url, account: "acc-1" }))).toBe(false);
  });

  test("missing where it is needed", async () => {
    const client = await started({ dialect: "nested" });
    const examination = await examined({ url: client.url });
    expect(find(examination, "key")).toMatchObject({ status: "ok", todo: expect.stringContaining("SEI_ACCOUNT") });
    expect(find(examination, "may read")).toMatchObject({
      status: "problem",
      todo: expect.stringContaining("SEI_ACCOUNT"),
    });
  });
});

describe("the place", () => {
  test("another path of the same host is found, and the key goes nowhere else", async () => {
    const client = await started();
    const examination = await examined({ url: `${client.origin}/harness` });
    const regions = [REGIONS.prod1, REGIONS.prod2, REGIONS.eu].map((url) => new URL(url).pathname);
    for (const path of [...regions, "/gateway/sei/api"]) {
      expect(find(examination, "generation").status).toBe("problem");
      expect(find(examination, "key").todo).toContain(`${client.origin}${path}`);
    }
    const copied = await examined({ url: `${client.url}/v2` });
    expect(find(copied, "key").todo).toContain(`good at ${client.url}`);
    expect(find(copied, "key").status).toBe("unknown");
  });

  test("a redirect is told and not followed: the other host sees nothing", async () => {
    const other = await scripted(() => ({ body: {} }));
    const here = await scripted(() => ({ status: 302, headers: { location: `${other.url}/login?next=x` } }));
    const examination = await examined({ url: here.url });
    expect(find(examination, "endpoint")).toMatchObject({
      status: "problem",
      says: expect.stringContaining(`redirects to ${other.url}/login`),
    });
    expect(find(examination, "endpoint").says).not.toContain("next");
    expect(find(examination, "may read").says).toBe("not tried: the endpoint redirects elsewhere");
    expect(other.received).toEqual([]);
  });

  test("HTML where an API should be", async () => {
    const page = "<!doctype html><html><head><title>Sign in to Example</title></head></html>";
    const server = await scripted(() => ({ body: page, headers: { "content-type": "text/html" } }));
    const examination = await examined({ url: server.url });
    expect(find(examination, "endpoint")).toMatchObject({
      status: "problem",
      says: expect.stringContaining('an HTML page ("Sign in to Example")'),
    });
    expect(find(examination, "key").status).toBe("unknown");
    expect(examination.shapes.answers[0]?.body).toBe("an HTML page");
  });

  test("nothing listens there", async () => {
    const server = await scripted(() => ({}));
    await server.close();
    const examination = await examined({ url: server.url });
    expect(find(examination, "endpoint")).toMatchObject({
      status: "problem",
      says: expect.stringContaining("does not answer"),
      todo: expect.stringContaining("ECONNREFUSED"),
    });
    const others = examination.checks.filter(({ name }) => !["endpoint", "versions"].includes(name));
    expect(others.map(({ status }) => status)).toEqual(others.map(() => "unknown"));
    expect(examination.shapes.answers.map(({ status }) => status)).toEqual([null, null, null, null, null]);
  });

  test("a server that fails is not a wrong key", async () => {
    const server = await scripted(() => ({ status: 500, body: { status: "ERROR", message: "database error" } }));
    const examination = await examined({ url: server.url });
    expect(find(examination, "endpoint")).toMatchObject({ status: "problem", says: expect.stringContaining("500") });
    expect(find(examination, "key").status).toBe("unknown");
  });
});

describe("what is slow or broken keeps nothing else from being told", () => {
  test("a schema without an answer in time", async () => {
    const client = await started();
    client.faults.add({ kind: "slow", ms: 5_000, match: { path: "/v2/developers/schema" } });
    const examination = await examined({ url: client.url, timeoutMs: 300 });
    expect(find(examination, "endpoint").status).toBe("problem");
    expect(find(examination, "may read")).toMatchObject({ status: "ok", says: "yes: developers, identities" });
    expect(find(examination, "generation").status).toBe("ok");
    expect(find(examination, "whole read").says).toContain("no whole answer within 0.3 s");
  });

  test("a roster that takes for ever", async () => {
    const client = await started();
    client.faults.add({ kind: "slow", ms: 600, match: { path: "/v2/developers/identities" } });
    const examination = await examined({ url: client.url, deadlineMs: 200 });
    expect(find(examination, "whole read")).toMatchObject({ status: "unknown", says: "it takes longer than 0.2 s" });
    expect(find(examination, "setup")).toMatchObject({ status: "unknown", says: "see whole read" });
    expect(find(examination, "shapes").status).toBe("ok");
  });

  test("identities that cannot be read: the rest of the roster is told", async () => {
    const client = await started();
    client.faults.add({ kind: "status", status: 500, match: { path: "/v2/developers/identities" } });
    const examination = await examined({ url: client.url });
    expect(find(examination, "identities")).toMatchObject({ status: "problem", says: expect.stringContaining("500") });
    expect(find(examination, "whole read").status).toBe("ok");
    expect(find(examination, "setup").status).toBe("ok");
  });

  test("a list that is short of somebody", async () => {
    const client = await started();
    client.faults.add({ kind: "shortPage" });
    expect(find(await examined({ url: client.url }), "whole read")).toMatchObject({
      status: "problem",
      says: expect.stringContaining("not proven"),
    });
  });

  test("too many requests, once: it waits", async () => {
    const client = await started();
    client.faults.add({ kind: "status", status: 429, retryAfter: 0, times: 3 });
    expect(statuses(await examined({ url: client.url }))).toEqual(healthy("default"));
  });
});

describe("generations", () => {
  const csv = "Name,Email,Manager Email\nGrace Hopper,grace@example.com,\n";
  const fieldMappings = ["Name", "Email", "Manager Email"].map((columnName) => ({
    columnName,
    fieldType: columnName.toUpperCase().replace(" ", "_"),
  }));

  test("the previous v2 only: a problem, also where the list looks like an empty account", async () => {
    const server = await scripted(({ path, headers, method }) => {
      if (headers["x-api-key"] !== "simulator") return { status: 401 };
      if (path === "/v2/developers/schema") return { body: { fieldMappings } };
      if (path === "/v2/developers/download") return { body: csv, headers: { "content-type": "text/csv" } };
      return { status: 404, body: { status: "error", message: `no ${method} ${path}` } };
    });
    const examination = await examined({ url: server.url });
    expect(find(examination, "generation")).toMatchObject({
      status: "problem",
      says: "previous v2; the current v2, which is to be used, is not here",
      todo: "This account speaks the previous generation: set generation: previous (--generation previous, SEI_GENERATION=previous, or `pulumi config set harness-sei:generation previous`).",
      details: [
        "current v2: not here (GET /v2/developers: 404)",
        "previous v2: answers (GET /v2/developers/download: 200)",
        "v1: not here (GET /v1/org/users/schema: 404)",
      ],
    });
    // Nobody must take it for an account without developers.
    expect(find(examination, "whole read")).toMatchObject({
      status: "problem",
      says: "not proven: the list answers 404, although there is a field mapping",
    });
    expect(hasProblem(examination)).toBe(true);
  });

  test("v1 only", async () => {
    const server = await scripted(({ path, headers }) => {
      if (headers.authorization !== "ApiKey simulator") return { status: 401 };
      return path.startsWith("/v1/org/users/") ? { body: { version: 1, fields: [] } } : { status: 401 };
    });
    // Here every path of v2 answers 401, as the real API does for paths that it does not know.
    const examination = await examined({ url: server.url });
    expect(find(examination, "key")).toMatchObject({ status: "problem", todo: expect.stringContaining("401") });
  });

  test("a server that likes every path", async () => {
    const server = await scripted(() => ({ body: {} }));
    const examination = await examined({ url: server.url });
    expect(find(examination, "generation")).toMatchObject({
      status: "unknown",
      says: expect.stringContaining("a path that no API has"),
    });
    expect(find(examination, "key")).toMatchObject({
      status: "warning",
      says: expect.stringContaining("without a key"),
    });
  });
});

describe("identities and licences", () => {
  const holders = (...held: (readonly [login: string, integrationId: number])[]) =>
    held.map(([login, integrationId]) => ({ email: at(login), integrationId, identity: login }));

  function judged(identities: readonly Identity[] | null, people: "names" | "masked" = "names") {
    const roster = live([dev("ada"), dev("alan"), dev("grace")], { identities });
    return checkIdentities({ live: { kind: "done", value: roster }, subject: { people }, identitiesFailed: "500" });
  }

  test("who has none in which integration, and who is nobody", () => {
    const identities = holders(["ada", 101], ["grace", 101], ["ada", 7], ["ghost", 7]);
    expect(judged(identities)).toEqual({
      status: "warning",
      says: "4 in 2 integrations; 1 of 3 developers have none, 1 of nobody live",
      todo: "Declare them under `identities`, if SEI does not find them itself. No request of the API takes an identity of nobody away.",
      details: [
        "none at all: 1 of 3: alan@example.com",
        "none in integration 7: 2 of 3: alan@example.com, grace@example.com",
        "none in integration 101: 1 of 3: alan@example.com",
        "of nobody live: 1: ghost@example.com",
      ],
      counts: { identities: 4, integrations: 2, withoutAny: 1, ofNobody: 1, "without:7": 2, "without:101": 1 },
    });
    expect(judged(identities, "masked").details).toEqual([
      "none at all: 1 of 3",
      "none in integration 7: 2 of 3",
      "none in integration 101: 1 of 3",
      "of nobody live: 1",
    ]);
    const all = holders(["ada", 1], ["alan", 1], ["grace", 1]);
    expect(judged(all)).toMatchObject({ status: "ok", says: "3 in 1 integration; everybody has one in each" });
    expect(judged(null)).toEqual({ status: "problem", says: "500" });
  });

  test("of many only the first are named, and of many integrations only the first told", () => {
    const people = team(40);
    const identities = Array.from({ length: 25 }, (_, id) => ({
      email: at("p000"),
      integrationId: id + 1,
      identity: "x",
    }));
    const found = checkIdentities({
      live: { kind: "done", value: live(people, { identities }) },
      subject: { people: "names" },
      identitiesFailed: null,
    });
    expect(found.details).toHaveLength(22);
    expect(found.details?.[0]).toBe(
      "none at all: 39 of 40: p001@example.com, p002@example.com, p003@example.com, p004@example.com, p005@example.com and 34 more",
    );
    expect(found.details?.at(-1)).toBe("… and 5 more integrations");
  });

  test("licensed contributors, where v1 answers", async () => {
    const client = await started();
    const org_user_details = ["ada@example.com", "Grace@example.com", "left@example.com"].map((email) => ({
      org_user_id: "x",
      email,
      full_name: "Somebody",
      integration_user_details: [],
    }));
    // One server with v1 and v2: v2 is the simulator's.
    const server = await scriptedProxy(client.url, ({ path, method }) =>
      method === "POST" && path === "/v1/sei_contributor/list"
        ? { body: { org_user_count: 3, integration_user_count: 9, org_user_details } }
        : null,
    );
    expect(find(await examined({ url: server.url }), "licences")).toEqual({
      name: "licences",
      status: "warning",
      says: "3 licensed; 1 of them not on the roster; 1 of 3 on the roster not licensed",
      todo: expect.stringContaining("licence"),
      details: [
        "licensed, not on the roster: 1 of 3: left@example.com",
        "on the roster, not licensed: 1 of 3: alan@example.com",
      ],
      counts: { licensed: 3, notOnRoster: 1, notLicensed: 1 },
    });
    expect(server.bodies).toEqual(["{}"]);
  });
});

test("versions: ours, Node's, and what the API says of itself in headers that can hold nothing else", async () => {
  const server = await scripted(() => ({
    headers: { "x-api-version": "2026-10", "x-sei-version": "see <https://example.com>", server: "envoy" },
    body: [],
  }));
  expect(find(await examined({ url: server.url }), "versions").says).toBe(
    "pulumi-harness-sei 0.1.0, Node 20.18.1; the API says x-api-version: 2026-10, server: envoy",
  );
});

test("versions of the contributors (v1): how many, and the active one", async () => {
  const told = async (body: unknown, status = 200) => {
    const client = await started({ dialect: { ...DIALECTS.default, contributors: "none" } });
    const server = await scriptedProxy(client.url, ({ path }) =>
      path === "/v1/org/users/versions" ? { status, body } : null,
    );
    const { details, counts, status: found } = find(await examined({ url: server.url }), "versions");
    expect(found).toBe("ok");
    return [details?.[0], counts?.["contributorVersions"]];
  };
  const versions = [189, 190].map((version) => ({
    id: "u",
    version,
    active: version === 190,
    created_at: 1710153327501,
  }));
  const active = "the active one is 190 of 2024-03-11";
  expect(await told({ records: versions, _metadata: { total_count: 2 } })).toEqual([
    `contributor versions (v1): 2, ${active}`,
    2,
  ]);
  expect(await told({ records: versions, count: 1521 })).toEqual([`contributor versions (v1): 1521, ${active}`, 1521]);
  expect(await told({ records: [{ id: "u", name: "Version 9", version: "9" }], count: 1 })).toEqual([
    "contributor versions (v1): 1, the newest is 9; which one is active is not said",
    1,
  ]);
  expect(await told({ records: [{ version: "ada@example.com", active: true }] })).toEqual([
    "contributor versions (v1): 1, the active one is not a number",
    1,
  ]);
  expect(await told({ records: [], count: 0 })).toEqual(["contributor versions (v1): 0", 0]);
  expect(await told({ records: versions.slice(0, 1), count: 9 })).toEqual([
    "contributor versions (v1): 9, the active one is not among the first",
    9,
  ]);
  expect(await told({ what: "ever" })).toEqual([undefined, undefined]);
  expect(await told({ message: "no" }, 500)).toEqual([undefined, undefined]);
});

test("an answer that nobody recognises: a problem that asks for its shape", async () => {
  const server = await scripted(({ path, headers }) => {
    if (headers["x-api-key"] !== "simulator") return { status: 401 };
    if (path !== "/v2/developers/schema") return { status: 404 };
    return { body: { columns: { "Cost Center": { kind: 4 } } } };
  });
  const examination = await examined({ url: server.url });
  expect(find(examination, "shapes")).toMatchObject({
    status: "problem",
    says: "not recognised: schema",
    todo: expect.stringContaining("--shapes FILE"),
  });
  expect(JSON.stringify(find(examination, "shapes"))).not.toContain("Cost");
});
