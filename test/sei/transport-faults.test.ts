import { createServer } from "node:http";
import { type AddressInfo, connect as netConnect } from "node:net";
import { inspect } from "node:util";
import { type ConnectOptions, connect, type SeiClient } from "../../provider/sei/client.js";
import {
  ConflictError,
  ConnectionLostError,
  EndpointError,
  ForbiddenError,
  failureOf,
  GatewayError,
  NotFoundError,
  PartialWriteError,
  RateLimitedError,
  RedirectedError,
  RefusedError,
  SeiError,
  ServerError,
  SetupRequiredError,
  TimeoutError,
  TooLargeError,
  UnauthorizedError,
  UncertainWriteError,
  UnreachableError,
  UnreadableAnswerError,
  UnsupportedMediaTypeError,
  ValidationError,
} from "../../provider/sei/errors.js";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "./scripted-server.js";

const KEY = "pat.v3ry-s3cret";
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(
  answer: (request: Received, index: number) => Reply,
  options: Partial<ConnectOptions> = {},
): Promise<{ server: ScriptedServer; client: SeiClient }> {
  const server = await scriptedServer(answer);
  const client = connect({
    endpoint: server.url,
    apiKey: KEY,
    retry: { baseMs: 1, attempts: 3 },
    rereadMs: [1],
    ...options,
  });
  open.push(client, server);
  return { server, client };
}

/** The error of a call; every one of them must be ours and must not know the key. */
async function errorOf(promise: Promise<unknown>): Promise<SeiError> {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SeiError)) throw new Error(`not an SeiError: ${inspect(error)}`);
  const shown = inspect(error, { depth: 20, showHidden: true }) + error.stack + JSON.stringify(error);
  expect(shown).not.toContain(KEY);
  expect(error.message).not.toMatch(/\S@\S/);
  return error;
}

const ADA = [{ email: "ada@x.io", integrationId: 101, identity: "ada" }];
const ids = (client: SeiClient) => client.reader.readIdentities(["ada@x.io"]);
const remove = (client: SeiClient) => client.writer.deleteDevelopers(["ada@x.io"]);
const HTML = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";

test.each([
  [401, UnauthorizedError],
  [403, ForbiddenError],
  [409, ConflictError],
  [412, SetupRequiredError],
  [413, TooLargeError],
  [415, UnsupportedMediaTypeError],
  [429, RateLimitedError],
  [400, RefusedError],
  [404, NotFoundError],
])("a write that is answered %i", async (status, kind) => {
  const { client } = await start(() => ({ status, body: { status: "error", message: `no: ${KEY}, bob@x.io` } }));
  const error = await errorOf(remove(client));
  expect(error).toBeInstanceOf(kind);
  expect(error.status).toBe(status);
  expect(error.message).toContain("DELETE /v2/developers");
  expect(error.message).toContain("no: [key], <email>");
});

test("a 403 names the scope", async () => {
  const { client } = await start(() => ({ status: 403, body: {} }));
  expect((await errorOf(remove(client))).message).toContain("developer_records:write");
  expect((await errorOf(ids(client))).message).toContain("developer_records:read");
});

