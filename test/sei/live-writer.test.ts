import { isDeepStrictEqual } from "node:util";
import type { Developer } from "../../provider/roster/developer.js";
import type { FieldMapping } from "../../provider/roster/field-mapping.js";
import { type ConnectOptions, connect, type SeiClient } from "../../provider/sei/client.js";
import { FieldMappingNotTakenError, ValidationError } from "../../provider/sei/errors.js";
import { type Received, type Reply, type ScriptedServer, scriptedServer } from "./scripted-server.js";

const MAPPING: FieldMapping = { name: "Who", email: "Mail", managerEmail: "Boss", attributes: ["Team"] };
const ADA: Developer = {
  email: "ada@x.io",
  name: 'Ada, "the first"',
  managerEmail: "grace@x.io",
  attributes: { Team: "A" },
};
const GRACE: Developer = { email: "grace@x.io", name: "Grace", managerEmail: "", attributes: { Team: "" } };

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(
  answer: (request: Received, index: number) => Reply,
  options: Partial<ConnectOptions> = {},
): Promise<{ server: ScriptedServer; client: SeiClient }> {
  const server = await scriptedServer(answer);
  const client = connect({
    endpoint: server.url,
    apiKey: "k3y-of-test",
    retry: { baseMs: 1 },
    rereadMs: [1],
    ...options,
  });
  open.push(client, server);
  return { server, client };
}

describe("upload", () => {
  test("sends a CSV file in multipart, with the columns of the mapping", async () => {
    const { server, client } = await start(() => ({ body: { versionId: "7" } }));
    expect(await client.writer.upload([ADA, GRACE], MAPPING)).toEqual({ versionId: "7" });
    const [request] = server.received;
    expect(request?.method).toBe("POST");
    expect(request?.headers["content-type"]).toMatch(/^multipart\/form-data; boundary=/);
    expect(Number(request?.headers["content-length"])).toBe(Buffer.byteLength(request?.body ?? ""));
    expect(request?.body).toContain('name="file"; filename="developers.csv"\r\nContent-Type: text/csv');
    expect(request?.body).toContain(
      'Who,Mail,Boss,Team\n"Ada, ""the first""",ada@x.io,grace@x.io,A\nGrace,grace@x.io,,\n',
    );
  });

  test.each<[string, unknown]>([
    ["a number", { versionId: 7 }],
    ["nested", { status: "SUCCESS", data: { versionId: "7", rows: [] } }],
    ["uploadId", { uploadId: "7", id: 1 }],
    ["an object", { version: { id: 7 } }],
    ["id", { preview: { id: 7 } }],
  ])("finds the version: %s", async (_, body) => {
    const { client } = await start(() => ({ body }));
    expect(await client.writer.upload([ADA], MAPPING)).toEqual({ versionId: "7" });
  });

  test("throws what the preview found in the records", async () => {
    const body = { versionId: "7", errors: [{ errorType: "DUPLICATE_EMAIL", errorDeveloperCount: 2 }] };
    const { client } = await start(() => ({ body }));
    await expect(client.writer.upload([ADA], MAPPING)).rejects.toThrow(ValidationError);
  });

  test("does not mind errors of a guess that is not our mapping: the save tells it", async () => {
    const guess = (column: string) => ({
      versionId: "7",
      fieldMappings: [
        { columnName: "Who", fieldType: "NAME" },
        { columnName: column, fieldType: "EMAIL" },
      ],
      errors: [{ errorType: "DUPLICATE_EMAIL", fieldName: column, errorDeveloperCount: 2 }],
    });
    const wrong = await start(() => ({ body: guess("Team") }));
    expect(await wrong.client.writer.upload([ADA, GRACE], MAPPING)).toEqual({ versionId: "7" });
    const right = await start(() => ({ body: guess("Mail") }));
    await expect(right.client.writer.upload([ADA, GRACE], MAPPING)).rejects.toThrow(ValidationError);
  });

  test("does not mind that the server could not guess our columns", async () => {
    const errors = [
      { errorType: "REQUIRED_FIELD_MISSING", fieldName: "email" },
      { errorType: "REQUIRED_VALUE_MISSING", fieldName: "email" },
    ];
    const { client } = await start(() => ({ body: { versionId: "7", errors } }));
    expect(await client.writer.upload([ADA], MAPPING)).toEqual({ versionId: "7" });
  });
});

