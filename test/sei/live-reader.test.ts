import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { type ConnectOptions, connect } from "../../provider/sei/client.js";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "./scripted-server.js";

const CSV = "Name,Email,Manager Email,Team\nAda,ada@x.io,grace@x.io,Payments\nGrace,grace@x.io,,\n";
const SCHEMA = {
  fieldMappings: [
    { columnName: "Name", fieldType: "NAME" },
    { columnName: "Email", fieldType: "EMAIL" },
    { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
    { columnName: "Team", fieldType: "CUSTOM" },
  ],
};
const LIST = {
  developers: [
    { developerRefId: 1, Name: "Ada", Email: "Ada@x.io", "Manager Email": "grace@x.io", Team: "Payments" },
    { developerRefId: 2, Name: "Grace", Email: "grace@x.io", "Manager Email": null, Team: null },
  ],
  totalCount: 2,
};

interface Account {
  readonly schema?: Reply;
  readonly list?: (request: Received) => Reply;
  readonly csv?: Reply;
  readonly identities?: (request: Received) => Reply;
}

const servers: ScriptedServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function server(account: Account): Promise<ScriptedServer> {
  const made = await scriptedServer((request) => {
    if (request.path.endsWith("/schema")) return account.schema ?? { body: SCHEMA };
    if (request.path.endsWith("/identities"))
      return account.identities?.(request) ?? { body: { identities: [], totalCount: 0 } };
    if (request.path !== "/v2/developers") return { status: 404, body: { message: "no such path" } };
    if (request.headers.accept === "text/csv")
      return account.csv ?? { body: CSV, headers: { "content-type": "text/csv" } };
    return account.list?.(request) ?? { body: LIST };
  });
  servers.push(made);
  return made;
}

async function read(account: Account, options: Partial<ConnectOptions> = {}): Promise<LiveRoster> {
  const { url } = await server(account);
  const client = connect({ endpoint: url, apiKey: "k3y-of-test", rereadMs: [1, 1], retry: { baseMs: 1 }, ...options });
  try {
    return await client.reader.readRoster({ identities: true });
  } finally {
    await client.close();
  }
}

function plain(live: LiveRoster) {
  return {
    ...live,
    developers: [...live.developers.values()].map((one) => ({ ...one, attributes: { ...one.attributes } })),
  };
}

const EXPECTED = {
  mapping: { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] },
  developers: [
    { email: "ada@x.io", name: "Ada", managerEmail: "grace@x.io", attributes: { Team: "Payments" } },
    { email: "grace@x.io", name: "Grace", managerEmail: "", attributes: { Team: "" } },
  ],
  identities: [],
  completeness: { proven: true, count: 2 },
  identityCompleteness: { proven: true },
};

test("reads the default shapes", async () => {
  expect(plain(await read({}))).toEqual(EXPECTED);
});

const SCHEMAS: Record<string, unknown> = {
  "bare array": SCHEMA.fieldMappings,
  "nested wrapper": { status: "SUCCESS", data: { schema: SCHEMA } },
  "type to column": { fieldMappings: { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email", TEAM: "Team" } },
  "column to type": { Name: "NAME", Email: "EMAIL", "Manager Email": "MANAGER_EMAIL", Team: "ATTRIBUTE" },
  "core only": { NAME: "Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" },
  "core and attributes": { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] },
  "by column, objects": {
    Name: { type: "NAME", required: true },
    Email: { type: "EMAIL", required: true },
    "Manager Email": { type: "MANAGER_EMAIL", required: false },
    Team: { type: "STRING", required: false },
  },
  "columns only": { columns: ["Name", "Email", "Manager Email", "Team"] },
  "types of data, not of fields": {
    fields: [
      { name: "Name", type: "string" },
      { name: "Email", type: "string" },
      { name: "Manager Email", type: "string" },
      { name: "Team", type: "string" },
    ],
  },
  "other names": {
    columns: [
      { csvHeader: "Name", mappedTo: "FULL_NAME" },
      { csvHeader: "Email", mappedTo: "EMAIL" },
      { csvHeader: "Manager Email", mappedTo: "MANAGER" },
      { csvHeader: "Team", mappedTo: null },
    ],
  },
  "name and field": {
    fields: [
      { name: "Name", field: "NAME" },
      { name: "Email", field: "EMAIL" },
      { name: "Manager Email", field: "MANAGER_EMAIL" },
      { name: "Team", field: "OTHER" },
    ],
  },
};

test.each(Object.keys(SCHEMAS))("reads the schema: %s", async (name) => {
  expect(plain(await read({ schema: { body: SCHEMAS[name] } }))).toEqual(EXPECTED);
});

const [ADA, GRACE] = LIST.developers;
const LISTS: Record<string, unknown> = {
  "bare array": LIST.developers,
  nested: { data: { content: LIST.developers, page: { totalElements: 2 } } },
  "count is the page's length": { records: LIST.developers, count: 2 },
  _metadata: { records: LIST.developers, _metadata: { total_count: 2 } },
  "camel case and nested attributes": {
    items: [
      { id: 1, name: "Ada", email: "ada@x.io", managerEmail: "grace@x.io", attributes: { Team: "Payments" } },
      { id: 2, name: "Grace", email: "grace@x.io", managerEmail: null, attributes: {} },
    ],
    total: 2,
  },
  "attributes as a list, manager as an object": {
    results: [
      {
        fullName: "Ada",
        emailAddress: "ada@x.io",
        manager: { name: "Grace", email: "grace@x.io" },
        customFields: [{ key: "Team", value: "Payments" }],
      },
      { fullName: "Grace", emailAddress: "grace@x.io", manager: null, customFields: [] },
    ],
  },
  "attribute only in the CSV": {
    developers: [
      { full_name: "Ada", email: "ada@x.io", manager_email: "grace@x.io" },
      { full_name: "Grace", email: "grace@x.io" },
    ],
  },
};

test.each(Object.keys(LISTS))("reads the list: %s", async (name) => {
  expect(
    plain(await read({ list: (request) => ({ body: request.query.get("pageIndex") === "0" ? LISTS[name] : [] }) })),
  ).toEqual(EXPECTED);
  expect(ADA).not.toBe(GRACE);
});
