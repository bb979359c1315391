import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { type ConnectOptions, connect } from "../../provider/sei/client.js";
import { UnreadableAnswerError } from "../../provider/sei/errors.js";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "./scripted-server.js";

const SCHEMA = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
const HEADER = "Name,Email,Manager Email";

interface Person {
  readonly Name: string;
  readonly Email: string;
  readonly "Manager Email": null;
}
const people = (count: number, from = 0): readonly Person[] =>
  Array.from({ length: count }, (_, at) => ({
    Name: `P${from + at}`,
    Email: `p${from + at}@x.io`,
    "Manager Email": null,
  }));
const csvOf = (list: readonly Person[]) => [HEADER, ...list.map((one) => `${one.Name},${one.Email},`)].join("\n");

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

interface Account {
  readonly schema?: (request: Received, index: number) => Reply;
  readonly list?: (request: Received, index: number) => Reply;
  readonly csv?: (request: Received, index: number) => Reply;
  readonly other?: Reply;
}

async function read(
  account: Account,
  options: Partial<ConnectOptions> = {},
): Promise<{ live: LiveRoster; server: ScriptedServer; lists: () => readonly string[] }> {
  const counts = { schema: 0, list: 0, csv: 0 };
  const server = await scriptedServer((request) => {
    if (request.path === "/v2/developers/schema") return account.schema?.(request, counts.schema++) ?? { body: SCHEMA };
    if (request.path !== "/v2/developers") return account.other ?? { status: 404, body: { message: "no such route" } };
    if (request.headers.accept === "text/csv") return account.csv?.(request, counts.csv++) ?? { status: 406 };
    return account.list?.(request, counts.list++) ?? { body: [] };
  });
  const client = connect({
    endpoint: server.url,
    apiKey: "k3y-of-test",
    rereadMs: [1, 1],
    retry: { baseMs: 1 },
    ...options,
  });
  open.push(client, server);
  const live = await client.reader.readRoster({ identities: false });
  const lists = () =>
    server.received
      .filter(({ path, headers }) => path === "/v2/developers" && headers.accept !== "text/csv")
      .map(({ query }) => `${query.get("pageIndex")}/${query.get("pageSize")}`);
  return { live, server, lists };
}

/** Pages of a list, with the size clamped and a total if wanted. */
function paged(
  all: readonly Person[],
  most = 100,
  total: Readonly<Record<string, number>> = { totalCount: all.length },
) {
  return ({ query }: Received): Reply => {
    const size = Math.min(Number(query.get("pageSize") ?? most), most);
    const index = Number(query.get("pageIndex"));
    return { body: { developers: all.slice(index * size, (index + 1) * size), ...total } };
  };
}