describe("save of the field mapping", () => {
  /** A server with one form, set up by a save in it (or by an approve after it). */
  async function saving(takes: (body: unknown) => boolean, preview: unknown, needsApprove = false) {
    let saved = false;
    let active = false;
    const refused = { status: 400, body: { status: "error", message: "bad body" } };
    const made = await start(({ method, path, body, headers }) => {
      if (method === "POST") return { body: preview };
      if (path.endsWith("/fieldMappings")) {
        if (!takes(JSON.parse(body))) return refused;
        saved = true;
        active = !needsApprove;
        return { body: { status: "SUCCESS" } };
      }
      if (method === "PATCH") {
        active = saved;
        return { status: saved ? 200 : 404, body: {} };
      }
      if (!active) return { status: path.endsWith("/schema") ? 404 : 200, body: [] };
      if (path.endsWith("/schema"))
        return { body: { NAME: "Who", EMAIL: "Mail", MANAGER_EMAIL: "Boss", CUSTOM: ["Team"] } };
      if (headers.accept === "text/csv") return { body: "Who,Mail,Boss,Team\nGrace,grace@x.io,,\n" };
      return { body: [{ Who: "Grace", Mail: "grace@x.io", Boss: null, Team: null }] };
    });
    const { writer } = made.client;
    const draft = await writer.upload([GRACE], MAPPING);
    const result = writer.saveFieldMapping(draft, MAPPING);
    return {
      ...made,
      result,
      saves: () => made.server.received.filter(({ path }) => path.endsWith("/fieldMappings")).length,
    };
  }

  const entry = (text: string) => (body: unknown) => JSON.stringify(body).includes(text);

  test("echoes the preview with our types first", async () => {
    const preview = {
      versionId: "v/1",
      preview: {
        mappings: [
          { index: 0, header: "Who", target: "UNMAPPED" },
          { index: 1, header: "Mail", target: "EMAIL" },
          { index: 2, header: "Boss", target: "MANAGER" },
          { index: 3, header: "Team", target: "UNMAPPED" },
          { index: 4, header: "Old", target: "FULL_NAME" },
        ],
      },
    };
    const { result, saves, server } = await saving(entry('"header":"Who","target":"FULL_NAME"'), preview);
    await result;
    expect(saves()).toBe(1);
    const save = server.received.find(({ path }) => path.endsWith("/fieldMappings"));
    expect(save?.path).toBe("/v2/developers/versions/v%2F1/fieldMappings");
    expect(JSON.parse(save?.body ?? "")).toEqual({
      mappings: [
        { index: 0, header: "Who", target: "FULL_NAME" },
        { index: 1, header: "Mail", target: "EMAIL" },
        { index: 2, header: "Boss", target: "MANAGER" },
        { index: 3, header: "Team", target: "UNMAPPED" },
      ],
    });
  });

  test.each<[string, (body: unknown) => boolean]>([
    ["fieldMappings list", (body) => entry('{"fieldMappings":[{"columnName":"Who","fieldType":"NAME"}')(body)],
    ["bare list", (body) => Array.isArray(body) && entry('{"columnName":"Who","fieldType":"NAME"}')(body)],
    ["type to column", (body) => JSON.stringify(body) === '{"NAME":"Who","EMAIL":"Mail","MANAGER_EMAIL":"Boss"}'],
    ["column to type", (body) => entry('{"Who":"NAME","Mail":"EMAIL","Boss":"MANAGER_EMAIL"')(body)],
    ["csvColumn", (body) => entry('{"csvColumn":"Who","fieldType":"NAME"}')(body)],
    [
      "no words for other columns",
      (body) => entry('[{"columnName":"Who","fieldType":"NAME"}')(body) && !entry("Team")(body),
    ],
    ["ATTRIBUTE", (body) => entry('{"columnName":"Team","fieldType":"ATTRIBUTE"}')(body)],
  ])("finds the form: %s", async (_, takes) => {
    const { result } = await saving(takes, { versionId: "1" });
    await result;
  });

  test.each<[string, unknown, unknown]>([
    [
      "a list two objects down, nothing guessed",
      {
        versionId: "1",
        data: {
          schema: { fields: ["Who", "Mail", "Boss", "Team"].map((csvHeader) => ({ csvHeader, type: "STRING" })) },
        },
      },
      {
        schema: {
          fields: [
            { csvHeader: "Who", type: "NAME" },
            { csvHeader: "Mail", type: "EMAIL" },
            { csvHeader: "Boss", type: "MANAGER_EMAIL" },
            { csvHeader: "Team", type: "STRING" },
          ],
        },
      },
    ],
    [
      "a map from type to columns, nothing guessed",
      { versionId: "1", mapping: { OTHER: ["Who", "Mail", "Boss", "Team"] } },
      { mapping: { NAME: "Who", EMAIL: "Mail", MANAGER_EMAIL: "Boss", OTHER: ["Team"] } },
    ],
    [
      "a map from column to type, nothing guessed",
      { versionId: "1", columns: { Who: null, Mail: null, Boss: null, Team: null } },
      { columns: { Who: "NAME", Mail: "EMAIL", Boss: "MANAGER_EMAIL" } },
    ],
    [
      "a list whose types are blank",
      {
        versionId: "1",
        fieldMappings: ["Who", "Mail", "Boss", "Team"].map((column_name) => ({ column_name, field_type: null })),
      },
      {
        fieldMappings: [
          ["Who", "NAME"],
          ["Mail", "EMAIL"],
          ["Boss", "MANAGER_EMAIL"],
          ["Team", null],
        ].map(([column_name, field_type]) => ({ column_name, field_type })),
      },
    ],
  ])("speaks as the preview does: %s", async (_, preview, taken) => {
    const { result, saves } = await saving((body) => isDeepStrictEqual(body, taken), preview);
    await result;
    expect(saves()).toBeLessThanOrEqual(3);
  });

  test("approves too, where a save alone does not activate", async () => {
    const { result, client } = await saving(() => true, { versionId: "1" }, true);
    await result;
    expect((await client.reader.readRoster({ identities: false })).completeness).toEqual({ proven: true, count: 1 });
  });

  test("lists what it tried when nothing is taken", async () => {
    const { result } = await saving(() => false, { versionId: "1" });
    const error = await result.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FieldMappingNotTakenError);
    expect((error as FieldMappingNotTakenError).formsTried.length).toBeGreaterThan(20);
    expect((error as Error).message).toContain("bad body");
  });

  test("goes on after a 500 when nothing was saved", async () => {
    let saves = 0;
    const { client } = await start(({ path, method }) => {
      if (path.endsWith("/fieldMappings")) return { status: ++saves < 3 ? 500 : 200, body: {} };
      if (method === "PATCH") return { body: {} };
      if (saves < 3) return { status: 412 };
      return path.endsWith("/schema")
        ? { body: { NAME: "Who", EMAIL: "Mail", MANAGER_EMAIL: "Boss" } }
        : { body: [{ Mail: "g@x.io" }] };
    });
    await client.writer.saveFieldMapping({ versionId: "1" }, MAPPING);
    expect(saves).toBe(3);
  });

  test("does not try other forms for errors in the records", async () => {
    const { client, server } = await start(() => ({
      status: 400,
      body: { errors: [{ errorType: "CIRCULAR_REFERENCE" }] },
    }));
    await expect(client.writer.saveFieldMapping({ versionId: "1" }, MAPPING)).rejects.toThrow(ValidationError);
    expect(server.received).toHaveLength(1);
  });
});

