import { PEOPLE, start, started } from "./support.js";

/** The tab "Previous" of the developers' document. */
const NEXT = PEOPLE.replace("Ada Lovelace", "Ada King");
const LIST = "/v2/developers/list";

test("upload and save: the initial setup, and nothing before it", async () => {
  const sei = await start();
  expect((await sei.send("/v2/developers/reupload?fileType=CSV", { method: "POST", csv: PEOPLE })).status).toBe(412);
  expect((await sei.send("/v2/developers/uploads/1/approve", { method: "POST" })).status).toBe(412);
  expect((await sei.upsert([])).status).toBe(412);
  const preview = await sei.send("/v2/developers/upload", { method: "POST", csv: PEOPLE });
  expect([preview.status, Object.keys(preview.json)]).toEqual([
    200,
    ["uploadId", "fieldMappings", "developers", "totalDevelopers", "errors"],
  ]);
  const { uploadId, fieldMappings } = preview.json;
  const path = `/v2/developers/uploads/${uploadId}/save`;
  const saved = await sei.send(path, { method: "POST", json: { fieldMappings } });
  expect([saved.status, saved.json]).toEqual([
    200,
    { status: "SUCCESS", uploadId, created: 3, updated: 0, deleted: 0 },
  ]);
  expect(sei.emails()).toHaveLength(3);
  expect((await sei.send(path, { method: "POST", json: { fieldMappings: [] } })).status).toBe(409);
});

test("reupload and approve, whose documented call has an empty body", async () => {
  const sei = await started();
  const review = await sei.send("/v2/developers/reupload?fileType=CSV", { method: "POST", csv: NEXT });
  expect([review.status, review.json.updated.length, Object.keys(review.json)[0]]).toEqual([200, 1, "uploadId"]);
  const headers = { accept: "*/*", "content-type": "application/x-www-form-urlencoded" };
  const path = `/v2/developers/uploads/${review.json.uploadId}/approve`;
  const approved = await sei.send(path, { method: "POST", headers, body: "" });
  expect([approved.status, approved.json.uploadId]).toEqual([200, review.json.uploadId]);
  expect(sei.state().developers[1]?.name).toBe("Ada King");
  expect((await sei.send("/v2/developers/uploads/99/approve", { method: "POST" })).status).toBe(404);
});

test("a reupload is a CSV: another fileType, and JSON, are refused", async () => {
  const sei = await started();
  const status = async (query: string, sent: object) =>
    (await sei.send(`/v2/developers/reupload${query}`, { method: "POST", ...sent })).status;
  expect(await status("?fileType=JSON", { csv: NEXT })).toBe(400);
  expect(await status("", { csv: NEXT })).toBe(200);
  expect(await status("?fileType=CSV", { json: [] })).toBe(415);
});

test("the list takes its filter and its order in the body, its page in the query", async () => {
  const sei = await started();
  const list = async (json: object, query = "?pageIndex=0&pageSize=50") =>
    (await sei.send(`${LIST}${query}`, { method: "POST", json })).json;
  const emails = async (json: object, query?: string) =>
    (await list(json, query)).developers.map(({ Email }: { Email: string }) => Email);
  expect(await list({}, "")).toEqual((await sei.list()).json);
  expect(await emails({ sortOrder: "desc", sortKey: "email" })).toEqual([
    "grace@example.com",
    "alan@example.com",
    "ada@example.com",
  ]);
  expect(await emails({ searchKey: "Team", searchValue: "payments", sortOrder: null })).toEqual([
    "ada@example.com",
    "alan@example.com",
  ]);
  expect(await emails({ developerRefIds: [1, 3], sortKey: "developerRefId" })).toEqual([
    "grace@example.com",
    "alan@example.com",
  ]);
  expect(await emails({ sortKey: "email" }, "?pageIndex=1&pageSize=2")).toEqual(["grace@example.com"]);
  expect((await list({ searchKey: "Team", searchValue: "Core", developerRefIds: [2] })).totalCount).toBe(0);
  // The page is asked for in the query alone.
  expect((await list({ pageSize: 1 })).developers).toHaveLength(3);
});

test.each([
  [[]],
  [{ sortOrder: "up" }],
  [{ searchKey: 1 }],
  [{ searchKey: "Team" }],
  [{ sortKey: "Nothing" }],
  [{ developerRefIds: 1 }],
  [{ developerRefIds: ["1"] }],
  [{ developerRefIds: [2 ** 31] }],
])("the list refuses %j", async (json) => {
  expect((await (await started()).send(LIST, { method: "POST", json })).status).toBe(400);
});

