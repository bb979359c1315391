import type { Developer } from "../../provider/roster/developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import { FieldMappingNotTakenError, SetupUnfinishedError } from "../../provider/sei/errors/setup-errors.js";
import {
  CancelledError,
  ForbiddenError,
  PartialWriteError,
  RedirectedError,
  RefusedError,
  SeiError,
  ServerError,
} from "../../provider/sei/errors.js";
import { mapLimited } from "../../provider/sei/transport/limiter.js";
import type { WriteSeen } from "../../provider/sei/transport/request.js";
import { NOT_THERE, type Script, script, start } from "./scripted-client.js";
import type { Received, Reply } from "./scripted-server.js";

const MAPPING: FieldMapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: [] };
const SCHEMA = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
const ADA: Developer = { email: "ada@x.io", name: "Ada", managerEmail: "", attributes: {} };
const RECORD = { Name: "Ada", Email: "ada@x.io", "Manager Email": "" };
const CSV = "Name,Email,Manager Email";

describe("waiting", () => {
  test("ends where the budget for it does, with what the API said last", async () => {
    const waits: string[] = [];
    const patient = { budgetMs: 100, maxRetryAfterMs: 60_000 };
    const options = { retry: patient, onWait: (message: string) => waits.push(message) };
    const busy = await start(() => ({ status: 429, headers: { "retry-after": "30" } }), options);
    await expect(busy.reader.readIdentities(["a@x.io"])).rejects.toMatchObject({ status: 429 });
    const down = await start(() => ({ status: 503, headers: { "retry-after": "30" } }), options);
    await expect(down.reader.readIdentities(["a@x.io"])).rejects.toMatchObject({ status: 503 });
    expect([busy.server.received.length, down.server.received.length, waits]).toEqual([1, 1, []]);
  });

  test("says why, also where there was no answer at all", async () => {
    const waits: string[] = [];
    const { reader } = await start((_request, index) => (index === 0 ? { breakIt: "before" } : { body: [] }), {
      onWait: (message) => waits.push(message),
    });
    expect(await reader.readIdentities(["a@x.io"])).toEqual([]);
    expect(waits).toHaveLength(1);
    expect(waits[0]).toMatch(/GET \/v2\/developers\/identities.* Trying again in 0\.0 s \(try 2 of 6\)\.$/);
  });

  test("is over at once when the caller stops, and nothing is sent afterwards", async () => {
    const stop = new AbortController();
    const { reader, server } = await start(() => ({ status: 429, headers: { "retry-after": "30" } }), {
      signal: stop.signal,
      onWait: () => stop.abort(),
    });
    await expect(reader.readIdentities(["a@x.io"])).rejects.toThrow(CancelledError);
    await expect(reader.readIdentities(["a@x.io"])).rejects.toThrow(CancelledError);
    expect(server.received).toHaveLength(1);
  });
});

describe("redirects", () => {
  const moved = (status: number, location: string) => (request: Received) =>
    request.path.startsWith("/v2") ? { status, headers: { location } } : { body: {} };

  test.each([307, 308])("a write is followed with %i: same method, same body", async (status) => {
    const { writer, server } = await start(moved(status, "/moved"));
    await writer.approve({ versionId: "7" });
    expect(server.received.map(({ method, body }) => [method, body])).toEqual([
      ["PATCH", '{"active":true}'],
      ["PATCH", '{"active":true}'],
    ]);
  });

  test.each([301, 302, 303])("a write is not followed with %i, which would make a read of it", async (status) => {
    const { writer, server } = await start(moved(status, "/moved"));
    await expect(writer.approve({ versionId: "7" })).rejects.toThrow(RedirectedError);
    expect(server.received).toHaveLength(1);
  });

  test("to an address that is none is an error", async () => {
    const { writer } = await start(moved(307, "http://["));
    await expect(writer.approve({ versionId: "7" })).rejects.toThrow("an unreadable address");
  });
});

test("of two refusals of the key the one that says more is thrown, whichever comes first", async () => {
  for (const [own, other] of [
    [403, 401],
    [401, 403],
  ] as const) {
    const { reader } = await start(({ headers }) => ({ status: headers["x-api-key"] === undefined ? other : own }));
    await expect(reader.readIdentities(["a@x.io"])).rejects.toThrow(ForbiddenError);
  }
});