describe("upsert", () => {
  interface Dialect {
    /** The keys that the server knows in an upsert; others are ignored. */
    readonly keys: Readonly<Record<"name" | "email" | "boss" | "team", readonly string[]>>;
    readonly shows: (one: Row) => unknown;
    readonly refusesUnknown?: boolean;
    readonly refuses?: (value: unknown) => boolean;
  }
  interface Row {
    name: string;
    email: string;
    boss: string;
    team: string;
  }
  const FIELDS = ["name", "email", "boss", "team"] as const;

  async function upserting(dialect: Dialect) {
    const rows = new Map<string, Row>([["grace@x.io", { name: "Grace", email: "grace@x.io", boss: "", team: "" }]]);
    const refusal = (errorType: string, count: number) => ({
      status: 400,
      body: { status: "FAILURE", errors: [{ errorType, fieldName: "email", errorDeveloperCount: count }] },
    });
    const made = await start(({ method, path, body, headers, query }) => {
      if (path.endsWith("/schema"))
        return { body: { NAME: "Who", EMAIL: "Mail", MANAGER_EMAIL: "Boss", TEAM: "Team" } };
      const all = [...rows.values()];
      if (headers.accept === "text/csv") {
        return {
          body: ["Who,Mail,Boss,Team", ...all.map((one) => FIELDS.map((field) => one[field]).join(","))].join("\r\n"),
        };
      }
      if (method === "GET") {
        const [email] = query.getAll("emails");
        return {
          body: {
            developers: all.filter((one) => email === undefined || one.email === email).map(dialect.shows),
            total: email === undefined ? all.length : 1,
          },
        };
      }
      const records = JSON.parse(body) as Record<string, string | null>[];
      const known = Object.values(dialect.keys).flat();
      if (dialect.refusesUnknown && records.some((one) => Object.keys(one).some((key) => !known.includes(key)))) {
        return { status: 400, body: { status: "error", message: "unknown key" } };
      }
      if (records.some((one) => Object.values(one).some((value) => dialect.refuses?.(value) ?? false)))
        return { status: 422, body: {} };
      const read = records.map((one) =>
        FIELDS.map((field) => dialect.keys[field].map((key) => one[key]).find((value) => value !== undefined)),
      );
      if (read.some(([, email]) => !email)) return refusal("REQUIRED_VALUE_MISSING", records.length);
      for (const [name, email, boss, team] of read) {
        const old = rows.get(String(email)) ?? { name: "", email: String(email), boss: "", team: "" };
        rows.set(String(email), {
          name: name ?? old.name,
          email: old.email,
          boss: boss ?? (boss === null ? "" : old.boss),
          team: team ?? (team === null ? "" : old.team),
        });
      }
      return { body: { status: "SUCCESS" } };
    });
    await made.client.reader.readRoster({ identities: false });
    await made.client.writer.upsert(
      [
        { ...GRACE, attributes: { Team: "B" } },
        { ...ADA, name: "Ada" },
      ],
      MAPPING,
    );
    const live = await made.client.reader.readRoster({ identities: false });
    const writes = made.server.received.filter(({ method }) => method === "PATCH").length;
    return { ...made, live, writes };
  }

  const flat = ({ name, email, boss, team }: Row) => ({ Who: name, Mail: email, Boss: boss, Team: team });
  const camel = ({ name, email, boss, team }: Row) => ({
    id: 1,
    name,
    email,
    managerEmail: boss,
    attributes: { Team: team },
  });
  const OWN = { name: ["Who"], email: ["Mail"], boss: ["Boss"], team: ["Team"] };
  const SNAKE = { name: ["name"], email: ["email"], boss: ["manager_email"], team: ["Team"] };
  const CAMEL = { name: ["name"], email: ["email"], boss: ["managerEmail"], team: ["Team"] };

  test.each<[string, Dialect]>([
    ["column names", { keys: OWN, shows: flat }],
    ["column names, records nested", { keys: OWN, shows: camel }],
    ["canonical names, records by column", { keys: SNAKE, shows: flat }],
    ["canonical names, others refused", { keys: SNAKE, shows: flat, refusesUnknown: true }],
    ["camel case, as listed", { keys: CAMEL, shows: camel }],
    [
      "names known, manager_email not as listed",
      { keys: { ...SNAKE }, shows: ({ name, email, boss, team }) => ({ name, email, managerEmail: boss, Team: team }) },
    ],
    [
      "display names",
      {
        keys: { name: ["Full Name"], email: ["Email"], boss: ["Manager Email"], team: ["Team"] },
        shows: ({ name, email, boss, team }) => ({
          "Full Name": name,
          Email: email,
          "Manager Email": boss,
          Team: team,
        }),
      },
    ],
    ["blank refused, null taken", { keys: OWN, shows: flat, refuses: (value) => value === "" }],
    ["blank and null refused", { keys: OWN, shows: flat, refuses: (value) => value === "" || value === null }],
  ])("arrives whole: %s", async (_, dialect) => {
    const { live, client, server } = await upserting(dialect);
    expect([...live.developers.values()].map((one) => ({ ...one, attributes: { ...one.attributes } }))).toEqual([
      { ...GRACE, attributes: { Team: "B" } },
      { ...ADA, name: "Ada" },
    ]);
    // What came across once needs no look from then on; a value that is cleared for the first time is looked at.
    const requestsOf = async (team: string) => {
      const before = server.received.length;
      await client.writer.upsert([{ ...GRACE, attributes: { Team: team } }], MAPPING);
      return server.received.length - before;
    };
    expect(await requestsOf("C")).toBe(1);
    expect(await requestsOf("")).toBeGreaterThan(1);
    expect(await requestsOf("D")).toBe(1);
    expect(await requestsOf("")).toBe(1);
  });

  test("sends one record alone first, and each that shows more than it, and then all at once", async () => {
    const { client, server } = await upserting({ keys: OWN, shows: flat });
    const writes = () => server.received.filter(({ method }) => method === "PATCH").map(({ body }) => JSON.parse(body));
    // Grace tells of names and teams, Ada of managers too.
    expect(writes().map(({ length }) => length)).toEqual([1, 1]);
    const more = ["x", "y", "z"].map((name) => ({ ...ADA, email: `${name}@x.io`, name }));
    await client.writer.upsert(more, MAPPING);
    expect(writes().map(({ length }) => length)).toEqual([1, 1, 3]);
  });
});