describe("the key", () => {
  test("goes as Authorization when x-api-key is not accepted, and stays so", async () => {
    const { server, client } = await start(({ headers }) =>
      headers.authorization === `ApiKey ${KEY}` ? { body: ADA } : { status: 401, body: { message: "unknown" } },
    );
    await ids(client);
    await ids(client);
    expect(server.received.map(({ headers }) => "x-api-key" in headers)).toEqual([true, false, false]);
  });

  test("is wrong in every form: one clear error, nothing tried again", async () => {
    const { server, client } = await start(() => ({ status: 401, body: { message: `bad key ${KEY}` } }));
    const error = await errorOf(ids(client));
    expect(error.message).toContain("x-api-key, Authorization: ApiKey, Authorization: Bearer, Authorization alone");
    expect(server.received).toHaveLength(4);
  });

  test.each(["auto", "x-api-key", "authorization"] as const)("goes only as it may: %s", async (auth) => {
    const { server, client } = await start(() => ({ status: 401 }), { auth });
    await errorOf(ids(client));
    const sent = server.received.map(({ headers }) => headers.authorization ?? "x-api-key");
    const all = ["x-api-key", `ApiKey ${KEY}`, `Bearer ${KEY}`, KEY];
    expect(sent).toEqual({ auto: all, "x-api-key": all.slice(0, 1), authorization: all.slice(1) }[auth]);
  });

  test("is in no print of the client", async () => {
    const { client } = await start(() => ({ body: ADA }));
    expect(inspect(client, { depth: 20, showHidden: true })).not.toContain(KEY);
    expect(JSON.stringify(client)).not.toContain(KEY);
  });

  test("goes with the account, and with our name", async () => {
    const { server, client } = await start(() => ({ body: ADA }), { account: "acc1" });
    await ids(client);
    expect(server.received[0]?.headers).toMatchObject({ "harness-account": "acc1", "x-api-key": KEY });
    expect(server.received[0]?.headers["user-agent"]).toMatch(/^pulumi-harness-sei\/\d/);
  });

  test("follows no redirect to another place", async () => {
    const other = await scriptedServer(() => ({ body: ADA }));
    open.push(other);
    const { client } = await start(() => ({ status: 302, headers: { location: `${other.url}/x` } }));
    expect(await errorOf(ids(client))).toBeInstanceOf(RedirectedError);
    expect(other.received).toHaveLength(0);
  });

  test("follows a redirect within the endpoint", async () => {
    const { client } = await start(({ path }) =>
      path.endsWith("/there") ? { body: ADA } : { status: 308, headers: { location: "/there" } },
    );
    expect(await ids(client)).toEqual(ADA);
  });
});

describe("reads", () => {
  test("wait as long as Retry-After says", async () => {
    const waits: string[] = [];
    const { server, client } = await start(
      (_, index) => (index === 0 ? { status: 429, headers: { "retry-after": "1" }, body: {} } : { body: ADA }),
      { onWait: (message) => waits.push(message) },
    );
    const from = Date.now();
    await ids(client);
    expect(Date.now() - from).toBeGreaterThanOrEqual(990);
    expect(server.received).toHaveLength(2);
    expect(waits).toEqual([expect.stringContaining("answered 429. Trying again in 1.0 s (try 2 of 3)")]);
  });

  test("do not wait for an hour", async () => {
    const { server, client } = await start(() => ({ status: 429, headers: { "retry-after": "3600" }, body: {} }));
    const error = await errorOf(ids(client));
    expect(error).toMatchObject({ retryAfterMs: 3_600_000 });
    expect(server.received).toHaveLength(1);
  });

  test.each<[string, Reply]>([
    ["503 html", { status: 503, body: HTML }],
    ["502", { status: 502 }],
    ["reset before", { breakIt: "before" }],
    ["reset in the middle", { body: [{ email: "ada@x.io", integrationId: 1, identity: "ada" }], breakIt: "middle" }],
    ["truncated JSON", { body: '[{"email": "ad', headers: { "content-type": "application/json" } }],
  ])("are sent again after: %s", async (_, fault) => {
    const { server, client } = await start((_request, index) => (index === 0 ? fault : { body: ADA }));
    expect(await ids(client)).toEqual(ADA);
    expect(server.received).toHaveLength(2);
  });

  test.each<[string, Reply, new (...args: never[]) => SeiError, number]>([
    ["503 html", { status: 503, body: HTML }, GatewayError, 3],
    ["503", { status: 503, body: { message: "busy" } }, ServerError, 3],
    ["500", { status: 500, body: { message: "broken" } }, ServerError, 1],
    ["HTML with a 200", { body: HTML, headers: { "content-type": "text/html" } }, GatewayError, 1],
    ["resets", { breakIt: "before" }, ConnectionLostError, 3],
    ["truncated JSON", { body: '{"a": [', headers: { "content-type": "application/json" } }, UnreadableAnswerError, 3],
    ["a shape that nobody knows", { body: { weather: { "ada@x.io": "fine" } } }, UnreadableAnswerError, 1],
  ])("fail loudly after nothing but: %s", async (_, fault, kind, requests) => {
    const { server, client } = await start(() => fault);
    expect(await errorOf(ids(client))).toBeInstanceOf(kind);
    expect(server.received).toHaveLength(requests);
  });

  test("time out", async () => {
    const { client } = await start(() => ({ body: ADA, delay: 2000 }), { timeoutMs: 50 });
    expect(await errorOf(ids(client))).toBeInstanceOf(TimeoutError);
  });

  test("stop with the signal", async () => {
    const stop = new AbortController();
    const { client } = await start(() => ({ body: ADA, delay: 2000 }), { signal: stop.signal });
    const call = errorOf(ids(client));
    setTimeout(() => stop.abort(), 30);
    expect((await call).name).toBe("CancelledError");
  });

  test("of nothing that listens", async () => {
    const client = connect({ endpoint: "http://127.0.0.1:9", apiKey: KEY, retry: { baseMs: 1, attempts: 2 } });
    const error = await errorOf(ids(client));
    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toContain("http://127.0.0.1:9 (ECONNREFUSED)");
    await client.close();
  });
});

