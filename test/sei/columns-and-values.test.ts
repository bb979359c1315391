import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { connect } from "../../provider/sei/client.js";
import { type Reply, scriptedServer } from "./scripted-server.js";

type Values = Readonly<Record<string, unknown>>;

const CORE = [
  { columnName: "Name", fieldType: "NAME" },
  { columnName: "Email", fieldType: "EMAIL" },
  { columnName: "Manager Email", fieldType: "MANAGER_EMAIL" },
];
const ROLE = { columnName: "Role", fieldType: "ROLE" };
const TEAM = { columnName: "Team", fieldType: "CUSTOM" };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

interface Account {
  readonly schema: readonly Values[];
  readonly list: (index: number) => readonly Values[];
  /** null: this server has no CSV download. */
  readonly csv: readonly Values[] | null;
}

async function read({ schema, list, csv }: Account): Promise<LiveRoster> {
  let asked = 0;
  const server = await scriptedServer(({ path, headers }): Reply => {
    if (path.endsWith("/schema")) return { body: { fieldMappings: schema } };
    if (headers.accept !== "text/csv") {
      const developers = list(asked++);
      return { body: { developers, totalCount: developers.length } };
    }
    if (csv === null) return { status: 406, body: {} };
    const header = Object.keys(csv[0] ?? {});
    const rows = csv.map((row) => header.map((name) => `"${row[name]}"`).join(","));
    return { body: [header.join(","), ...rows].join("\n") };
  });
  const client = connect({ endpoint: server.url, apiKey: "k3y-of-test", rereadMs: [1, 1], retry: { baseMs: 1 } });
  open.push(client, server);
  return client.reader.readRoster({ identities: false });
}

const person = (login: string, more: Values = {}): Values => ({
  Name: login,
  Email: `${login}@x.io`,
  "Manager Email": "",
  ...more,
});
const same = (schema: readonly Values[], people: readonly Values[], csv: readonly Values[] | null = people) =>
  read({ schema, list: () => people, csv });
const shown = ({ developers }: LiveRoster, column: string) =>
  [...developers.values()].map(({ attributes }) => attributes[column]);

describe("columns that the schema does not list", () => {
  const people = [
    person("ada", { Role: "Dev", Team: "A", Site: "Berlin" }),
    person("bob", { Role: "", Team: "B", Site: "" }),
  ];

  test.each<[string, readonly Values[]]>([
    ["only the core", CORE],
    ["core and role", [...CORE, ROLE]],
    ["all but one", [...CORE, ROLE, TEAM]],
  ])("are attributes: %s", async (_, schema) => {
    for (const csv of [people, null]) {
      const live = await same(schema, people, csv);
      expect([...(live.mapping?.attributes ?? [])].sort()).toEqual(["Role", "Site", "Team"]);
      expect(shown(live, "Team")).toEqual(["A", "B"]);
      expect(shown(live, "Site")).toEqual(["Berlin", ""]);
      expect(live.completeness.proven).toBe(true);
    }
  });

  test("are attributes too when only one of the answers shows them", async () => {
    const less = people.map(({ Site: _, ...rest }) => rest);
    for (const [list, csv] of [
      [people, less],
      [less, people],
    ] as const) {
      const live = await same([...CORE, ROLE], list, csv);
      expect(live.mapping?.attributes).toEqual(expect.arrayContaining(["Team", "Site"]));
      expect(shown(live, "Site")).toEqual(["Berlin", ""]);
    }
  });

  test("may have the names of what servers add, in the CSV", async () => {
    const named = [
      person("ada", { Status: "Contractor", Source: "HR", ID: "E7" }),
      person("bob", { Status: "", Source: "HR", ID: "E8" }),
    ];
    const list = named.map((one, at) => ({ id: at, developerRefId: at, createdAt: 17e11, ...one }));
    const live = await same(CORE, list, named);
    expect(live.mapping?.attributes).toEqual(["Status", "Source", "ID"]);
    expect(shown(live, "Status")).toEqual(["Contractor", ""]);
    expect(shown(live, "ID")).toEqual(["E7", "E8"]);
  });

  test("are not what servers add: numbers, flags, times, and other spellings of the core", async () => {
    const list = people.map((one, at) => ({
      ...one,
      id: at,
      developerRefId: at,
      createdAt: "2026-01-01",
      status: "ACTIVE",
      licensed: true,
      managerEmail: one["Manager Email"],
      fullName: one["Name"],
      _links: { self: { href: "https://x.io/1" } },
    }));
    const csv = people.map((one, at) => ({ developerRefId: at, ...one }));
    const live = await same([...CORE, ROLE], list, csv);
    expect(live.mapping?.attributes).toEqual(["Role", "Team", "Site"]);
  });

  test("without a CSV download, a name that people use as well is a doubt", async () => {
    const list = people.map((one) => ({ ...one, status: "Contractor" }));
    expect((await same([...CORE, ROLE], list, null)).completeness).toMatchObject({
      proven: false,
      reason: expect.stringContaining('the list shows "status", which may be a column'),
    });
    const flags = people.map((one) => ({ ...one, status: true, version: 3, source: "" }));
    expect((await same([...CORE, ROLE], flags, null)).completeness.proven).toBe(true);
  });

  test("are sent with every record", async () => {
    const sent: unknown[] = [];
    const list = people.map((one) => ({ ...one, Status: "Contractor" }));
    const server = await scriptedServer(({ method, path, headers, body, query }): Reply => {
      if (path.endsWith("/schema")) return { body: { fieldMappings: [...CORE, ROLE] } };
      if (method === "PATCH") sent.push(JSON.parse(body));
      if (headers.accept === "text/csv") {
        const rows = list.map((one) => Object.values(one).join(","));
        return { body: [Object.keys(list[0] ?? {}).join(","), ...rows].join("\n") };
      }
      const found = list.filter(
        ({ Email }: Values) => !query.has("emails") || query.getAll("emails").includes(`${Email}`),
      );
      return { body: { developers: found, totalCount: found.length } };
    });
    const client = connect({ endpoint: server.url, apiKey: "k3y-of-test", rereadMs: [] });
    open.push(client, server);
    const { mapping, developers } = await client.reader.readRoster({ identities: false });
    const ada = developers.get("ada@x.io");
    if (mapping === null || ada === undefined) throw new Error("not read");
    await client.writer.upsert([ada], mapping);
    expect(sent[0]).toEqual([list[0]]);
  });
});