test("the largest id of the documents' example is an id like any other", async () => {
  const json = { sortOrder: "asc", developerRefIds: [1073741824] };
  expect((await (await started()).send(LIST, { method: "POST", json })).json.totalCount).toBe(0);
});

test("the download is the CSV of the current generation", async () => {
  const sei = await started();
  const got = await sei.send("/v2/developers/download", { headers: { accept: "text/csv" } });
  expect([got.text, got.headers.get("content-type")]).toEqual([await sei.csv(), "text/csv; charset=utf-8"]);
});

test("both generations are one account: what one uploads, the other approves", async () => {
  const sei = await started();
  const { versionId } = (await sei.reupload(NEXT)).json;
  expect((await sei.send(`/v2/developers/uploads/${versionId}/approve`, { method: "POST" })).status).toBe(200);
  expect(sei.state().developers[1]?.name).toBe("Ada King");
});

test("another method on a path is 405, with the methods that there are", async () => {
  const sei = await start();
  for (const path of ["upload", "reupload", "list", "cloud-ids", "cloud-ids/upload", "uploads/1/save"]) {
    const got = await sei.send(`/v2/developers/${path}`);
    expect([path, got.status, got.headers.get("allow")]).toEqual([path, 405, "POST"]);
  }
  expect((await sei.send("/v2/developers/download", { method: "POST" })).headers.get("allow")).toBe("GET");
});

test("scopes, counted requests, and faults are as for the current generation", async () => {
  const sei = await started({ apiKeys: [{ key: "simulator" }, { key: "reader", scopes: ["developer_records:read"] }] });
  const calls: [string, string, object, string][] = [
    ["POST", "/v2/developers/upload", { csv: PEOPLE }, "upload"],
    ["POST", "/v2/developers/uploads/1/save", { json: [] }, "save"],
    ["POST", "/v2/developers/reupload", { csv: PEOPLE }, "reupload"],
    ["POST", "/v2/developers/uploads/1/approve", {}, "approve"],
    ["POST", "/v2/developers/cloud-ids", { json: { integrationUsers: [] } }, "setIdentities"],
    ["POST", "/v2/developers/cloud-ids/upload", { csv: "email,applicationType,cloudId\n" }, "setIdentitiesCsv"],
    ["POST", LIST, { json: {} }, "list"],
    ["GET", "/v2/developers/download", {}, "download"],
  ];
  for (const [method, path, sent, kind] of calls) {
    const { status } = await sei.send(path, { method, key: "reader", ...sent });
    expect([path, status]).toEqual([path, kind === "list" || kind === "download" ? 200 : 403]);
    expect((await sei.send(path, { method, key: "other", ...sent })).status).toBe(401);
    expect(sei.requests().at(-1)?.kind).toBe(kind);
  }
  sei.faults.add({ kind: "shortPage", match: { method: "POST", path: LIST } });
  const short = await sei.send(LIST, { method: "POST", json: {} });
  expect([short.json.developers.length, short.json.totalCount]).toEqual([2, 3]);
  const headers = { "x-simulator-fault": "503" };
  expect((await sei.send("/v2/developers/upload", { method: "POST", csv: PEOPLE, headers })).status).toBe(503);
});

test("an account that has not moved has the previous paths and the shared ones", async () => {
  const sei = await start({ dialect: "previous" });
  const { uploadId, fieldMappings } = (await sei.send("/v2/developers/upload", { method: "POST", csv: PEOPLE })).json;
  await sei.send(`/v2/developers/uploads/${uploadId}/save`, { method: "POST", json: { fieldMappings } });
  expect((await sei.send("/v2/developers/schema")).status).toBe(200);
  expect((await sei.upsert([{ Name: "Linus", Email: "linus@example.com" }])).status).toBe(200);
  expect((await sei.remove("linus@example.com")).status).toBe(200);
  expect((await sei.approve("1")).status).toBe(404);
  expect((await sei.identify([])).status).toBe(404);
  // The path is there, for what both generations share.
  for (const got of [await sei.list(), await sei.upload(PEOPLE), await sei.reupload(PEOPLE)]) {
    expect([got.status, got.headers.get("allow")]).toEqual([405, "PATCH, DELETE"]);
  }
  expect((await (await start({ dialect: "previousTerse" })).identify([])).status).toBe(401);
});
