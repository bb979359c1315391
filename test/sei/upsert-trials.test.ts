import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import {
  CancelledError,
  ForbiddenError,
  PartialWriteError,
  RefusedError,
  ServerError,
  UncertainWriteError,
  UpsertAddedColumnsError,
  UpsertNotUnderstoodError,
} from "../../provider/sei/errors.js";
import { type Script, script, start } from "./scripted-client.js";
import type { Received, Reply } from "./scripted-server.js";

type Row = Readonly<Record<string, unknown>>;

const MAPPING: FieldMapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
const SCHEMA = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email", attributes: ["Team"] };
const ADA = { email: "ada@example.com", name: "Ada", managerEmail: "", attributes: { Team: "A" } };
const RENAMED = { ...ADA, name: "Ada L." };
const ROW: Row = { Name: "Ada", Email: "ada@example.com", "Manager Email": "", Team: "A" };
const LISTED_SNAKE: Row = { full_name: "Ada", email: "ada@example.com", manager_email: "", team: "A" };
const TAKEN: Reply = { body: { status: "SUCCESS" } };

/** An account of which every test says what an upsert does to its rows. */
async function account(
  rows: readonly Row[],
  patch: (records: readonly Row[], time: number) => { readonly reply?: Reply; readonly rows?: readonly Row[] },
  more: Script = {},
  options: Parameters<typeof start>[1] = {},
) {
  let live = rows;
  const sent: (readonly Row[])[] = [];
  const take = ({ body }: Received): Reply => {
    const records = JSON.parse(body) as readonly Row[];
    sent.push(records);
    const outcome = patch(records, sent.length);
    live = outcome.rows ?? live;
    return outcome.reply ?? TAKEN;
  };
  const list = () => ({ body: { developers: live, totalCount: live.length } });
  const client = await start(
    script({ "GET /schema": { body: SCHEMA }, "GET ": list, "PATCH ": take, ...more }),
    options,
  );
  const upsert = (...people: readonly (typeof ADA)[]) => client.writer.upsert(people, MAPPING);
  return { ...client, sent, upsert, live: () => live };
}