describe("proven", () => {
  test.each([0, 1, 99, 100, 101, 200, 250, 1000])("%i developers, with a total", async (count) => {
    const all = people(count);
    const { live, lists } = await read({ list: paged(all), csv: () => ({ body: csvOf(all) }) });
    expect(live.completeness).toEqual({ proven: true, count });
    expect([...live.developers.keys()]).toEqual(all.map(({ Email }) => Email));
    // One more than needed when the total is exactly one page: it may be the length of the page.
    expect(lists()).toHaveLength(Math.max(1, Math.ceil(count / 100)) + (count === 100 ? 1 : 0));
  });

  test.each([1, 99, 100, 101, 200, 1000])("%i developers, without a total", async (count) => {
    const all = people(count);
    const { live } = await read({ list: paged(all, 100, {}), csv: () => ({ body: csvOf(all) }) });
    expect(live.completeness).toEqual({ proven: true, count });
  });

  test.each([30, 50, 99])("with the page size clamped to %i, with and without a total", async (most) => {
    const all = people(240);
    for (const total of [{ total: 240 }, { count: most }] as Readonly<Record<string, number>>[]) {
      const { live } = await read({ list: paged(all, most, total), csv: () => ({ body: csvOf(all) }) });
      expect(live.completeness).toEqual({ proven: true, count: 240 });
    }
  });

  test("with a page size refused", async () => {
    const all = people(120);
    const { live, lists } = await read({
      list: (request) =>
        Number(request.query.get("pageSize")) > 50
          ? { status: 400, body: { message: "pageSize must be at most 50" } }
          : paged(all)(request),
      csv: () => ({ body: csvOf(all) }),
    });
    expect(live.completeness).toEqual({ proven: true, count: 120 });
    expect([...lists()].sort()).toEqual(["0/100", "0/50", "1/50", "2/50"]);
  });

  test("with paging ignored", async () => {
    const all = people(300);
    for (const total of [{}, { total: 300 }] as Readonly<Record<string, number>>[]) {
      const { live } = await read({
        list: () => ({ body: { developers: all, ...total } }),
        csv: () => ({ body: csvOf(all) }),
      });
      expect(live.completeness).toEqual({ proven: true, count: 300 });
    }
  });

  test("with a page beyond the end refused", async () => {
    const all = people(100);
    const { live } = await read({
      list: (request) =>
        request.query.get("pageIndex") === "0" ? { body: all } : { status: 400, body: { message: "no such page" } },
      csv: () => ({ body: csvOf(all) }),
    });
    expect(live.completeness).toEqual({ proven: true, count: 100 });
  });

  test("by a second pass of the list, without a CSV download", async () => {
    const all = people(150);
    for (const csv of [{ status: 403 }, { status: 404 }, { status: 406 }, { body: all }]) {
      const { live } = await read({ list: paged(all), csv: () => csv });
      expect(live.completeness).toEqual({ proven: true, count: 150 });
    }
  });

  test("with a CSV that has a byte order mark, CRLF, display names and quoted newlines", async () => {
    const { live } = await read({
      list: () => ({ body: people(1) }),
      csv: () => ({ body: '\ufeff"Email","Full Name","Manager Email"\r\n"P0@x.io","P\n0",\r\n' }),
    });
    expect(live.completeness).toEqual({ proven: true, count: 1 });
  });

  test("after a page that was short once", async () => {
    const all = people(250);
    const { live } = await read({
      list: (request, index) =>
        index === 1 ? { body: { developers: all.slice(100, 140), totalCount: 250 } } : paged(all)(request),
      csv: () => ({ body: csvOf(all) }),
    });
    expect(live.completeness).toEqual({ proven: true, count: 250 });
  });

  test("after a lagging answer", async () => {
    const all = people(3);
    const { live } = await read({
      list: (_, index) => ({ body: index < 3 ? people(2) : all }),
      csv: () => ({ body: csvOf(all) }),
    });
    expect(live.developers.size).toBe(3);
    expect(live.completeness.proven).toBe(true);
  });
});

describe("not proven", () => {
  async function reasonOf(account: Account): Promise<string> {
    const { live } = await read(account);
    if (live.completeness.proven) throw new Error("proven");
    expect(live.completeness.reason).not.toContain("@");
    return live.completeness.reason;
  }
  const all = people(250);
  const csv = () => ({ body: csvOf(all) });

  test("a short page", async () => {
    const short = (request: Received) =>
      request.query.get("pageIndex") === "1"
        ? { body: { developers: all.slice(100, 140), totalCount: 250 } }
        : paged(all)(request);
    expect(await reasonOf({ list: short, csv })).toBe("the list says that there are 250 and shows 190");
  });

  test("a short page without a total", async () => {
    const short = (request: Received) =>
      request.query.get("pageIndex") === "1" ? { body: all.slice(100, 140) } : paged(all, 100, {})(request);
    expect(await reasonOf({ list: short, csv })).toBe(
      "the list has 190 developers and the CSV download 250 (0 only in the first, 60 only in the second)",
    );
  });

  test("a doubled page", async () => {
    const doubled = (request: Received): Reply => {
      const index = request.query.get("pageIndex") === "1" ? 0 : Number(request.query.get("pageIndex"));
      return { body: { developers: all.slice(index * 100, index * 100 + 100), totalCount: 250 } };
    };
    expect(await reasonOf({ list: doubled, csv })).toMatch(/more than once|shows/);
  });

  test("an empty list with a full CSV", async () => {
    for (const body of [[], { developers: [], totalCount: 0 }, {}]) {
      expect(await reasonOf({ list: () => ({ body }), csv })).toContain(
        "the list has 0 developers and the CSV download 250",
      );
    }
  });

  test("an empty CSV with a full list", async () => {
    expect(await reasonOf({ list: paged(all), csv: () => ({ body: HEADER }) })).toContain("(250 only in the first");
  });

  test("a doubled row", async () => {
    expect(await reasonOf({ list: () => ({ body: [...people(2), ...people(1)] }), csv })).toContain("more than once");
  });
});

