import fc from "fast-check";
import { isApiName } from "../../provider/doctor/shape/api-words";
import { keyNamer } from "../../provider/doctor/shape/key-namer";
import { shapeOf } from "../../provider/doctor/shape/shape-of";
import { shapeReportJson } from "../../provider/doctor/shape/shape-report";
import { DIALECTS, type DialectName } from "../../provider/simulator/simulator";
import { start } from "../simulator/support";
import { examined } from "./patient";

jest.setTimeout(60_000);

const NAMES = Object.keys(DIALECTS) as DialectName[];
const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Cost Center"] };

/** Everything that belongs to an account has this in it, in some case, so that any trace of it can be seen. */
const MARK = "zq";
const marked = (letters: string) =>
  fc
    .string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 })
    .map((text) => `${MARK}${text}`.trim())
    .chain((text) => fc.constantFrom(text, text.toUpperCase(), text.replace(MARK, "Zq")));

const login = marked("abcxyz0189-_");
const value = marked("abc xyzéß王-_.:/019");
const column = marked("abc xyzéß-_.019AB");

const roster = fc.record({
  dialect: fc.constantFrom(...NAMES),
  logins: fc.uniqueArray(login, { minLength: 1, maxLength: 14, selector: (text) => text.toLowerCase() }),
  columns: fc.uniqueArray(column, { maxLength: 4, selector: (text) => text.toLowerCase().replace(/[\s_\-.]+/g, "") }),
  values: fc.array(fc.oneof(value, fc.constant("")), { minLength: 8, maxLength: 8 }),
  coreNames: fc.constantFrom(["Name", "Email", "Manager Email"], ["Zqname", "Zqmail", "Zq Boss"]),
  integrationId: fc.integer({ min: 70_000_001, max: 79_999_999 }),
  account: fc.constant(`${MARK}-account`),
});

test("whatever the account holds: no name, email, id, login, value or column of it is in the report", async () => {
  let shown = 0;
  await fc.assert(
    fc.asyncProperty(roster, async ({ dialect, logins, columns, values, coreNames, integrationId, account }) => {
      const emails = logins.map((one) => `${one}@zq.example.com`.toLowerCase());
      const header = [...coreNames, ...columns];
      const rows = emails.map((email, at) => [
        values[at % values.length] || `Zq ${at}`,
        email,
        at === 0 ? "" : (emails[0] ?? ""),
        ...columns.map((_, index) => values[(at + index) % values.length] ?? ""),
      ]);
      const csv = [header, ...rows].map((row) => row.join(",")).join("\n");
      const client = await start({ dialect: { ...DIALECTS[dialect], readDelayMs: 0, validationStatus: 400 } });
      const types = Object.fromEntries(
        coreNames.map((name, at) => [name, ["NAME", "EMAIL", "MANAGER_EMAIL"][at] ?? ""]),
      );
      await client.setUp(`${csv}\n`, types);
      await client.identify(emails.map((email, at) => ({ email, integrationId, identity: `${MARK}-${at}` })));
      const { shapes } = await examined({ url: client.url, account });
      await client.stop();
      const text = shapeReportJson(shapes);
      // The answers were there: else nothing is proven.
      expect(shapes.answers.slice(0, 4).map(({ status }) => status)).toEqual([200, 200, 200, 200]);
      if (columns.length > 0) expect(text).toMatch(/<(column|key) \d/);
      expect(text.toLowerCase()).not.toContain(MARK);
      expect(text).not.toContain(String(integrationId));
      shown += 1;
    }),
    { numRuns: 40 },
  );
  expect(shown).toBeGreaterThanOrEqual(40);
});

const anyKey = fc.oneof(
  login,
  login.map((one) => `${one}@example.com`),
  value,
  fc.constantFrom("data", "users", "page", "email", "__proto__", "constructor"),
  fc.integer({ min: 7_000_000, max: 7_999_999 }).map(String),
);
const anyJson = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.oneof(value, fc.constant(null), fc.boolean(), fc.integer({ min: 7_000_000, max: 7_999_999 })),
    fc.array(tie("any"), { maxLength: 4 }),
    fc.dictionary(anyKey, tie("any"), { maxKeys: 12 }),
  ),
})).any;

