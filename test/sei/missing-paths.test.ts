import {
  CancelledError,
  ForbiddenError,
  NotFoundError,
  RefusedError,
  ServerError,
  UnauthorizedError,
  WrongGenerationError,
} from "../../provider/sei/errors.js";
import { NOT_THERE, type Script, script, start } from "./scripted-client.js";
import type { Received, Reply } from "./scripted-server.js";

const SCHEMA = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
const row = (login: string) => ({ Name: login, Email: `${login}@example.com`, "Manager Email": "" });

describe("a list that is not there", () => {
  const reading = async (replies: Script, generation: "v2" | "previous" = "v2") => {
    const { reader, asked, server } = await start(script({ "GET /schema": { body: SCHEMA }, ...replies }), {
      generation,
      auth: "x-api-key",
      retry: { attempts: 1 },
    });
    const outcome = await reader.readRoster({ identities: false }).catch((error: unknown) => error);
    return { outcome, asked, server };
  };

  test.each([405, 501])("by its method (%i) costs two requests, and the other list says why", async (status) => {
    const { outcome, asked } = await reading({ "GET ": { status }, csv: { status }, "POST /list": { body: [] } });
    expect(outcome).toBeInstanceOf(WrongGenerationError);
    expect(outcome).toMatchObject({
      spoken: "previous",
      message: expect.stringContaining("POST /v2/developers/list is"),
    });
    // The list, and the list of one record of which it is sure; the download.
    expect(asked("GET")).toBe(3);
  });

  test("by its method, in the previous generation, of an account that has moved", async () => {
    const { outcome, asked } = await reading({ "POST /list": { status: 405 }, "GET ": { body: [] } }, "previous");
    expect(outcome).toMatchObject({ spoken: "v2" });
    expect(asked("POST", "/v2/developers/list")).toBe(2);
  });

  test.each<[string, Reply, unknown]>([
    ["refuses the page", { status: 400, body: { message: "pageSize" } }, WrongGenerationError],
    ["asks for the setup", { status: 412 }, WrongGenerationError],
    ["is another body than it takes", { status: 415 }, WrongGenerationError],
    ["fails", { status: 500 }, RefusedError],
    ["is not for this key", { status: 403 }, RefusedError],
    ["is not there either", { status: 405 }, RefusedError],
  ])("is a matter of the generation only if the other one was read: it %s", async (_, other, kind) => {
    const { outcome } = await reading({ "GET ": { status: 405 }, "POST /list": other });
    expect(outcome).toBeInstanceOf(kind);
  });

  test("by its path, of a server that answers otherwise to a path that no API has, is there", async () => {
    const nowhere = "GET -of-no-api";
    const other = { "POST /list": { body: [] } };
    expect((await reading({ ...other, "GET ": NOT_THERE })).outcome).toBeInstanceOf(WrongGenerationError);
    for (const reply of [
      { status: 403 },
      { status: 200, body: {} },
      { status: 404, body: { message: "no such route" } },
    ]) {
      const { outcome } = await reading({ ...other, "GET ": NOT_THERE, [nowhere]: reply });
      expect(outcome).toMatchObject({ completeness: { proven: false } });
    }
  });

  test("and a key that is refused everywhere is a matter of the key", async () => {
    const { outcome } = await start(() => ({ status: 401 })).then(async ({ reader }) => ({
      outcome: await reader.readRoster({ identities: false }).catch((error: unknown) => error),
    }));
    expect(outcome).toBeInstanceOf(UnauthorizedError);
  });

  test("an error of the caller's own, while it is found out, comes out as it is", async () => {
    const own = new TypeError("the log is full");
    const onAnswer = ({ call }: { readonly call: { readonly path: string } }) => {
      if (call.path.endsWith("/list")) throw own;
    };
    const { reader } = await start(script({ "GET /schema": { body: SCHEMA }, "GET ": { status: 405 } }), { onAnswer });
    await expect(reader.readRoster({ identities: false })).rejects.toBe(own);
  });
});