describe("without a total and without a CSV download", () => {
  const all = people(45);
  const list = (request: Received, most = 20) => paged(all, most, {})(request);
  const reasonOf = async (account: Account) => {
    const { live } = await read(account);
    return live.completeness.proven ? "proven" : live.completeness.reason;
  };

  test("two walks in pages of two sizes prove it", async () => {
    const { live, lists } = await read({ list: (request) => list(request) });
    expect(live.completeness).toEqual({ proven: true, count: 45 });
    expect(lists()).toEqual(expect.arrayContaining(["0/100", "0/10", "4/10"]));
  });

  test("so do two walks where the page size is fixed", async () => {
    const fixed = ({ query }: Received): Reply => {
      const from = Number(query.get("pageIndex")) * 20;
      return { body: all.slice(from, from + 20) };
    };
    expect(await reasonOf({ list: fixed })).toBe("proven");
  });

  test.each<[string, NonNullable<Account["list"]>, string]>([
    [
      "the paging is ignored",
      () => ({ body: all.slice(0, 20) }),
      "a page is the same as one before it, so the paging may be ignored, and there is no CSV download",
    ],
    [
      "the paging is ignored, and the total is that of the page",
      () => ({ body: { developers: people(100), total: 100 } }),
      "the same as one before it",
    ],
    [
      "the first page always lacks somebody",
      (request) => {
        const page = list(request).body as { developers: readonly Person[] };
        return { body: request.query.get("pageIndex") === "0" ? page.developers.slice(1) : page.developers };
      },
      "has",
    ],
    [
      "a page in the middle lacks somebody, whatever the size",
      ({ query }) => {
        const from = Number(query.get("pageIndex")) * 20;
        const page = all.slice(from, from + 20);
        return { body: query.get("pageIndex") === "1" ? page.slice(1) : page };
      },
      "page 2 has 19 records and the first 20, and there is no CSV download",
    ],
    [
      "nobody is listed",
      () => ({ body: [] }),
      "the list shows nobody and gives no total, and there is no CSV download",
    ],
    [
      "the list is there once",
      (_, index) => (index % 3 === 0 ? { body: people(2) } : { status: 404 }),
      "there once, and was then refused",
    ],
  ])("not proven: %s", async (_, answer, reason) => {
    expect(await reasonOf({ list: answer })).toContain(reason);
  });

  test("nobody in a CSV without a header is no second answer", async () => {
    const nobody = { list: () => ({ body: [] }), csv: () => ({ body: "" }) };
    expect(await reasonOf(nobody)).toContain("empty, even of column names");
    expect(await reasonOf({ ...nobody, csv: () => ({ body: `${HEADER}\n` }) })).toBe("proven");
  });
});

test.each([404, 412])("a field mapping and a list that answers %i are not an empty account", async (status) => {
  for (const csv of [{ status }, { status: 406 }, { body: `${HEADER}\n` }]) {
    const { live } = await read({ list: () => ({ status, body: {} }), csv: () => csv });
    expect(live.completeness).toMatchObject({
      proven: false,
      reason: `the list answers ${status}, although there is a field mapping`,
    });
  }
});

