import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect } from "../../provider/sei/client.js";
import { UnreadableAnswerError } from "../../provider/sei/errors.js";
import { DIALECTS, type DialectName, startSimulator } from "../../provider/simulator/simulator.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

const SCHEMA = { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" };
const PEOPLE = ["ada", "bob", "eve"].map((one) => ({ Name: one, Email: `${one}@x.io`, "Manager Email": null }));
const ALL = [
  { email: "ada@x.io", integrationId: 101, identity: "ada" },
  { email: "ada@x.io", integrationId: 102, identity: "081de7ae" },
  { email: "bob@x.io", integrationId: 101, identity: "bob" },
];
const csvOf = (list: typeof ALL) =>
  ["email,integrationId,identity", ...list.map((one) => Object.values(one).join(","))].join("\n");

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

interface Answers {
  readonly json?: (request: Received, index: number) => Reply;
  readonly csv?: (request: Received, index: number) => Reply;
}

const paged =
  (list: readonly unknown[], more: Readonly<Record<string, unknown>> = { totalCount: list.length }) =>
  ({ query }: Received): Reply => {
    const size = Math.min(Number(query.get("pageSize") ?? 2), 2);
    const from = Number(query.get("pageIndex")) * size;
    return { body: { identities: list.slice(from, from + size), ...more } };
  };
const NO_CSV = () => ({ status: 406, body: { message: "not acceptable" } });

async function clientOf({ json = paged(ALL), csv = () => ({ body: csvOf(ALL) }) }: Answers) {
  const counts = { json: 0, csv: 0 };
  const server = await scriptedServer((request) => {
    const wantsCsv = request.headers.accept === "text/csv";
    if (request.path.endsWith("/schema")) return { body: SCHEMA };
    if (request.path.endsWith("/identities"))
      return wantsCsv ? csv(request, counts.csv++) : json(request, counts.json++);
    if (wantsCsv)
      return { body: ["Name,Email,Manager Email", ...PEOPLE.map((one) => `${one.Name},${one.Email},`)].join("\n") };
    return { body: { developers: PEOPLE, totalCount: PEOPLE.length } };
  });
  const client = connect({ endpoint: server.url, apiKey: "k3y-of-test", rereadMs: [1, 1], retry: { baseMs: 1 } });
  open.push(client, server);
  return client;
}

const read = async (answers: Answers): Promise<LiveRoster> =>
  (await clientOf(answers)).reader.readRoster({ identities: true });

const BROKEN: Record<string, Reply> = {
  "an empty 200": { body: "" },
  "an empty array": { body: [] },
  "an empty object": { body: {} },
  "204": { status: 204 },
  "404": { status: 404, body: {} },
  "412": { status: 412, body: {} },
  "an empty page with a total of 0": { body: { identities: [], totalCount: 0 } },
  "a short page": { body: { identities: ALL.slice(0, 1) } },
};

describe.each(Object.keys(BROKEN))("one answer that is %s loses nothing", (name) => {
  const broken = BROKEN[name] ?? {};
  const complete = { identities: ALL, identityCompleteness: { proven: true } };

  test("beside a CSV download", async () => {
    expect(await read({ json: (request, index) => (index === 0 ? broken : paged(ALL)(request)) })).toMatchObject(
      complete,
    );
    expect(await read({ csv: (_, index) => (index === 0 ? broken : { body: csvOf(ALL) }) })).toMatchObject(complete);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["a total", { totalCount: ALL.length }],
    ["no total", {}],
  ])("without a CSV download, with %s", async (_, more) => {
    const json = (request: Received, index: number) => (index === 0 ? broken : paged(ALL, more)(request));
    expect(await read({ json, csv: NO_CSV })).toMatchObject(complete);
  });

  test("for a few people, by the filter and without it", async () => {
    const filter = (request: Received) => {
      const emails = request.query.getAll("emails");
      return paged(ALL.filter(({ email }) => emails.length === 0 || emails.includes(email)))(request);
    };
    for (const answer of [filter, paged(ALL)]) {
      const client = await clientOf({ json: (request, index) => (index === 0 ? broken : answer(request)) });
      expect(await client.reader.readIdentities(["bob@x.io", "eve@x.io"])).toEqual(ALL.slice(2));
    }
  });
});

describe("what does not agree stays unproven", () => {
  test.each<[string, Answers, string]>([
    ["an empty list with a full CSV", { json: paged([]) }, "the list has 0 identities and the CSV download 3"],
    ["a full list with an empty CSV", { csv: () => ({ body: csvOf([]) }) }, "(3 only in the first"],
    ["a 404 with a full CSV", { json: () => ({ status: 404, body: {} }) }, "the list answers 404"],
    ["a 404 with a 412", { json: () => ({ status: 404, body: {} }), csv: () => ({ status: 412 }) }, "says otherwise"],
    ["a total that is not reached", { json: paged(ALL, { totalCount: 4 }) }, "says that there are 4 and shows 3"],
    [
      "another value",
      { csv: () => ({ body: csvOf(ALL.map((one) => ({ ...one, identity: `${one.identity}2` }))) }) },
      "3 only in the second",
    ],
    [
      "a page that is shown again and again",
      { json: () => ({ body: ALL.slice(0, 2) }), csv: NO_CSV },
      "the same as one before it",
    ],
  ])("%s", async (_, answers, reason) => {
    const { identityCompleteness } = await read(answers);
    expect(identityCompleteness).toMatchObject({
      proven: false,
      contradicted: true,
      reason: expect.stringContaining(reason),
    });
    expect(JSON.stringify(identityCompleteness)).not.toContain("@");
  });

  test("shows the longer of two answers, and a backup of people cannot be made of it", async () => {
    const client = await clientOf({ json: paged([]) });
    expect((await client.reader.readRoster({ identities: true })).identities).toEqual(ALL);
    const many = Array.from({ length: 9 }, (_, at) => `p${at}@x.io`);
    await expect(client.reader.readIdentities(many)).rejects.toThrow(UnreadableAnswerError);
  });
});

describe("nobody has any", () => {
  test.each<[string, Answers]>([
    ["the list and the CSV say so", { json: paged([]), csv: () => ({ body: csvOf([]) }) }],
    ["the list says so twice, with a total", { json: paged([]), csv: NO_CSV }],
    [
      "the list is refused as empty, and the CSV is",
      { json: () => ({ status: 404 }), csv: () => ({ body: csvOf([]) }) },
    ],
  ])("proven: %s", async (_, answers) => {
    expect(await read(answers)).toMatchObject({ identities: [], identityCompleteness: { proven: true } });
  });

  test.each<[string, Answers]>([
    ["a list alone, without a total", { json: paged([], {}), csv: NO_CSV }],
    ["a list beside a CSV in columns of something else", { json: paged([], {}), csv: () => ({ body: "a,b\n" }) }],
    ["404 everywhere", { json: () => ({ status: 404 }), csv: () => ({ status: 404 }) }],
    ["404 and no CSV", { json: () => ({ status: 404 }), csv: NO_CSV }],
    ["412 everywhere", { json: () => ({ status: 412 }), csv: () => ({ status: 412 }) }],
  ])("not contradicted, and not proven: %s", async (_, answers) => {
    expect(await read(answers)).toMatchObject({
      identities: [],
      identityCompleteness: { proven: false, contradicted: false },
    });
  });

  test.each(Object.keys(DIALECTS) as DialectName[])(
    "in the dialect %s, before and after the setup",
    async (dialect) => {
      const sei = await startSimulator({ dialect });
      const client = connect({ endpoint: sei.url, apiKey: "simulator", account: "acc-1", rereadMs: [30, 100] });
      open.push(client, { close: () => sei.stop() });
      const none = { identities: [], identityCompleteness: { proven: true } };
      expect(await client.reader.readRoster({ identities: true })).toMatchObject(none);
      const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
      const ada = { email: "ada@x.io", name: "Ada", managerEmail: "", attributes: { Team: "T" } };
      await client.writer.saveFieldMapping(await client.writer.upload([ada], mapping), mapping);
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await client.reader.readRoster({ identities: true })).toMatchObject({ mapping, ...none });
    },
  );
});