describe("values of which the answers say different things", () => {
  const schema = [...CORE, TEAM];
  const people = ["ada", "bob", "eve", "kim"].map((one) => person(one, { Team: "T" }));
  const changed = (login: string, more: Values) =>
    people.map((one) => (one["Name"] === login ? { ...one, ...more } : one));
  const { Team: _, ...withoutTeam } = person("bob", { Team: "T" });

  test.each<[string, readonly Values[], readonly Values[]]>([
    ["the list leaves one out", people.map((one) => (one["Name"] === "bob" ? withoutTeam : one)), people],
    ["the list shows one as an array", changed("bob", { Team: ["T"] }), people],
    ["the list shows one as null", changed("bob", { Team: null }), people],
    ["the CSV has a blank", people, changed("bob", { Team: "" })],
  ])("%s: the value counts, and whose it is is disputed", async (_name, list, csv) => {
    const live = await same(schema, list, csv);
    expect(shown(live, "Team")).toEqual(["T", "T", "T", "T"]);
    expect(live.completeness.proven).toBe(true);
    expect(live.disputed).toEqual({
      people: new Set(["bob@x.io"]),
      reason: 'the list and the CSV download disagree on "Team" (1 developers)',
    });
  });

  test("two values, also of the name and the manager", async () => {
    const live = await same(
      schema,
      changed("kim", { Team: "U", Name: "Kim", "Manager Email": "ada@x.io" }),
      changed("eve", { "Manager Email": "ada@x.io" }),
    );
    expect(live.disputed).toEqual({
      people: new Set(["kim@x.io", "eve@x.io"]),
      reason:
        'the list and the CSV download disagree on "Name" (1 developers), "Manager Email" (2 developers), "Team" (1 developers)',
    });
  });

  test("that agree when they are read again are not disputed", async () => {
    const live = await read({
      schema,
      list: (index) => (index === 0 ? changed("bob", { Team: "old" }) : people),
      csv: people,
    });
    expect(live.disputed).toBeUndefined();
    expect(shown(live, "Team")).toEqual(["T", "T", "T", "T"]);
  });

  test("another way to write the same value is none", async () => {
    const list = changed("bob", { Team: "=a  b ", "Manager Email": "ADA@x.io" });
    const csv = changed("bob", { Team: "'=a\r\nb", "Manager Email": "ada@x.io" });
    expect((await same(schema, list, csv)).disputed).toBeUndefined();
  });

  test("a column that the list shows in a form of its own is read from the CSV", async () => {
    const dated = people.map((one, at) => ({ ...one, Team: `2026-01-0${at + 1}` }));
    for (const form of [(at: number) => 17e11 + at, (at: number) => [`T${at}`], () => null]) {
      const live = await same(
        schema,
        dated.map((one, at) => ({ ...one, Team: form(at) })),
        dated,
      );
      expect(live.disputed).toBeUndefined();
      expect(shown(live, "Team")).toEqual(dated.map(({ Team }) => Team));
    }
  });

  test("a column that the CSV leaves blank is read from the list", async () => {
    const live = await same(
      schema,
      people,
      people.map((one) => ({ ...one, Team: "" })),
    );
    expect(live.disputed).toBeUndefined();
    expect(shown(live, "Team")).toEqual(["T", "T", "T", "T"]);
  });
});

describe("records that leave out what is blank", () => {
  const without = (row: Values, key: string) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));

  test("are read like those that show it", async () => {
    const people = [
      person("ada", { Team: "A", manager: "bob@x.io", "Manager Email": "bob@x.io" }),
      without(without(person("bob", { Team: "" }), "Team"), "Manager Email"),
    ];
    const live = await same([...CORE, TEAM], people, null);
    expect(live.completeness.proven).toBe(true);
    // `manager` says what the manager's email says: it is no column of its own.
    expect(live.mapping?.attributes).toEqual(["Team"]);
    expect([...live.developers.values()].map(({ managerEmail }) => managerEmail)).toEqual(["bob@x.io", ""]);
    expect(shown(live, "Team")).toEqual(["A", ""]);
  });

  test("but not the email: nobody knows whose record it is", async () => {
    await expect(same(CORE, [person("ada"), without(person("bob"), "Email")], null)).rejects.toThrow(
      "record 2 of its list has no email",
    );
  });
});

test("a column with the name of a number of the server's own is read from the CSV, which has what was uploaded", async () => {
  const STATUS = { columnName: "Status", fieldType: "CUSTOM" };
  const logins = ["ada", "bob", "eve"];
  const live = await read({
    schema: [...CORE, STATUS],
    list: () => logins.map((one, at) => person(one, { Status: at })),
    csv: logins.map((one) => person(one, { Status: `on leave ${one}` })),
  });
  expect(shown(live, "Status")).toEqual(["on leave ada", "on leave bob", "on leave eve"]);
});