test("an address goes as the server spells it, which may compare it letter by letter", async () => {
  const rows = new Map([["Grace@X.io", { Who: "Grace", Mail: "Grace@X.io", Boss: "" }]]);
  const { client, server } = await start(({ method, path, headers, body }) => {
    if (method === "PATCH" && path.endsWith("/developers")) for (const row of JSON.parse(body)) rows.set(row.Mail, row);
    if (method !== "GET") return { body: { versionId: "1" } };
    if (path.endsWith("/schema")) return { body: { NAME: "Who", EMAIL: "Mail", MANAGER_EMAIL: "Boss" } };
    if (headers.accept === "text/csv") return { body: "Who,Mail,Boss\nGrace,Grace@X.io,\n" };
    return { body: [...rows.values()] };
  });
  await client.reader.readRoster({ identities: false });
  const core = { ...MAPPING, attributes: [] };
  await client.writer.upsert(
    [
      { ...ADA, attributes: {} },
      { ...GRACE, attributes: {} },
    ],
    core,
  );
  await client.writer.reupload([{ ...GRACE, attributes: {} }], core);
  await client.writer.setIdentities([{ email: "grace@x.io", integrationId: 1, identity: "g" }]);
  await client.writer.deleteDevelopers(["grace@x.io", "ada@x.io"]);
  const [upsert, another, reupload, identities, remove] = server.received
    .filter(({ method }) => method !== "GET")
    .map(({ body }) => body);
  expect([upsert, another].flatMap((body) => JSON.parse(body ?? ""))).toEqual([
    { Who: ADA.name, Mail: "ada@x.io", Boss: "Grace@X.io" },
    { Who: "Grace", Mail: "Grace@X.io", Boss: "" },
  ]);
  expect(reupload).toContain("Grace,Grace@X.io,\n");
  expect(JSON.parse(identities ?? "")).toEqual([{ email: "Grace@X.io", integrationId: 1, identity: "g" }]);
  expect(JSON.parse(remove ?? "")).toEqual({ emails: ["Grace@X.io", "ada@x.io"] });
});