test("an answer to a write that is about nobody in particular says so", async () => {
  const seen: WriteSeen[] = [];
  const { writer } = await start(() => ({ body: {} }), { onWrite: (one) => seen.push(one) });
  await writer.approve({ versionId: "7" });
  expect(seen).toMatchObject([{ status: 200, requestId: null, about: null }]);
});

describe("reading the roster", () => {
  test("a list that is not there and a CSV with people contradict each other", async () => {
    const { reader } = await start(
      script({ "GET /schema": { body: SCHEMA }, csv: { body: `${CSV}\nAda,ada@x.io,\n` } }),
    );
    const live = await reader.readRoster({ identities: false });
    expect([live.completeness.proven, live.developers.size]).toEqual([false, 0]);
  });

  test("a row without an email may be anybody: nothing is proven", async () => {
    const csv = { headers: { "content-type": "text/csv" }, body: `${CSV}\nAda,ada@x.io,\nBob,,\n` };
    const { reader } = await start(script({ "GET /schema": { body: SCHEMA }, "GET ": { body: [RECORD] }, csv }));
    const { completeness } = await reader.readRoster({ identities: false });
    expect(completeness).toEqual({ proven: false, reason: "the CSV download has developers without an email" });
  });

  test("a CSV that begins like JSON is a CSV where it says so", async () => {
    const csv = { headers: { "content-type": "text/csv" }, body: `[id],${CSV}\n1,Ada,ada@x.io,\n` };
    const { reader } = await start(script({ "GET /schema": { body: SCHEMA }, "GET ": { body: [RECORD] }, csv }));
    expect((await reader.readRoster({ identities: false })).completeness).toEqual({ proven: true, count: 1 });
  });

  test("no schema and no list: proven only by a server that tells its paths from others", async () => {
    const completeness = async (answer: (request: Received) => Reply) =>
      (await (await start(answer)).reader.readRoster({ identities: false })).completeness;
    const ofNoApi = "GET /schema-of-no-api";
    expect(await completeness(script({ [ofNoApi]: { status: 403 } }))).toEqual({ proven: true, count: 0 });
    expect(await completeness(script({}))).toMatchObject({ proven: false, everythingMissing: true });
    // A schema that turns up meanwhile.
    let asked = 0;
    const late = () => (++asked % 2 === 1 ? NOT_THERE : { body: SCHEMA });
    expect(await completeness(script({ "GET /schema": late }))).toMatchObject({ proven: false });
  });
});

describe("reading identities", () => {
  const of = (login: string) => ({ email: `${login}@x.io`, integrationId: 1, identity: login });
  const emails = ["a", "b", "c"].map((login) => `${login}@x.io`);

  test("a filter that turns out not to filter is not believed: everything is read, and nothing is lost", async () => {
    const { reader, server } = await start(({ query }) => {
      const asked = query.getAll("emails");
      if (query.get("pageIndex") !== "0") return { body: [] };
      return { body: asked[0] === "a@x.io" ? [of("a")] : ["a", "b", "c", "d"].map(of) };
    });
    expect(await reader.readIdentities(emails)).toEqual(["a", "b", "c"].map(of));
    const before = server.received.length;
    await reader.readIdentities(emails);
    // It is remembered: asked without the filter from then on.
    expect(server.received.slice(before).filter(({ query }) => query.has("emails"))).toEqual([]);
  });

  test("a refused list whose CSV is no CSV either is the refusal", async () => {
    const { reader } = await start(
      script({ "GET /identities": { status: 400, body: { message: "no" } }, "csv/identities": { body: { a: 1 } } }),
    );
    await expect(reader.readRoster({ identities: true })).rejects.toThrow(RefusedError);
  });
});

