import { connect } from "../../provider/sei/client.js";
import { UnreadableAnswerError } from "../../provider/sei/errors.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

const ADA_GITHUB = { email: "ada@x.io", integrationId: 101, identity: "ada" };
const ADA_JIRA = { email: "ada@x.io", integrationId: 102, identity: "081de7ae" };
const BOB_GITHUB = { email: "bob@x.io", integrationId: 101, identity: "bob" };
const ALL = [ADA_GITHUB, ADA_JIRA, BOB_GITHUB];

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(answer: (request: Received) => Reply) {
  const server = await scriptedServer(answer);
  const client = connect({ endpoint: server.url, apiKey: "k3y-of-test", rereadMs: [1], retry: { baseMs: 1 } });
  open.push(client, server);
  return { server, reader: client.reader };
}

const SHAPES: Record<string, unknown> = {
  "flat array": ALL,
  wrapped: { identities: ALL, totalCount: 3 },
  "ids as text, snake case": ALL.map((one) => ({
    email: one.email.toUpperCase(),
    integration_id: String(one.integrationId),
    cloud_id: one.identity,
  })),
  "developers with a list": {
    content: [
      {
        developerRefId: 1,
        name: "Ada",
        email: "ada@x.io",
        identities: [
          { integrationId: 101, identity: "ada" },
          { integrationId: 102, identity: "081de7ae" },
        ],
      },
      { developerRefId: 2, name: "Bob", email: "bob@x.io", identities: [{ integrationId: 101, identity: "bob" }] },
      { developerRefId: 3, name: "Eve", email: "eve@x.io", identities: [] },
      { developerRefId: 4, name: "Dan", email: "dan@x.io", identities: null },
      { developerRefId: 5, name: "Kim", email: "kim@x.io" },
    ],
    totalElements: 5,
  },
  "as in v1": {
    records: [
      {
        email: "ada@x.io",
        integration_user_ids: [
          { integration_id: "101", user_id: "ada" },
          { integration_id: "102", user_id: "081de7ae" },
        ],
      },
      { email: "bob@x.io", integration_user_ids: [{ integration_id: "101", user_id: "bob" }] },
    ],
  },
  "a map by integration": [
    { email: "ada@x.io", identities: { 101: "ada", 102: "081de7ae" } },
    { email: "bob@x.io", identities: { 101: "bob" } },
  ],
  "integration as an object": ALL.map(({ email, integrationId, identity }) => ({
    developer: { email, name: "x" },
    integration: { id: integrationId, name: "GitHub" },
    identity,
  })),
  "some not mapped": [
    ...ALL,
    { email: "", integrationId: 101, identity: "dangling" },
    { email: "eve@x.io", integrationId: 101, identity: null },
  ],
};

test.each(Object.keys(SHAPES))("reads everything: %s", async (name) => {
  const { reader } = await start(({ query }) => ({ body: query.get("pageIndex") === "0" ? SHAPES[name] : [] }));
  const emails = [...Array.from({ length: 30 }, (_, at) => `p${at}@x.io`), "ada@x.io", "bob@x.io"];
  expect(await reader.readIdentities(emails)).toEqual(ALL);
});

test("asks for one address a request, where the filter works", async () => {
  const { reader, server } = await start(({ query }) => ({
    body: ALL.filter(({ email }) => query.getAll("emails").includes(email)),
  }));
  expect(await reader.readIdentities(["ADA@x.io"])).toEqual([ADA_GITHUB, ADA_JIRA]);
  expect(await reader.readIdentities(["eve@x.io", "bob@x.io"])).toEqual([BOB_GITHUB]);
  // Nobody is believed to have none on one answer.
  expect(server.received.map(({ query }) => query.get("emails"))).toEqual([
    "ada@x.io",
    "eve@x.io",
    "eve@x.io",
    "bob@x.io",
  ]);
});

test.each<[string, Reply | null]>([
  ["ignored", null],
  ["refused", { status: 400, body: { message: "unknown parameter emails" } }],
])("reads all pages where the filter is %s", async (_, refusal) => {
  const many = [
    ...Array.from({ length: 150 }, (__, at) => ({ email: `p${at}@x.io`, integrationId: 101, identity: `p${at}` })),
    ...ALL,
  ];
  const { reader } = await start(({ query }) => {
    if (refusal !== null && query.has("emails")) return refusal;
    const index = Number(query.get("pageIndex"));
    return { body: { items: many.slice(index * 100, index * 100 + 100), total: many.length } };
  });
  expect(await reader.readIdentities(["ada@x.io", "bob@x.io"])).toEqual(ALL);
  expect(await reader.readIdentities(["bob@x.io"])).toEqual([BOB_GITHUB]);
});

test.each([404, 412])("%i is nobody", async (status) => {
  const { reader } = await start(() => ({ status, body: {} }));
  expect(await reader.readIdentities(["ada@x.io"])).toEqual([]);
});

test("takes the CSV where there is no JSON", async () => {
  const csv = ["email,integrationId,identity", ...ALL.map((one) => Object.values(one).join(","))].join("\r\n");
  const { reader } = await start(({ headers }) =>
    headers.accept === "text/csv" ? { body: csv } : { status: 406, body: {} },
  );
  expect(await reader.readIdentities(["ada@x.io", "bob@x.io"])).toEqual(ALL);
});

test.each<[string, unknown]>([
  ["another kind of thing", [{ email: "ada@x.io", hat: 1 }, { hat: 2 }]],
  ["an identity under an unknown name", [{ email: "ada@x.io", integrationId: 101, handle: "ada" }]],
  ["an integration under an unknown name", [{ email: "ada@x.io", tool: 101, identity: "ada" }]],
  ["integrations without a number", [{ integrationId: "github", identity: "ada" }]],
  ["fewer than it says", { identities: ALL, total: 4 }],
])("fails loudly: %s", async (_, body) => {
  const { reader } = await start(() => ({ body }));
  await expect(reader.readIdentities(["eve@x.io"])).rejects.toThrow(UnreadableAnswerError);
});
