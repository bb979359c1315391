import { parseFaults } from "../../provider/simulator/faults/fault-spec.js";
import { type Client, start, started } from "./support.js";

const MANY = [
  "Name,Email,Manager Email",
  ...Array.from({ length: 30 }, (_, n) => `P${String(n).padStart(2, "0")},p${n}@example.com,`),
  "",
].join("\n");
const names = ({ json }: { json: { developers: { Name: string }[] } }) => json.developers.map(({ Name }) => Name);
const fault = (spec: string) => ({ headers: { "x-simulator-fault": spec } });

test("a status instead of an answer, with and without Retry-After, in JSON and as a gateway's page", async () => {
  const sei = await started();
  const limited = await sei.send("/v2/developers", fault("429:retryAfter=7"));
  expect([limited.status, limited.headers.get("retry-after"), limited.json.code]).toEqual([
    429,
    "7",
    "TOO_MANY_REQUESTS",
  ]);
  expect((await sei.send("/v2/developers", fault("429"))).headers.get("retry-after")).toBeNull();
  for (const status of [500, 502, 503, 504]) {
    const got = await sei.send("/v2/developers", fault(`${status}:body=html`));
    expect([got.status, got.headers.get("content-type"), got.text.startsWith("<!DOCTYPE html>")]).toEqual([
      status,
      "text/html; charset=utf-8",
      true,
    ]);
  }
  expect(await sei.send("/v2/developers", fault("401:body=empty"))).toMatchObject({ status: 401, text: "" });
  expect(await sei.send("/v2/developers", fault("403"))).toMatchObject({
    status: 403,
    json: { code: "ACCESS_DENIED" },
  });
});

test("a status instead of a write keeps it from happening, unless it was applied", async () => {
  const sei = await started();
  const upsert = (spec: string) =>
    sei.send("/v2/developers", { method: "PATCH", json: [{ Email: "ada@example.com", Team: spec }], ...fault(spec) });
  expect((await upsert("503")).status).toBe(503);
  expect(sei.state().developers[1]?.attributes["Team"]).toBe("Payments");
  expect((await upsert("504:applied=true,body=html")).status).toBe(504);
  expect(sei.state().developers[1]?.attributes["Team"]).toBe("504:applied=true,body=html");
});

test("a reset before the request is processed, and one after", async () => {
  const sei = await started();
  const upsert = (spec: string) =>
    sei.send("/v2/developers", { method: "PATCH", json: [{ Email: "ada@example.com", Team: spec }], ...fault(spec) });
  await expect(upsert("reset")).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  expect(sei.state().developers[1]?.attributes["Team"]).toBe("Payments");
  await expect(upsert("resetAfter")).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  expect(sei.state().developers[1]?.attributes["Team"]).toBe("resetAfter");
  expect(sei.requests().map(({ kind, status, faults }) => [kind, status, faults])).toEqual([
    ["upsert", null, ["reset"]],
    ["upsert", null, ["resetAfter"]],
  ]);
  expect((await sei.list()).status).toBe(200);
});

test("slow: applied at once, answered late", async () => {
  const sei = await started();
  const began = Date.now();
  await sei.send("/v2/developers", fault("slow:ms=150"));
  expect(Date.now() - began).toBeGreaterThanOrEqual(140);
  const signal = AbortSignal.timeout(100);
  const headers = {
    "x-api-key": "simulator",
    "content-type": "application/json",
    "x-simulator-fault": "slow:ms=60000",
  };
  const body = JSON.stringify({ emails: ["alan@example.com"] });
  await expect(fetch(`${sei.url}/v2/developers`, { method: "DELETE", headers, body, signal })).rejects.toThrow(
    "timeout",
  );
  expect(sei.emails()).toHaveLength(2);
});

test("pages that are short, doubled, shifted or empty, although the total stands", async () => {
  const sei = await started({}, MANY);
  const page = (spec: string, index = 1) => sei.send(`/v2/developers?pageIndex=${index}&pageSize=10`, fault(spec));
  const right = names(await sei.list("?pageIndex=1&pageSize=10"));
  const short = await page("shortPage:rows=3");
  expect([names(short), short.json.totalCount]).toEqual([right.slice(0, 7), 30]);
  const doubled = names(await page("doubledPage"));
  expect([doubled.length, new Set(doubled).size, doubled[9]]).toEqual([10, 9, "P10"]);
  expect(names(await page("shiftedPage"))[0]).toBe("P11");
  expect(names(await page("shiftedPage:by=-2"))[0]).toBe("P08");
  expect((await page("emptyList", 0)).json).toMatchObject({ developers: [], totalCount: 0 });
});