test("nothing new is begun after the first failure", async () => {
  const begun: number[] = [];
  const task = async (item: number) => {
    begun.push(item);
    if (item === 1) throw new Error("the first");
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await expect(mapLimited([1, 2, 3, 4, 5], 2, task)).rejects.toThrow("the first");
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(begun).toEqual([1, 2]);
});

describe("an upsert by who has not read before", () => {
  const taken: Script = { "PATCH ": { body: {} }, "GET ": { body: [RECORD] } };

  test.each<[string, Reply, boolean]>([
    ["there is no schema", NOT_THERE, false],
    ["the list is empty", { body: SCHEMA }, true],
    ["the schema is not for this key", { status: 403 }, false],
  ])("is sent and looked at, although %s", async (_what, schema, isEmpty) => {
    let wasSent = false;
    const patch = (): Reply => {
      wasSent = true;
      return { body: {} };
    };
    const list = (): Reply => ({ body: isEmpty && !wasSent ? [] : [RECORD] });
    const account = script({ "GET /schema": schema, "PATCH ": patch, "GET ": list });
    const { writer, asked, server } = await start(account);
    await writer.upsert([ADA], MAPPING);
    expect(asked("PATCH")).toBe(1);
    expect(server.received.at(-1)?.method).toBe("GET");
  });

  test("is not sent where the server fails", async () => {
    const { writer, asked } = await start(script({ ...taken, "GET /schema": { status: 500 } }));
    await expect(writer.upsert([ADA], MAPPING)).rejects.toThrow(ServerError);
    expect(asked("PATCH")).toBe(0);
  });

  test("that no form of is taken throws what was said to the likeliest", async () => {
    let said = 0;
    const refuse = (): Reply => ({ status: 400, body: { message: `no ${++said}` } });
    const { writer, asked } = await start(script({ ...taken, "GET /schema": { body: SCHEMA }, "PATCH ": refuse }));
    await expect(writer.upsert([ADA], MAPPING)).rejects.toThrow("no 1");
    expect(asked("PATCH")).toBeGreaterThan(3);
  });

  test("is looked at in the whole list, where the filter is refused", async () => {
    const list = ({ query }: Received): Reply => (query.has("emails") ? { status: 400 } : { body: [RECORD] });
    const { writer, asked } = await start(script({ ...taken, "GET /schema": NOT_THERE, "GET ": list }));
    await writer.upsert([ADA], MAPPING);
    expect(asked("PATCH")).toBe(1);
    expect(asked("GET")).toBeGreaterThan(1);
  });
});

describe("a field mapping that was saved", () => {
  const saved: Script = { "PUT /versions/7/fieldMappings": { body: {} }, "PATCH /versions/7": { body: {} } };
  const save = async (replies: Script) => {
    const { writer, asked } = await start(script({ ...saved, ...replies }));
    const outcome = await writer.saveFieldMapping({ versionId: "7" }, MAPPING).then(
      () => "saved",
      (error: Error) => error.constructor,
    );
    return { outcome, approvals: asked("PATCH", "/v2/developers/versions/7") };
  };
  const live = { "GET /schema": { body: SCHEMA }, "GET ": { body: [RECORD] } };
  const other = { ...live, "GET /schema": { body: { ...SCHEMA, NAME: "Full Name" } } };

  test("and is active needs no approval; one that is not to be seen is approved as well", async () => {
    expect(await save(live)).toEqual({ outcome: "saved", approvals: 0 });
    expect(await save(other)).toEqual({ outcome: "saved", approvals: 1 });
  });

  test("while the account still answers that it has none is unfinished, and that is said", async () => {
    expect(await save({})).toEqual({ outcome: SetupUnfinishedError, approvals: 1 });
  });

  test("a refused approval does no harm, and one that fails is an error", async () => {
    expect(await save({ ...other, "PATCH /versions/7": { status: 409 } })).toEqual({ outcome: "saved", approvals: 1 });
    const failing = await save({ ...other, "PATCH /versions/7": { status: 500 } });
    expect(failing.outcome).not.toBe("saved");
  });
});

test("a failure of no single request says so, also through what wraps it", () => {
  const cause = new SeiError("there is no API key");
  const partial = new PartialWriteError(1, 3, 1, cause);
  expect([partial.call, partial.status, partial.message]).toEqual([
    null,
    null,
    "1 of 3 were taken, in 1 request; then: there is no API key",
  ]);
  const untaken = new FieldMappingNotTakenError(["a", "b"], cause);
  expect([untaken.call, untaken.status, untaken.formsTried]).toEqual([null, null, ["a", "b"]]);
});
