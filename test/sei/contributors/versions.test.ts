import { UnreadableAnswerError } from "../../../provider/sei/errors";
import { scripted } from "./v1-server";

const CREATED = 1710153327501;

test("the documents' record, text by text: the newest first", async () => {
  const records = ["9", "190", "21"].map((version) => ({ id: `id-${version}`, name: `Version ${version}`, version }));
  const { contributors, server } = await scripted(() => ({
    body: { records, count: 3, _metadata: { page_size: 999, page: 0, has_next: false, total_count: 3 } },
  }));
  expect(await contributors.reader.versions()).toEqual(
    ["190", "21", "9"].map((version) => ({ id: `id-${version}`, version, active: null, createdAt: null })),
  );
  expect(server.received.map(({ method, path, query }) => `${method} ${path}?${query}`)).toEqual([
    "GET /v1/org/users/versions?page_size=999&page=0",
  ]);
});

test("the other known record: numbers, and which one is active", async () => {
  const records = [
    { id: "a", type: "USER", version: 1, active: false, created_at: CREATED, updated_at: CREATED },
    { id: "b", type: "USER", version: 2, active: true, created_at: CREATED / 1000, updated_at: CREATED },
    { id: null, type: "USER", version: "3", active: "false", createdAt: "2024-03-11T10:35:27.501Z" },
    { name: "4" },
  ];
  const { contributors } = await scripted(() => ({ body: { records, total_count: 4 } }));
  expect(await contributors.reader.versions()).toEqual([
    { id: null, version: "4", active: null, createdAt: null },
    { id: null, version: "3", active: false, createdAt: CREATED },
    { id: "b", version: "2", active: true, createdAt: CREATED },
    { id: "a", version: "1", active: false, createdAt: CREATED },
  ]);
});

test("every page of a server that gives fifty, with a count and has_next that is always true", async () => {
  const all = Array.from({ length: 521 }, (_, at) => ({ id: String(at), version: at + 1 }));
  const { contributors, server } = await scripted(({ query }) => {
    const page = Number(query.get("page"));
    const records = all.slice(page * 50, (page + 1) * 50);
    return { body: { records, count: 521, _metadata: { page, page_size: 50, has_next: true } } };
  });
  const versions = await contributors.reader.versions();
  expect([versions.length, versions[0]?.version, versions.at(-1)?.version]).toEqual([521, "521", "1"]);
  expect(server.received).toHaveLength(11);
});

test.each<[string, unknown]>([
  ["no version", { records: [{ id: "Ada", type: "USER" }] }],
  ["no list", { state: "Ada" }],
])("%s: an error with the shape", async (_, body) => {
  const { contributors } = await scripted(() => ({ body }));
  const error = await contributors.reader.versions().catch((one: unknown) => one);
  expect(error).toBeInstanceOf(UnreadableAnswerError);
  expect((error as Error).message).not.toContain("Ada");
});

test("no versions at all", async () => {
  for (const body of [{ records: [], count: 0 }, { records: null }, []]) {
    const { contributors } = await scripted(() => ({ body }));
    expect(await contributors.reader.versions()).toEqual([]);
  }
});

test("versions that are no numbers, or the same, are in the order of their time and then of their names", async () => {
  const records = [
    { version: "draft" },
    { version: "b", created_at: CREATED },
    { version: "c", created_at: CREATED },
    { version: "7", created_at: CREATED + 1_000 },
    { version: "07", created_at: CREATED + 2_000 },
  ];
  const { contributors } = await scripted(() => ({ body: { records, total_count: 5 } }));
  const versions = (await contributors.reader.versions()).map(({ version }) => version);
  expect(versions).toEqual(["07", "7", "c", "b", "draft"]);
});

test("a server that wants no page size is asked without one", async () => {
  const { contributors, server } = await scripted(({ query }) =>
    query.has("page_size") ? { status: 400 } : { body: { records: [{ version: 1 }], count: 1, total: 1 } },
  );
  expect((await contributors.reader.versions()).map(({ version }) => version)).toEqual(["1"]);
  expect(server.received.at(-1)?.query.toString()).toBe("page=0");
});