describe("pages", () => {
  const list = (answer: (index: number, request: Received) => Reply): Script => ({
    "GET /schema": { body: SCHEMA },
    "GET ": (request) => answer(Number(request.query.get("pageIndex")), request),
  });
  const reading = async (replies: Script) => {
    const { reader, server } = await start(script(replies), { retry: { attempts: 1 } });
    const outcome = await reader.readRoster({ identities: false }).catch((error: unknown) => error);
    return { outcome, server };
  };
  const all = ["a", "b", "c"].map(row);

  test("of a server that refuses page 0, and has no page 1 either: what it said of page 0", async () => {
    const { outcome } = await reading(
      list((at) => (at === 0 ? { status: 400, body: { message: "no page 0" } } : { status: 500 })),
    );
    expect(outcome).toBeInstanceOf(RefusedError);
    expect((outcome as Error).message).toContain("no page 0");
  });

  test("one of which fails: nobody is read", async () => {
    const page = (at: number): Reply => (at === 0 ? { body: { developers: all, totalCount: 300 } } : { status: 500 });
    expect((await reading(list(page))).outcome).toBeInstanceOf(ServerError);
  });

  test("a CSV that has somebody twice, and one of an account without a schema, prove nothing", async () => {
    const csv = (...logins: readonly string[]): Reply => ({
      body: ["Name,Email,Manager Email", ...logins.map((one) => `${one},${one}@example.com,`)].join("\n"),
    });
    const page: Reply = { body: { developers: all, totalCount: 3 } };
    const twice = await reading({ ...list(() => page), csv: csv("a", "b", "c", "c") });
    expect(twice.outcome).toMatchObject({
      completeness: { proven: false, reason: "the CSV download shows 1 of 4 developers more than once" },
    });
    const bare = await reading({ "GET /schema": { body: {} }, "GET ": page, csv: csv("a", "b") });
    expect(bare.outcome).toMatchObject({
      completeness: { reason: "the account has no schema, but the list has 3 developers and the CSV download 2" },
    });
  });

  test("a wait before the list is read again ends when the caller stops: the error names the list of the generation", async () => {
    for (const [generation, name] of [
      ["v2", "GET /v2/developers: cancelled."],
      ["previous", "POST /v2/developers/list: cancelled."],
    ] as const) {
      const stop = new AbortController();
      let listed = 0;
      const page = (): Reply => {
        if (++listed === 1) setTimeout(() => stop.abort(), 50);
        return { body: { developers: all, totalCount: 4 } };
      };
      const { reader } = await start(script({ "GET /schema": { body: SCHEMA }, "GET ": page, "POST /list": page }), {
        generation,
        signal: stop.signal,
        rereadMs: [60_000],
      });
      const error = await reader.readRoster({ identities: false }).catch((one: unknown) => one);
      expect(error).toBeInstanceOf(CancelledError);
      expect((error as Error).message).toBe(name);
    }
  });
});

describe("identities", () => {
  const of = (login: string) => ({ email: `${login}@example.com`, integrationId: 1, identity: login });

  test("of nobody take no request", async () => {
    const { reader, server } = await start(() => ({ status: 500 }));
    expect(await reader.readIdentities([])).toEqual([]);
    expect(server.received).toEqual([]);
  });

  test("a filter that is refused at the second is not tried for the third", async () => {
    const { reader, server } = await start(
      ({ query }) => {
        const asked = query.get("emails");
        if (asked === null) return { body: query.get("pageIndex") === "0" ? ["a", "b", "c"].map(of) : [] };
        return asked.startsWith("a") ? { body: [of("a")] } : { status: 400 };
      },
      { concurrency: 1 },
    );
    const emails = ["a", "b", "c"].map((login) => `${login}@example.com`);
    expect(await reader.readIdentities(emails)).toEqual(["a", "b", "c"].map(of));
    expect(server.received.map(({ query }) => query.get("emails"))).not.toContain("c@example.com");
  });

  const completeness = async (replies: Script) => {
    const { reader } = await start(
      script({ "GET /schema": { body: SCHEMA }, "GET ": { body: [row("a")] }, ...replies }),
      {
        rereadMs: [],
      },
    );
    return (await reader.readRoster({ identities: true })).identityCompleteness;
  };

  test.each([
    ["refused", 400],
    ["not there", 404],
  ])("a list that was there once and is then %s is contradicted", async (_, status) => {
    let asked = 0;
    const list = (): Reply => (++asked === 1 ? { body: { identities: [of("a")], totalCount: 1 } } : { status });
    expect(await completeness({ "GET /identities": list })).toMatchObject({
      contradicted: true,
      reason: "the list was there once, and then refused",
    });
  });

  test("a CSV alone is read twice, and must say the same", async () => {
    const csv = (login: string): Reply => ({ body: `email,integrationId,identity\n${login}@example.com,1,${login}\n` });
    const once = (second: Reply) => {
      let asked = 0;
      return { "GET /identities": { status: 400 }, "csv/identities": () => (++asked === 1 ? csv("a") : second) };
    };
    expect(await completeness(once(csv("a")))).toEqual({ proven: true });
    const one = "the list has 1 identities and the CSV download read again";
    expect(await completeness(once(csv("b")))).toMatchObject({
      reason: `${one} 1 (1 only in the first, 1 only in the second)`,
    });
    for (const gone of [404, 403]) {
      expect(await completeness(once({ status: gone }))).toMatchObject({
        contradicted: true,
        reason: `${one} 0 (1 only in the first, 0 only in the second)`,
      });
    }
  });
});

test.each<[number, unknown]>([
  [404, NotFoundError],
  [403, ForbiddenError],
])("a write that answers %i is that, where the generation is right", async (status, kind) => {
  const { writer } = await start(script({ "GET ": { body: [] }, "PATCH /identities": { status } }));
  await expect(
    writer.setIdentities([{ email: "a@example.com", integrationId: 1, identity: "a" }]),
  ).rejects.toBeInstanceOf(kind);
});
