import { PEOPLE, start, started } from "./support.js";

const SCHEMA = "/v2/developers/schema";
const keys = [
  { key: "both" },
  { key: "reader", scopes: ["developer_records:read"] },
  { key: "writer", scopes: ["developer_records:write"] },
] as const;

test.each<[string, Record<string, string>]>([
  ["x-api-key", { "x-api-key": "simulator" }],
  ["Authorization: ApiKey", { authorization: "ApiKey simulator" }],
  ["Authorization: APIKEY", { authorization: "APIKEY simulator" }],
  ["Authorization: Bearer", { authorization: "Bearer simulator" }],
  ["Authorization alone", { authorization: "simulator" }],
])("%s is taken", async (_, headers) => {
  const sei = await started();
  expect((await sei.send(SCHEMA, { key: null, headers })).status).toBe(200);
});

test.each<[string, Record<string, string>]>([
  ["no key", {}],
  ["another key", { "x-api-key": "other" }],
  ["an empty key", { "x-api-key": "" }],
  ["another scheme", { authorization: "Basic simulator" }],
  ["a scheme alone", { authorization: "ApiKey" }],
])("%s is 401 in the platform's words", async (_, headers) => {
  const sei = await started();
  const got = await sei.send(SCHEMA, { key: null, headers });
  expect([got.status, got.json]).toEqual([
    401,
    { status: "ERROR", code: "INVALID_TOKEN", message: expect.any(String), correlationId: "simulator" },
  ]);
});

test("writes need developer_records:write, reads developer_records:read", async () => {
  const sei = await start({ apiKeys: keys });
  const calls: [string, string, object][] = [
    ["POST", "/v2/developers", { csv: PEOPLE }],
    ["PUT", "/v2/developers", { csv: PEOPLE }],
    ["PUT", "/v2/developers/versions/1/fieldMappings", { json: [] }],
    ["PATCH", "/v2/developers/versions/1", { json: { active: true } }],
    ["PATCH", "/v2/developers", { json: [] }],
    ["DELETE", "/v2/developers", { json: { emails: [] } }],
    ["PATCH", "/v2/developers/identities", { json: [] }],
    ["GET", "/v2/developers", {}],
    ["GET", SCHEMA, {}],
    ["GET", "/v2/developers/identities", {}],
  ];
  for (const [method, path, sent] of calls) {
    const status = async (key: string) => (await sei.send(path, { method, key, ...sent })).status;
    const [refused, allowed] = method === "GET" ? ["writer", "reader"] : ["reader", "writer"];
    expect([method, path, await status(refused)]).toEqual([method, path, 403]);
    expect([401, 403]).not.toContain(await status(allowed));
    expect([401, 403]).not.toContain(await status("both"));
  }
});

test("a refused request does nothing, even with a body", async () => {
  const sei = await started({ apiKeys: [{ key: "simulator" }, ...keys] });
  await sei.send("/v2/developers", { method: "DELETE", key: "reader", json: { emails: ["alan@example.com"] } });
  expect(sei.emails()).toHaveLength(3);
});

test("Harness-Account, when it is sent, must be the key's account", async () => {
  const sei = await started({ account: "acme" });
  const status = async (headers: Record<string, string>) => (await sei.send(SCHEMA, { headers })).status;
  expect(await status({})).toBe(200);
  expect(await status({ "Harness-Account": "acme" })).toBe(200);
  expect(await status({ "harness-account": "other" })).toBe(403);
  expect((await (await started()).send(SCHEMA, { headers: { "Harness-Account": "any" } })).status).toBe(200);
});

test.each(["/prod1/sei/api", "/gratis/sei/api", "/gateway/sei/api", "/sei/api", ""])("served at %p", async (base) => {
  const sei = await started();
  const { status, json } = await sei.send(`${sei.origin}${base}/v2/developers?pageSize=1`);
  expect([status, json.totalCount]).toEqual([200, 3]);
  expect(sei.requests()).toMatchObject([
    { base, path: "/v2/developers", query: "?pageSize=1", kind: "list", status: 200 },
  ]);
});

test("the URL has no slash at its end, and listens on this machine only", async () => {
  const sei = await start();
  expect(sei.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sei\/api$/);
});

test("unknown paths are 404, unknown methods 405; a doubled slash is an unknown path", async () => {
  const sei = await start();
  expect((await sei.send("/v2/teams")).status).toBe(404);
  expect((await sei.send("//v2/developers")).status).toBe(404);
  expect((await sei.send("/v3/developers")).status).toBe(404);
  const got = await sei.send("/v2/developers/schema", { method: "POST" });
  expect([got.status, got.headers.get("allow")]).toEqual([405, "GET"]);
});