describe("the first record of an upsert", () => {
  test("is sent once by a key that may only write, and the error says that it was taken", async () => {
    const forbidden: Reply = { status: 403 };
    const { upsert, sent } = await account([ROW], () => ({}), { "GET /schema": forbidden, "GET ": forbidden });
    const error = await upsert(RENAMED).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialWriteError);
    expect((error as PartialWriteError).cause).toBeInstanceOf(ForbiddenError);
    expect(sent).toHaveLength(1);
  });

  test("is not sent where nobody can tell what it is now", async () => {
    const list = ({ query }: Received): Reply => (query.has("emails") ? { status: 500 } : { body: [ROW] });
    const { upsert, sent } = await account([ROW], () => ({}), { "GET ": list });
    await expect(upsert(RENAMED)).rejects.toThrow(ServerError);
    expect(sent).toEqual([]);
  });

  test.each([
    [403, ForbiddenError],
    [500, UncertainWriteError],
  ])("that is refused with %i is not tried in another form", async (status, kind) => {
    const { upsert, sent } = await account([ROW], () => ({ reply: { status } }));
    await expect(upsert(RENAMED)).rejects.toThrow(kind);
    expect(sent).toHaveLength(1);
  });

  test("that was taken in one form, and forbidden in the next, was taken", async () => {
    const { upsert, sent } = await account([ROW], (_, time) => (time === 1 ? {} : { reply: { status: 403 } }));
    await expect(upsert(RENAMED)).rejects.toMatchObject({ done: 1, total: 1, cause: expect.any(ForbiddenError) });
    expect(sent).toHaveLength(2);
  });

  test("meets an error of the caller's own: it comes out as it is", async () => {
    const own = new TypeError("the log is full");
    const onWrite = () => {
      throw own;
    };
    const { upsert, sent } = await account([ROW], () => ({}), {}, { onWrite });
    await expect(upsert(RENAMED)).rejects.toBe(own);
    expect(sent).toHaveLength(1);
  });

  test("is not waited for any longer when the caller stops, and was taken", async () => {
    const stop = new AbortController();
    let isSent = false;
    const { upsert } = await account(
      [ROW],
      () => {
        isSent = true;
        return {};
      },
      {},
      {
        signal: stop.signal,
        rereadMs: [10_000],
        onAnswer: ({ call }) => {
          if (isSent && call.method === "GET") stop.abort();
        },
      },
    );
    await expect(upsert(RENAMED)).rejects.toMatchObject({ done: 1, cause: expect.any(CancelledError) });
  });

  test("that the server stores in its own spelling has arrived", async () => {
    const { upsert, sent } = await account([ROW], () => ({ rows: [{ ...ROW, Name: "ADA L." }] }));
    await upsert(RENAMED);
    expect(sent).toHaveLength(1);
  });

  test("that no read shows, in no form, is not understood; the error names nobody in what it tells a log", async () => {
    const { upsert, sent } = await account([ROW], () => ({}));
    const error = await upsert(RENAMED, ADA).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UpsertNotUnderstoodError);
    expect(error).toMatchObject({ blanked: [], email: "ada@example.com" });
    const { message, todo } = error as UpsertNotUnderstoodError;
    expect(message).toMatch(/no read shows the record .* in \d+ forms.*Run it again, in case its answers only lag/);
    expect(todo).toContain("nothing was changed as it should be");
    expect(todo).not.toContain("ada@");
    // Not one of the forms was tried on somebody else.
    expect(new Set(sent.flat().map((record: Row) => JSON.stringify(Object.values(record)).includes("Ada L.")))).toEqual(
      new Set([true]),
    );
  });

  test("whose effect is late, and is undone by the next try, goes on until one holds", async () => {
    let reads = 0;
    const list = (): Reply => {
      // The second form is blanked late, after a read had shown the late effect of the first.
      const isWhole = sent.length >= 3 || (sent.length === 2 && ++reads === 1);
      return { body: { developers: [isWhole ? { ...ROW, Name: "Ada L." } : ROW], totalCount: 1 } };
    };
    const { upsert, sent } = await account([ROW], () => ({}), { "GET ": list });
    await upsert(RENAMED);
    expect(sent.length).toBeGreaterThan(2);
  });

  test("may need keys out of several forms: they are put together", async () => {
    // It blanks what it does not hear of, and hears the name as the column and the team in snake case.
    const [name, team] = ["Full Name", "Team Id"];
    const mapping = { ...MAPPING, name, attributes: [team] };
    let live: Row = { [name]: "Ada", Email: "ada@example.com", "Manager Email": "", [team]: "A" };
    const take = ({ body }: Received): Reply => {
      const [record = {}] = JSON.parse(body) as readonly Row[];
      live = { ...live, [name]: record[name] ?? "", [team]: record["team_id"] ?? "" };
      return TAKEN;
    };
    const { writer, server } = await start(
      script({
        "GET /schema": { body: { NAME: name, EMAIL: "Email", MANAGER_EMAIL: "Manager Email", attributes: [team] } },
        "GET ": () => ({ body: [live] }),
        "PATCH ": take,
      }),
    );
    await writer.upsert([{ ...ADA, name: "Ada L.", attributes: { [team]: "B" } }], mapping);
    expect(live).toMatchObject({ [name]: "Ada L.", [team]: "B" });
    const last = server.received.filter(({ method }) => method === "PATCH").at(-1);
    expect(Object.keys((JSON.parse(last?.body ?? "") as readonly Row[])[0] ?? {})).toEqual(
      expect.arrayContaining([name, "team_id"]),
    );
  });
});