test("whatever a body looks like, also a map by login, id or email: none of its data is in its shape", () => {
  fc.assert(
    fc.property(anyJson, fc.constantFrom("record" as const, "around" as const), (body, place) => {
      const text = JSON.stringify(shapeOf(body, keyNamer(null, []), place));
      expect(text.toLowerCase()).not.toContain(MARK);
      expect(text).not.toMatch(/7\d{6}/);
    }),
    { numRuns: 2_000 },
  );
});

const nameOf = keyNamer(MAPPING, []);

test("columns are numbered, however they are spelled, and keep their numbers", () => {
  const spelled = ["Team", "team", "Cost Center", "cost_center", "costCenter", "cost center", "COSTCENTER"];
  expect(spelled.map((key) => nameOf(key, "record"))).toEqual([
    "<column 1>",
    "<column 1, lower case>",
    "<column 2>",
    "<column 2, snake case>",
    "<column 2, camel case>",
    "<column 2, with spaces>",
    "<column 2, other case>",
  ]);
  const core = keyNamer({ name: "Person", email: "E-Mail", managerEmail: "Boss", attributes: ["Name"] }, []);
  expect(["Person", "E-Mail", "Boss", "Name"].map((key) => core(key, "record"))).toEqual([
    "<NAME>",
    "E-Mail",
    "<MANAGER_EMAIL>",
    "<column 1>",
  ]);
});

test("a column that is called like a part of the protocol is a column in a record, and not around it", () => {
  const status = keyNamer({ ...MAPPING, attributes: ["Status", "User Id"] }, ["data"]);
  const body = { status: "ok", data: [{ status: "x", userId: "y", data: "z" }] };
  expect(shapeOf(body, status, "around")).toEqual({
    status: "string",
    data: [{ "<column 1, lower case>": "string", "<column 2, camel case>": "string", "<column 3>": "string" }],
  });
});

test("what a shape says: types, what a text looks like, what is not always there, what is empty", () => {
  const developers = [
    { refId: 1, email: "ada@example.com", when: "2026-11-21", Team: "", tags: [] },
    { refId: "1", email: null, when: "2026-11-21T10:00:00Z", Team: { value: "x" } },
  ];
  const key = "3f1c9a52-77aa-4c1e-9f0a-0123456789ab";
  const body = {
    content: developers,
    _metadata: { total_count: 2 },
    byEmail: { "a@example.com": 1 },
    ids: { 12: key },
  };
  expect(shapeOf(body, keyNamer(MAPPING, []), "around")).toEqual({
    content: [
      {
        refId: "number | string (digits)",
        email: "null | string (email)",
        "<key 1>": "string (date)",
        "<column 1>": { "<one of>": ["string (empty)", { value: "string" }] },
        "<key 2>?": [],
      },
    ],
    _metadata: { total_count: "number" },
    byEmail: { "<email>": "number" },
    ids: { "<number>": "string (uuid)" },
  });
});

test("a map by login does not tell how many there are", () => {
  const logins = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`person${"abcdefghij"[at % 10]}${at}`, { id: at }]),
  );
  expect(shapeOf({ users: logins }, keyNamer(null, []), "around")).toEqual({ users: { "<keys>": { id: "number" } } });
});

test("words of APIs", () => {
  const names = [
    "totalElements",
    "_metadata",
    "org_user_details",
    "X-Total-Count",
    "EMAIL",
    "hasNext",
    "sampleErrorDevelopers",
  ];
  for (const name of names) expect([name, isApiName(name)]).toEqual([name, true]);
  for (const name of ["ada", "Team", "a@b.c", "id7", "", "__proto__", "costCenter", "data ", "name\n"]) {
    expect([name, isApiName(name)]).toEqual([name, false]);
  }
});

test("the same answers give the same file", async () => {
  const client = await start();
  await client.setUp();
  const [one, two] = await Promise.all([examined({ url: client.url }), examined({ url: client.url })]);
  expect(shapeReportJson(one.shapes)).toBe(shapeReportJson(two.shapes));
  expect(Object.keys(one.shapes)).toEqual(["version", "about", "package", "node", "region", "key", "answers"]);
  expect(one.shapes.answers[1]).toEqual({
    request: "GET /v2/developers",
    wanted: "JSON",
    status: 200,
    type: "application/json",
    headers: expect.arrayContaining(["content-type"]),
    body: {
      developers: [
        {
          developerRefId: "number",
          Name: "string",
          Email: "string (email)",
          "Manager Email": "string (email) | string (empty)",
          "<column 1>": "string",
        },
      ],
      pageIndex: "number",
      pageSize: "number",
      totalCount: "number",
    },
  });
});