test("the same for a CSV and for identities", async () => {
  const sei = await started({}, MANY);
  const csv = async (spec: string) =>
    (await sei.send("/v2/developers", { headers: { accept: "text/csv", "x-simulator-fault": spec } })).text.split("\n");
  expect(await csv("shortPage:rows=5")).toHaveLength(27);
  expect(await csv("emptyList")).toEqual(["Name,Email,Manager Email", ""]);
  await sei.identify([{ email: "p1@example.com", integrationId: 1, identity: "x" }]);
  expect((await sei.send("/v2/developers/identities", fault("shortPage"))).json).toMatchObject({
    identities: [],
    totalCount: 1,
  });
});

test("bodies that end too soon, and a page of HTML with status 200", async () => {
  const sei = await started();
  const truncated = await sei.send("/v2/developers", fault("truncated"));
  expect([truncated.status, typeof truncated.json, truncated.text.startsWith('{"developers"')]).toEqual([
    200,
    "string",
    true,
  ]);
  await expect(sei.send("/v2/developers", fault("cut"))).rejects.toThrow("terminated");
  expect(await sei.send("/v2/developers", fault("html"))).toMatchObject({
    status: 200,
    text: expect.stringContaining("<html>"),
  });
});

test("faults for some requests only: method, path, after, times", async () => {
  const sei = await started({ faults: parseFaults("429:times=2,after=1,method=get,path=/v2/developers") });
  const statuses: number[] = [];
  for (let n = 0; n < 5; n += 1) {
    statuses.push((await sei.send("/v2/developers/schema")).status);
    statuses.push((await sei.list()).status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 200, 429, 200, 200, 200, 200]);
  sei.faults.add({ kind: "status", status: 500, match: { path: "/v2/developers/*" } });
  expect([(await sei.send("/v2/developers/schema")).status, (await sei.list()).status]).toEqual([500, 200]);
  sei.faults.clear();
  expect((await sei.send("/v2/developers/schema")).status).toBe(200);
});

describe("over HTTP, outside the keys", () => {
  const control = (sei: Client, path: string, init?: RequestInit) => fetch(`${sei.origin}/_simulator/${path}`, init);

  test("faults as text, as JSON, and gone again", async () => {
    const sei = await started();
    const added = await control(sei, "faults", { method: "POST", body: "503:times=1;reset:method=DELETE" });
    expect(added.status).toBe(201);
    const body = JSON.stringify({ kind: "slow", ms: 1 });
    await control(sei, "faults", { method: "POST", body, headers: { "content-type": "application/json" } });
    expect(await (await control(sei, "faults")).json()).toEqual({
      faults: [
        { kind: "status", status: 503, body: "json", times: 1 },
        { kind: "reset", match: { method: "DELETE" } },
        { kind: "slow", ms: 1 },
      ],
    });
    expect((await sei.list()).status).toBe(503);
    expect((await control(sei, "faults", { method: "DELETE" })).status).toBe(204);
    expect(await (await control(sei, "faults")).json()).toEqual({ faults: [] });
    expect((await control(sei, "faults", { method: "POST", body: "nonsense" })).status).toBe(400);
  });

  test("requests, counted by kind, and forgotten", async () => {
    const sei = await started();
    await sei.list("?pageSize=1");
    await sei.csv();
    await sei.upsert([]);
    await sei.send("/v2/nowhere");
    const seen = await (await control(sei, "requests")).json();
    expect(seen).toMatchObject({
      total: 4,
      counts: { list: 1, download: 1, upsert: 1, unknown: 1 },
      requests: [{ method: "GET", path: "/v2/developers", query: "?pageSize=1", status: 200 }, {}, {}, { status: 404 }],
    });
    expect(JSON.stringify(seen)).not.toContain('simulator"');
    await control(sei, "requests", { method: "DELETE" });
    expect(await (await control(sei, "requests")).json()).toEqual({ total: 0, counts: {}, requests: [] });
  });
});

test.each(["", "nonsense", "429:times", "429:times=x", "slow:rows=1", "600", "429:body=xml", "reset:ms=1"])(
  "%p is no fault",
  (spec) => {
    if (spec === "") expect(parseFaults(spec)).toEqual([]);
    else expect(() => parseFaults(spec)).toThrow("KIND[:KEY=VALUE");
  },
);

test("a fault header that is none is told so", async () => {
  expect(await (await start()).send("/v2/developers", fault("nonsense"))).toMatchObject({ status: 400 });
});

test("stop ends answers that wait, and connections that are kept alive", async () => {
  const sei = await started({ faults: parseFaults("slow:ms=60000,method=DELETE") });
  await sei.list();
  const waiting = sei.remove("alan@example.com").catch(() => null);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = Date.now();
  await sei.stop();
  expect(Date.now() - began).toBeLessThan(1000);
  await waiting;
  await expect(fetch(sei.url)).rejects.toThrow();
});