describe("reupload", () => {
  const removed = { removedEmails: ["bob@x.io"], added: 1, updated: 0, removed: 1 };
  test.each<[string, unknown, unknown]>([
    [
      "lists of addresses",
      { versionId: "9", added: ["ada@x.io"], updated: [], removed: ["Bob@x.io"], unchanged: 3, errors: [] },
      removed,
    ],
    [
      "lists of records",
      { id: 9, review: { new: [{ email: "a@x.io" }], modified: [], deleted: [{ Email: "bob@x.io" }] } },
      removed,
    ],
    [
      "counts",
      { versionId: 9, summary: { addedCount: 1, updatedCount: 0, removedCount: 1 } },
      { ...removed, removedEmails: null },
    ],
    [
      "counts and lists",
      { versionId: 9, summary: { removed: 1, added: 1, changed: 0 }, changes: { removed: ["bob@x.io"] } },
      removed,
    ],
    [
      "a list of changes",
      {
        versionId: 9,
        changes: [
          { changeType: "ADDED", email: "a@x.io" },
          { changeType: "DELETED", email: "bob@x.io" },
        ],
      },
      removed,
    ],
    ["nothing", { versionId: "9" }, { added: null, updated: null, removed: null, removedEmails: null }],
  ])("reads the review: %s", async (_, body, expected) => {
    const { client } = await start(() => ({ body }));
    expect(await client.writer.reupload([ADA, GRACE], MAPPING)).toEqual({ versionId: "9", ...(expected as object) });
  });

  test("approves with exactly the documented body", async () => {
    const { client, server } = await start(() => ({ status: 204 }));
    await client.writer.approve({ versionId: "9" });
    expect(server.received[0]).toMatchObject({
      method: "PATCH",
      path: "/v2/developers/versions/9",
      body: '{"active":true}',
    });
  });
});

test("identities go as the documented array, or as CSV where that is all the server takes", async () => {
  const { client, server } = await start(({ headers }) =>
    headers["content-type"] === "application/json" ? { status: 415 } : { body: { status: "success" } },
  );
  await client.writer.setIdentities([{ email: "ada@x.io", integrationId: 101, identity: "ada, l" }]);
  expect(JSON.parse(server.received[0]?.body ?? "")).toEqual([
    { email: "ada@x.io", integrationId: 101, identity: "ada, l" },
  ]);
  expect(server.received[1]?.body).toContain('email,integrationId,identity\nada@x.io,101,"ada, l"\n');
});
