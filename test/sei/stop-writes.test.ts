import { connect } from "../../provider/sei/client.js";
import { CancelledError, failureOf, PartialWriteError, type SeiError } from "../../provider/sei/errors.js";
import type { WriteSeen } from "../../provider/sei/transport/request.js";
import { requestIdOf } from "../../provider/sei/transport/request-id.js";
import { type Reply, type ScriptedServer, scriptedServer } from "./scripted-server.js";

let server: ScriptedServer;
afterEach(() => server.close());

const EMAILS = Array.from({ length: 1_200 }, (_, index) => `p${index}@example.com`);
const deletes = () => server.received.filter(({ method }) => method === "DELETE").length;

async function connected(answer: (index: number) => Reply, onWait = (_: string) => {}) {
  const stop = new AbortController();
  const seen: WriteSeen[] = [];
  server = await scriptedServer((_, index) => answer(index));
  const client = connect({
    endpoint: server.url,
    apiKey: "k",
    stopWrites: stop.signal,
    onWrite: (write) => seen.push(write),
    onWait,
  });
  return { ...client, stop, seen };
}

const thrown = (doing: Promise<unknown>) =>
  doing.then(
    () => null,
    (error: unknown) => error as SeiError,
  );

test("the batch under way is finished, and the next is not begun", async () => {
  const { writer, stop, close } = await connected(() => ({ status: 204, delay: 50 }));
  const doing = thrown(writer.deleteDevelopers(EMAILS));
  while (deletes() < 2) await new Promise((resolve) => setTimeout(resolve, 1));
  stop.abort();
  const error = await doing;
  expect(error).toBeInstanceOf(PartialWriteError);
  expect(error === null ? null : failureOf(error)).toBeInstanceOf(CancelledError);
  expect([(error as PartialWriteError).done, deletes()]).toEqual([1_000, 2]);
  await close();
});

test("nothing is begun afterwards, and reads go on", async () => {
  const { writer, reader, stop, close } = await connected(() => ({ status: 404 }));
  stop.abort();
  expect(
    await thrown(writer.setIdentities([{ email: "a@example.com", integrationId: 1, identity: "a" }])),
  ).toBeInstanceOf(CancelledError);
  expect(server.received).toEqual([]);
  await expect(reader.readIdentities(["a@example.com"])).resolves.toEqual([]);
  await close();
});

test("a write that waits to be tried again is given up at once, with the reason why it waited", async () => {
  const stopped = await connected(
    () => ({ status: 429, headers: { "retry-after": "30" } }),
    () => setImmediate(() => stopped.stop.abort()),
  );
  const from = Date.now();
  const error = await thrown(stopped.writer.deleteDevelopers(["a@example.com"]));
  expect([error?.status, deletes(), Date.now() - from < 5_000]).toEqual([429, 1, true]);
  await stopped.close();
});

test("every answer to a write is seen: whom it was about, and how the server calls it; reads are not", async () => {
  const { writer, reader, seen, close } = await connected((index) =>
    index === 0
      ? { status: 204, headers: { "X-Request-Id": "req-1" } }
      : { status: 403, body: { status: "ERROR", correlationId: "c-2" } },
  );
  await writer.deleteDevelopers(["a@example.com", "b@example.com"]);
  await thrown(writer.setIdentities([{ email: "a@example.com", integrationId: 1, identity: "a" }]));
  await thrown(reader.readIdentities(["a@example.com"]));
  expect(seen[0]).toEqual({
    call: { method: "DELETE", path: "/v2/developers" },
    status: 204,
    requestId: "req-1",
    about: ["a@example.com", "b@example.com"],
  });
  expect(seen.slice(1)).not.toEqual([]);
  for (const one of seen.slice(1)) {
    expect(one).toMatchObject({ status: 403, requestId: "c-2", about: ["a@example.com"] });
  }
  await close();
});

test("what is no id of a request is not taken for one", () => {
  const of = (headers: Record<string, string>, json: unknown = undefined) =>
    requestIdOf(new Map(Object.entries(headers)), json);
  expect(of({ "x-correlation-id": "a", "x-request-id": "b" })).toBe("b");
  expect(of({ "x-request-id": "two words", "cf-ray": "8f3-FRA" })).toBe("8f3-FRA");
  for (const json of [undefined, null, "text", [], {}, { correlationId: 7 }, { correlationId: "x".repeat(200) }]) {
    expect(of({ "x-request-id": "\u001b[2J" }, json)).toBeNull();
  }
  server = { url: "", received: [], close: async () => {} };
});
