import { type LookOptions, lookAt, trierAt } from "../../provider/sei/look.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(answer: (request: Received, index: number) => Reply, more: Partial<LookOptions> = {}) {
  const server = await scriptedServer(answer);
  const options = {
    endpoint: server.url,
    account: "acc",
    apiKey: "k3y-of-test",
    auth: "auto",
    timeoutMs: 5_000,
  } as const;
  const looker = lookAt({ ...options, ...more });
  const trier = trierAt({ ...options, ...more });
  open.push(looker, trier, server);
  return { looker, trier, server };
}

const LOOK = { path: "/v2/developers/schema", form: "x-api-key" } as const;

test("a refusal is what was found, and nothing in it holds the key", async () => {
  const seen: number[] = [];
  const { looker, server } = await start(
    ({ headers }) => ({ status: 403, body: `not ${headers["x-api-key"]}`, headers: { "x-request-id": "r" } }),
    { onAnswer: ({ status }) => seen.push(status) },
  );
  expect(await looker.get({ ...LOOK, basePath: "/other", withoutAccount: true, query: [["a", "b"]] })).toMatchObject({
    kind: "answer",
    answer: { status: 403, text: "not [key]", json: undefined },
  });
  const [asked] = server.received;
  expect([asked?.path, String(asked?.query), asked?.headers["harness-account"]]).toEqual([
    "/other/v2/developers/schema",
    "a=b",
    undefined,
  ]);
  expect(seen).toEqual([403]);
});

test("429 and 503 are tried once more: after what they ask for, after a second where they do not say", async () => {
  for (const [headers, least] of [
    [{ "retry-after": "0" }, 0],
    [{}, 900],
  ] as const) {
    const { looker, server } = await start((_, at) => (at === 0 ? { status: 503, headers } : { body: {} }));
    const begun = performance.now();
    expect(await looker.get(LOOK)).toMatchObject({ answer: { status: 200 } });
    expect(server.received).toHaveLength(2);
    expect(performance.now() - begun).toBeGreaterThanOrEqual(least);
  }
});

test("who asks for more than a few seconds is not waited for", async () => {
  const { trier, server } = await start(() => ({ status: 429, headers: { "retry-after": "60" } }));
  const request = { method: "GET", path: "/v2/developers", accept: "application/json", effect: "read" } as const;
  expect(await trier.send(request, "Bearer")).toMatchObject({ kind: "answer", answer: { status: 429 } });
  expect(server.received).toHaveLength(1);
});

test("no answer in time, and a look that was stopped, are told apart; neither rejects", async () => {
  const slow = await start(() => ({ delay: 5_000, body: {} }), { timeoutMs: 30 });
  expect(await slow.looker.get(LOOK)).toMatchObject({ kind: "none", timedOut: true });
  const stopped = await start(() => ({ body: {} }), { signal: AbortSignal.abort() });
  const looked = await stopped.looker.licensed("x-api-key");
  expect(looked).toMatchObject({ kind: "none", timedOut: false });
  expect(looked.kind === "none" && looked.error.message).toBe("POST /v1/sei_contributor/list: cancelled.");
  expect(stopped.server.received).toEqual([]);
});