describe("an account that lists other keys than its columns", () => {
  const renamed = { ...LISTED_SNAKE, full_name: "Ada L." };

  test("is asked for its schema after the first record: columns that are new stop everything", async () => {
    let columns = SCHEMA.attributes;
    const { upsert, sent } = await account(
      [LISTED_SNAKE],
      () => {
        columns = ["Team", "full_name", "manager_email"];
        return { rows: [renamed] };
      },
      { "GET /schema": () => ({ body: { ...SCHEMA, attributes: columns } }) },
    );
    const error = await upsert(RENAMED).catch((thrown: unknown) => thrown);
    const { cause } = error as PartialWriteError;
    expect(cause).toBeInstanceOf(UpsertAddedColumnsError);
    expect(cause.message).toContain(
      'made columns that are new of keys that it does not know: "full_name", "manager_email"',
    );
    expect(sent).toHaveLength(1);
  });

  test.each<[string, Reply, unknown]>([
    ["fails: the record was taken", { status: 500 }, { done: 1, cause: expect.any(ServerError) }],
    ["is gone: nothing can be new", { status: 404 }, null],
  ])("whose schema %s", async (_, reply, expected) => {
    const { upsert, sent } = await account([LISTED_SNAKE], () => ({ rows: [renamed] }), {
      "GET /schema": () => (sent.length === 0 ? { body: SCHEMA } : reply),
    });
    const outcome = await upsert(RENAMED).then(
      () => null,
      (error: unknown) => error,
    );
    if (expected === null) expect(outcome).toBeNull();
    else expect(outcome).toMatchObject(expected as object);
    expect(sent).toHaveLength(1);
  });
});

describe("a blank that a server does not take", () => {
  const people = ["bob", "eve"].map((login) => ({
    email: `${login}@example.com`,
    name: login,
    managerEmail: "ada@example.com",
    attributes: { Team: "" },
  }));
  const full = { ...ADA, managerEmail: "boss@example.com" };
  const isBlank = (records: readonly Row[], blanks: readonly unknown[]) =>
    records.some((record) => blanks.includes(record["Team"]));
  const merged = (records: readonly Row[]) => records.map((record) => ({ ...ROW, ...record }));

  test("as an empty text is sent as null, in the same batch and in those after it", async () => {
    let rows: readonly Row[] = [];
    const { upsert, sent } = await account(rows, (records) => {
      if (isBlank(records, [""])) return { reply: { status: 400, body: { message: "no empty text" } } };
      rows = [...rows, ...merged(records)];
      return { rows };
    });
    await upsert(full, ...people);
    expect(sent.map((records) => records.map(({ Team }) => Team))).toEqual([["A"], ["", ""], [null, null]]);
    await upsert({ ...full, email: "kim@example.com", attributes: { Team: "" } });
    expect(sent.at(-1)?.map(({ Team }) => Team)).toEqual([null]);
  });

  test("in any way is refused with what was said first, after those who were taken", async () => {
    let said = 0;
    const { upsert } = await account([], (records) => {
      if (!isBlank(records, ["", null, undefined])) return { rows: merged(records) };
      return { reply: { status: 400, body: { message: `no ${++said}` } } };
    });
    const error = await upsert(full, ...people).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ done: 1, total: 3, cause: expect.any(RefusedError) });
    expect((error as Error).message).toContain('"no 1"');
    expect(said).toBeGreaterThanOrEqual(3);
  });
});

test("a list that is not there shows no record: each form is sent once, and the next read tells", async () => {
  const { upsert, sent } = await account([], () => ({}), { "GET ": { status: 404 } });
  await upsert(ADA);
  expect(sent.length).toBeGreaterThan(1);
  const texts = sent.slice(0, -1).map((records) => JSON.stringify(records));
  expect(new Set(texts).size).toBe(texts.length);
});

describe("numbers of developers", () => {
  const rows = (keys: readonly string[]) =>
    keys.map((key, at) => ({ developerRefId: 10 + at, Name: key, Email: `${key}@example.com`, "Manager Email": "" }));

  test("of many are read with the whole list, once", async () => {
    const all = rows(["a", "b", "c", "d", "e", "f", "g"]);
    const { reader, server } = await account(all, () => ({}));
    const emails = all.slice(0, 6).map(({ Email }) => Email);
    const found = await reader.readRefIds(emails, MAPPING);
    expect([...found.values()]).toEqual(["10", "11", "12", "13", "14", "15"]);
    expect(server.received.map(({ query }) => query.has("emails"))).toEqual([false]);
  });

  test("are of nobody, where a record has no address or no number", async () => {
    const list = [
      { id: 7, note: "x" },
      { ...rows(["a"])[0], developerRefId: "" },
      { Name: "a", Email: "a@example.com" },
    ];
    const { reader } = await account(list, () => ({}));
    expect(await reader.readRefIds(["a@example.com"], MAPPING)).toEqual(new Map());
  });
});
