import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { Agent } from "undici";
import { connect } from "../../provider/sei/client.js";
import { readTable } from "../../provider/sei/codec/csv.js";
import { FieldMappingNotTakenError } from "../../provider/sei/errors/setup-errors.js";
import { validationIssue } from "../../provider/sei/errors/validation-error.js";
import { EndpointError, SetupRequiredError, UnreachableError, ValidationError } from "../../provider/sei/errors.js";
import { dispatcherFor, isProxied } from "../../provider/sei/transport/dispatcher.js";
import { brokenTry } from "../../provider/sei/transport/failure.js";
import { sendOnce } from "../../provider/sei/transport/send.js";

const call = { method: "GET", path: "/v2/developers" };
const ENDPOINT = "https://sei.example.com";

describe("an answer is read whatever its encoding", () => {
  const text = '\ufeff{"name":"Zoë"}';
  test.each([
    ["gzip", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    [" GZIP ", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["br", brotliCompressSync(text)],
    ["identity", Buffer.from(text)],
    ["gzip", Buffer.alloc(0)],
  ])("%s", async (encoding, bytes) => {
    const server = createServer((_request, answer) => {
      answer.writeHead(200, { "content-encoding": encoding, "set-cookie": ["a=1", "b=2"] }).end(bytes);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const agent = new Agent();
    try {
      const request = { ...call, accept: "application/json", effect: "read" } as const;
      const signal = new AbortController().signal;
      const answer = await sendOnce(agent, `http://127.0.0.1:${port}/`, request, {}, null, signal);
      expect(answer.text).toBe(bytes.length === 0 ? "" : '{"name":"Zoë"}');
      expect(answer.headers.get("set-cookie")).toBe("a=1, b=2");
    } finally {
      await agent.close();
      server.close();
    }
  });
});

describe("a connection that fails", () => {
  const broken = (thrown: unknown) => {
    const { failure, error } = brokenTry(thrown, call, ENDPOINT, 1000, null);
    return [failure.kind, error.name, (error as UnreachableError).code];
  };
  const coded = (code: string, more: object = {}) => Object.assign(new Error("x"), { code }, more);

  test.each([
    ["ECONNREFUSED", "notConnected"],
    ["EAI_AGAIN", "notConnected"],
    ["UND_ERR_CONNECT_TIMEOUT", "notConnected"],
    ["ENOTFOUND", "hopeless"],
    ["EPROTO", "hopeless"],
    ["CERT_HAS_EXPIRED", "hopeless"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "hopeless"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "hopeless"],
  ])("%s: nothing was sent, %s", (code, kind) => {
    expect(broken(coded(code))).toEqual([kind, "UnreachableError", code]);
  });

  test("a time-out while connecting is not one while waiting for the answer", () => {
    expect(broken(coded("ETIMEDOUT", { syscall: "connect" }))[0]).toBe("notConnected");
    expect(broken(coded("ETIMEDOUT", { syscall: "read" }))).toEqual(["lost", "ConnectionLostError", "ETIMEDOUT"]);
    expect(broken(coded("ETIMEDOUT"))[0]).toBe("lost");
  });

  test("the code is found in what wraps it, and without one there is the kind of error", () => {
    expect(broken(new TypeError("x", { cause: coded("ECONNREFUSED") }))[0]).toBe("notConnected");
    expect(broken(new AggregateError([coded("ECONNREFUSED"), coded("ENETUNREACH")]))[2]).toBe("ECONNREFUSED");
    expect(broken(new AggregateError([]))[2]).toBe("AggregateError");
    expect(broken(coded(7 as unknown as string))[2]).toBe("Error");
    for (const thrown of [null, undefined, "ECONNRESET", {}])
      expect(broken(thrown)).toEqual(["lost", "ConnectionLostError", "unknown"]);
  });

  test.each([
    ["ENOTFOUND", "does not resolve"],
    ["EAI_AGAIN", "does not resolve"],
    ["ECONNREFUSED", "Nothing listens there"],
    ["EPROTO", "No TLS is spoken there"],
    ["ERR_SSL_WRONG_VERSION_NUMBER", "No TLS is spoken there"],
    ["CERT_HAS_EXPIRED", "NODE_EXTRA_CA_CERTS"],
    ["EHOSTUNREACH", "Check the network, HTTPS_PROXY and NO_PROXY."],
  ])("%s says what to check", (code, hint) => {
    expect(new UnreachableError(call, ENDPOINT, code).message).toContain(hint);
  });
});

describe("a proxy of the environment", () => {
  const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];
  const before = names.map((name) => [name, process.env[name]] as const);
  beforeEach(() => {
    for (const name of names) delete process.env[name];
  });
  afterAll(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });

  test("stands before other machines only, and an error names it", () => {
    expect(isProxied(ENDPOINT)).toBe(false);
    process.env["HTTPS_PROXY"] = "http://proxy.example.com:3128";
    expect(isProxied(ENDPOINT)).toBe(true);
    for (const here of ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"])
      expect(isProxied(here)).toBe(false);
    const { error } = brokenTry(Object.assign(new Error("x"), { code: "ENOTFOUND" }), call, ENDPOINT, 1, null);
    expect(error.message).toContain(`${ENDPOINT} through the proxy of the environment`);
  });

  test("that is no URL is an error that does not quote it", () => {
    process.env["HTTPS_PROXY"] = "http://user:s3cret@:::";
    expect(() => dispatcherFor(ENDPOINT, 1000)).toThrow(EndpointError);
    expect(() => dispatcherFor(ENDPOINT, 1000)).toThrow(/^(?!.*s3cret).*is not a URL of a proxy/s);
  });
});

describe("what is no key or account id", () => {
  test.each([
    [{ apiKey: "" }, "There is no API key. Set SEI_API_KEY."],
    [{ apiKey: " \n" }, "There is no API key. Set SEI_API_KEY."],
    [{ apiKey: "a b" }, "The API key has characters that no key has (white space or non-ASCII)."],
    [{ apiKey: "schlüssel" }, "The API key has characters that no key has (white space or non-ASCII)."],
    [{ apiKey: "k", account: "a\nb" }, "The account id has characters that no id has."],
  ])("%j", (options, message) => {
    expect(() => connect({ endpoint: "http://127.0.0.1:1", ...options })).toThrow(message);
  });
});

test("a signal ends a wait between two reads", async () => {
  const server = createServer((request, answer) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const isList = pathname.endsWith("/developers") && !String(request.headers.accept).includes("csv");
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(
      JSON.stringify(
        isList ? { records: [], total: 7 } : { name: "Name", email: "Email", managerEmail: "Manager Email" },
      ),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = new AbortController();
  const client = connect({
    endpoint: `http://127.0.0.1:${port}`,
    apiKey: "k",
    rereadMs: [60_000],
    signal: stop.signal,
  });
  try {
    const read = client.reader.readRoster({ identities: false });
    setTimeout(() => stop.abort(), 200);
    await expect(read).rejects.toThrow("cancelled");
  } finally {
    await client.close();
    server.closeAllConnections();
    server.close();
  }
});

test("the errors in the records are said with their fields and counts, and never with people", () => {
  const issue = { errorType: "DUPLICATE_EMAIL", fieldName: "Email", count: 2, sampleEmails: ["ada@example.com"] };
  const { message } = new ValidationError(call, 400, [
    validationIssue(issue),
    validationIssue({ ...issue, errorType: "NEW_RULE", fieldName: null, count: 1 }),
    validationIssue({ ...issue, errorType: "constructor", fieldName: null, count: null }),
  ]);
  expect(message).toBe(
    "GET /v2/developers: the API found 3 errors in the records and saved nothing. DUPLICATE_EMAIL (field Email), 2 developers: several developers share one email. Keep one of them. NEW_RULE, 1 developer: not an error that the documents describe. constructor: not an error that the documents describe.",
  );
  expect(new ValidationError(call, 400, [issue]).message).toContain("the API found an error in the records");
});

test("of many forms of a field mapping that were tried six are named", () => {
  const last = new SetupRequiredError({ call, status: 412, said: "", reads: false });
  const forms = ["a", "b", "c", "d", "e", "f"];
  expect(new FieldMappingNotTakenError(forms, last).message).toContain("in none of 6 forms (a; b; c; d; e; f). ");
  const error = new FieldMappingNotTakenError([...forms, "g"], last);
  expect(error.message).toContain("in none of 7 forms (a; b; c; d; e; f; ...). ");
  expect([error.call, error.status, error.cause]).toEqual([call, 412, last]);
});

test("a CSV that is none, or has a column twice, is an error without its rows", () => {
  const table = (text: string) => () => readTable({ call, status: 200, headers: new Map(), text, json: undefined });
  expect(table("a,b\n1,2\n")()).toEqual({ header: ["a", "b"], rows: [["1", "2"]] });
  expect(table("")()).toEqual({ header: [], rows: [] });
  expect(table("Name,Email\nAda\n")).toThrow(/its CSV cannot be read \(CSV_[A-Z_]+\)/);
  expect(table('Name\n"Ada')).toThrow(/^(?!.*Ada)/s);
  expect(table("Name, Name\n")).toThrow("two columns of its CSV have the same name");
});