describe("writes", () => {
  test("are sent again after a 429", async () => {
    const { server, client } = await start((_, index) => (index === 0 ? { status: 429 } : { status: 204 }));
    await remove(client);
    expect(server.received).toHaveLength(2);
  });

  test.each<[string, Reply]>([
    ["503", { status: 503, body: HTML }],
    ["500", { status: 500 }],
    ["reset", { breakIt: "before" }],
    ["reset in the answer", { body: { status: "SUCCESS" }, breakIt: "middle" }],
    ["truncated JSON", { body: '{"status": "SUC', headers: { "content-type": "application/json" } }],
    ["HTML", { body: HTML }],
  ])("are not, and uncertain, after: %s", async (_, fault) => {
    const { server, client } = await start(() => fault);
    const error = await errorOf(remove(client));
    expect(error).toBeInstanceOf(UncertainWriteError);
    expect(failureOf(error)).not.toBe(error);
    expect(server.received).toHaveLength(1);
  });

  test("are uncertain after a timeout", async () => {
    const { client } = await start(() => ({ delay: 2000 }), { timeoutMs: 50 });
    expect(failureOf(await errorOf(remove(client)))).toBeInstanceOf(TimeoutError);
  });

  test.each([
    [undefined],
    ["ok"],
    [{ status: "SUCCESS" }],
    [{ status: "success", message: "done", errors: [] }],
    ["null"],
  ])("are fine with %p", async (body) => {
    const { client } = await start(() => ({ body }));
    await remove(client);
  });

  test("that fail with a 200", async () => {
    const { client } = await start(() => ({ body: { status: "FAILURE", message: "nobody there" } }));
    const error = await errorOf(remove(client));
    expect(error).toBeInstanceOf(RefusedError);
    expect(error.message).toContain('says that it failed. The API said: "nobody there"');
  });

  test("that are found invalid: types, fields and counts in the message, people beside it", async () => {
    const errors = [
      {
        errorType: "DUPLICATE_EMAIL",
        fieldName: "email",
        errorDeveloperCount: 2,
        sampleErrorDevelopers: [{ name: "Ada", email: "Ada@x.io", manager_email: "g@x.io" }],
      },
      { errorType: "CIRCULAR_REFERENCE", fieldName: null, errorDeveloperCount: 3, sampleErrorDevelopers: [] },
    ];
    const { client } = await start(() => ({ status: 400, body: { status: "FAILURE", errors } }));
    const error = await errorOf(remove(client));
    if (!(error instanceof ValidationError)) throw error;
    expect(error.message).toContain("DUPLICATE_EMAIL (field email), 2 developers: several developers share one email");
    expect(error.errors[0]?.sampleEmails).toEqual(["ada@x.io"]);
    expect(inspect(error, { depth: 9 })).not.toContain("ada@x.io");
  });

  test("go in batches, are halved when they are too large, and say how far they came", async () => {
    const emails = Array.from({ length: 1200 }, (_, at) => `p${at}@x.io`);
    const sizes: number[] = [];
    const { client } = await start(({ body }) => {
      const size = JSON.parse(body).emails.length;
      if (size > 300) return { status: 413, body: HTML };
      sizes.push(size);
      return sizes.length === 4 ? { status: 409, body: { message: "no" } } : {};
    });
    const error = await errorOf(client.writer.deleteDevelopers(emails));
    expect(error).toBeInstanceOf(PartialWriteError);
    expect(error).toMatchObject({ done: 750, total: 1200, batches: 3 });
    expect(sizes).toEqual([250, 250, 250, 250]);
  });

  test("are halved too when a plain 400 may be about the size", async () => {
    const emails = Array.from({ length: 500 }, (_, at) => `p${at}@x.io`);
    const { server, client } = await start(({ body }) =>
      JSON.parse(body).emails.length > 90 ? { status: 400, body: "nope" } : {},
    );
    await client.writer.deleteDevelopers(emails);
    expect(server.received.map(({ body }) => JSON.parse(body).emails.length)).toEqual([
      500,
      250,
      125,
      ...Array(7).fill(63),
      59,
    ]);
  });

  test("go one by one", async () => {
    let under = 0;
    let most = 0;
    const server = createServer((incoming, outgoing) => {
      under += 1;
      most = Math.max(most, under);
      incoming.resume();
      setTimeout(() => {
        under -= 1;
        outgoing.end();
      }, 20);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const client = connect({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: KEY });
    await Promise.all([remove(client), remove(client), remove(client)]);
    expect(most).toBe(1);
    await client.close();
    server.close();
  });
});

describe("a proxy", () => {
  const saved = { ...process.env };
  afterEach(() => {
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"]) {
      const before = saved[name];
      if (before === undefined) delete process.env[name];
      else process.env[name] = before;
    }
  });

  /** A proxy that leads every tunnel to one server, whatever host was asked for. */
  async function proxyTo(target: string) {
    const asked: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      asked.push(request.url ?? "");
      const onward = netConnect(Number(new URL(target).port), "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 OK\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      onward.on("error", () => socket.destroy());
      socket.on("error", () => onward.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    open.push({ close: async () => void proxy.close() });
    return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, asked };
  }

  test("of the environment is used, but not for this machine", async () => {
    const { server, client: direct } = await start(() => ({ body: ADA }));
    const proxy = await proxyTo(server.url);
    process.env["HTTP_PROXY"] = proxy.url;
    await ids(direct);
    const local = connect({ endpoint: server.url, apiKey: KEY });
    await ids(local);
    expect(proxy.asked).toEqual([]);
    const far = connect({ endpoint: "http://sei.invalid/sei/api", apiKey: KEY, allowInsecure: true });
    open.push(local, far);
    await ids(far);
    expect(proxy.asked).toEqual(["sei.invalid:80"]);
  });

  test("is not used for what NO_PROXY names", async () => {
    const { server } = await start(() => ({ body: ADA }));
    const proxy = await proxyTo(server.url);
    process.env["HTTP_PROXY"] = proxy.url;
    process.env["NO_PROXY"] = ".invalid";
    const far = connect({ endpoint: "http://sei.invalid", apiKey: KEY, allowInsecure: true, retry: { attempts: 1 } });
    open.push(far);
    expect(await errorOf(ids(far))).toBeInstanceOf(UnreachableError);
    expect(proxy.asked).toEqual([]);
  });
});

test("a key that cannot be sent is refused, unseen", () => {
  for (const apiKey of ["", "  ", `${KEY}\nx`, `${KEY}é`]) {
    expect(() => connect({ region: "eu", apiKey })).toThrow(SeiError);
    expect(() => connect({ region: "eu", apiKey })).not.toThrow(KEY);
  }
  expect(() => connect({ endpoint: "http://example.com", apiKey: KEY })).toThrow(EndpointError);
});