describe("pages that count from 1", () => {
  const all = people(120);
  const fromOne = (request: Received): Reply => {
    const index = Number(request.query.get("pageIndex"));
    if (index < 1) return { status: 400, body: { message: "pageIndex" } };
    const size = Number(request.query.get("pageSize"));
    return { body: { developers: all.slice((index - 1) * size, index * size), totalCount: all.length } };
  };

  test("are understood, with a CSV download and without", async () => {
    for (const csv of [() => ({ body: csvOf(all) }), () => ({ status: 406 })]) {
      const { live, lists } = await read({ list: fromOne, csv });
      expect(live.completeness).toEqual({ proven: true, count: 120 });
      expect(lists()).toContain("2/100");
    }
  });

  test("a refusal of every page says what was said of page 0", async () => {
    const list = (request: Received): Reply => ({
      status: 400,
      body: { message: `not page ${request.query.get("pageIndex")}` },
    });
    await expect(read({ list })).rejects.toThrow("not page 0");
  });
});

describe("not set up", () => {
  test.each<[string, Reply, Reply]>([
    ["schema 404, list empty", { status: 404, body: {} }, { body: { developers: [], total: 0 } }],
    ["412 everywhere", { status: 412 }, { status: 412 }],
    ["204", { status: 204 }, { status: 204 }],
    ["null", { body: "null" }, { body: [] }],
    ["no entries", { body: { fieldMappings: [], versionId: null } }, { body: { developers: [] } }],
    [
      "types without columns",
      {
        body: [
          { columnName: null, fieldType: "NAME" },
          { columnName: null, fieldType: "EMAIL" },
        ],
      },
      { body: [] },
    ],
    ["a remark", { body: { status: "SUCCESS", message: "no schema" } }, { body: [] }],
  ])("proven: %s", async (_, schema, list) => {
    const { live } = await read({ schema: () => schema, list: () => list, csv: () => list });
    expect(live).toMatchObject({ mapping: null, completeness: { proven: true, count: 0 } });
  });

  test("404 everywhere with words of its own is proven, the 404 of a wrong endpoint is not", async () => {
    const said = (message: string): Reply => ({ status: 404, body: { message } });
    const own = { schema: () => said("no schema yet"), list: () => said("no developers"), csv: () => said("none") };
    expect((await read(own)).live.completeness).toEqual({ proven: true, count: 0 });
    const wrong = () => said("no such route");
    const { live } = await read({ schema: wrong, list: wrong, csv: wrong });
    expect(live).toMatchObject({ mapping: null, completeness: { proven: false } });
  });

  test("no schema, but people: not proven", async () => {
    const { live } = await read({ schema: () => ({ status: 404 }), list: () => ({ body: people(2) }) });
    expect(live).toMatchObject({ mapping: null, completeness: { proven: false } });
  });
});

describe("fails loudly", () => {
  const loud = (account: Account) =>
    read(account).then(
      () => "",
      (error: unknown) => {
        expect(error).toBeInstanceOf(UnreadableAnswerError);
        return (error as Error).message;
      },
    );

  test("for a schema that nothing recognises, with its keys and without its values", async () => {
    const message = await loud({ schema: () => ({ body: { hats: [{ felt: "ada@x.io", size: 7 }], "ada@x.io": 1 } }) });
    expect(message).toContain("Shape of the answer: { <2 keys>: [1 x { felt: string, size: number }] | number }");
  });

  test("for records without an email", async () => {
    expect(await loud({ list: () => ({ body: [{ Name: "Ada", nickname: "a" }] }) })).toContain(
      "[1 x { Name: string, nickname: string }]",
    );
    expect(
      await loud({ list: () => ({ body: [...people(1), { Name: "Ada", Email: "", "Manager Email": null }] }) }),
    ).toContain("record 2");
  });

  test("for a column that is nowhere", async () => {
    const schema = () => ({ body: { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email", CUSTOM: ["Team"] } });
    expect(await loud({ schema, list: () => ({ body: people(1) }) })).toContain(
      'the column "Team" of the schema is neither in its list nor in its CSV',
    );
  });

  test("for a list that is none", async () => {
    expect(await loud({ list: () => ({ body: { developers: "many" } }) })).toContain(
      "no list of records can be recognised",
    );
  });
});
