import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { ForbiddenError, ServerError } from "../../provider/sei/errors.js";
import { type Account, account, COLUMNS, held, people, person, type Row, texts } from "./paged-account.js";
import type { Received, Reply } from "./scripted-server.js";

const keys = ({ developers }: LiveRoster) => [...developers.keys()].map((key) => key.split("@")[0]);
const isFiltered = (path: string, asked: string | null, is: RegExp) =>
  path === "/v2/developers" && asked !== null && is.test(asked);

const small = ({ Name, Email, Team, ...row }: Row): Row => ({
  name: Name,
  email: Email,
  managerEmail: row["Manager Email"],
  Team,
});
const both = (row: Row): Row => ({ ...small(row), columns: { Email: row["Email"] } });

test("somebody and whoever is above them, and nothing else is read", async () => {
  const { read, asked } = await account({});
  const live = await read(["p7", "nobody"]);
  expect(live).toMatchObject({ part: true, identities: null, completeness: { proven: true } });
  // The first on the page is the one by whom it is seen that the filter works.
  expect(keys(live).sort()).toEqual(["p0", "p1", "p3", "p7"]);
  expect(live.developers.get("p7@example.com")).toEqual({
    email: "p7@example.com",
    name: "P 7",
    managerEmail: "p3@example.com",
    attributes: { Team: "T1" },
  });
  expect(asked("GET")).toBeLessThanOrEqual(9);
});

test.each<[string, Account, readonly string[]]>([
  [
    "has a column that servers use for themselves",
    { schema: { ...COLUMNS, attributes: ["Status"] }, rows: people(12).map((one) => ({ ...one, Status: "on leave" })) },
    ["p7"],
  ],
  [
    "shows a column of which the first page has no value",
    { rows: [0, 1, 2, 3, 4, 5].map((at) => person(at, { Team: at < 4 ? "" : "T" })) },
    ["p5"],
  ],
  ["has nobody else on the first page", { rows: people(6), most: 2 }, ["p0", "p1"]],
  [
    "has somebody on the page whose address has no letters",
    { rows: [person(0, { Email: "12@34.56" }), ...people(9).slice(1)] },
    ["p7"],
  ],
  [
    "refuses the filter",
    { odd: ({ path }, asked) => (isFiltered(path, asked, /./) ? { status: 400 } : undefined) },
    ["p7"],
  ],
  [
    "ignores the filter",
    {
      odd: ({ path }, asked) =>
        isFiltered(path, asked, /./) ? { body: { developers: people(12).slice(0, 4), totalCount: 12 } } : undefined,
    },
    ["p7"],
  ],
  [
    "filters, and says that there are more",
    {
      odd: ({ path }, asked) =>
        isFiltered(path, asked, /./) ? { body: { developers: [person(0)], totalCount: 2 } } : undefined,
    },
    ["p7"],
  ],
  [
    "refuses the filter for one of them",
    { odd: ({ path }, asked) => (isFiltered(path, asked, /p3/) ? { status: 422 } : undefined) },
    ["p7"],
  ],
  [
    "does not find somebody who is on the page",
    {
      odd: ({ path }, asked) =>
        isFiltered(path, asked, /p2/) ? { body: { developers: [], totalCount: 0 } } : undefined,
    },
    ["p2"],
  ],
  [
    "shows somebody twice",
    {
      odd: ({ path }, asked) =>
        isFiltered(path, asked, /p7/) ? { body: { developers: [person(7), person(7)], totalCount: 2 } } : undefined,
    },
    ["p7"],
  ],
  [
    "answers the filter in records of other keys",
    {
      rows: people(12).map(small),
      odd: ({ path }, asked) =>
        isFiltered(path, asked, /./)
          ? {
              body: {
                developers: people(12)
                  .filter(({ Email }) => Email === asked?.toLowerCase())
                  .map(both),
                totalCount: 1,
              },
            }
          : undefined,
    },
    ["p7"],
  ],
  [
    "shows a value as a number",
    { rows: people(12).map((one, at) => (at === 7 ? { ...one, Team: 7 } : one)), odd: numberInCsv },
    ["p7"],
  ],
  [
    "shows a moment, which may be its own form of a date",
    { rows: people(12).map((one, at) => (at === 7 ? { ...one, Team: "2024-01-02T00:00:00Z" } : one)) },
    ["p7"],
  ],
  [
    "shows a column that the schema does not list",
    { rows: people(12).map((one) => ({ ...one, Site: "Berlin" })) },
    ["p7"],
  ],
  [
    "has longer reporting lines than that",
    { rows: people(99).map((one, at) => (at === 0 ? one : { ...one, "Manager Email": `p${at - 1}@example.com` })) },
    ["p98"],
  ],
])("an account that %s is read whole", async (_, given, who) => {
  const { read } = await account(given);
  const live = await read(who);
  expect(live.part).toBeUndefined();
  expect(live.completeness).toEqual({ proven: true, count: (given.rows ?? people(12)).length });
  for (const one of who) expect(keys(live)).toContain(one);
});

/** The CSV download of the case with a number. */
function numberInCsv({ headers, path }: Received): Reply | undefined {
  if (headers.accept !== "text/csv" || path !== "/v2/developers") return undefined;
  const rows = people(12).map((one, at) => texts(at === 7 ? { ...one, Team: "7" } : one).join(","));
  return { body: ["Name,Email,Manager Email,Team", ...rows].join("\n") };
}

test("a page that leaves out a column, or an address, is not enough", async () => {
  const without = (row: Row, key: string) => Object.fromEntries(Object.entries(row).filter(([name]) => name !== key));
  const rows = people(12).map((row, at) => (at < 4 ? { ...without(row, "Team"), Team: undefined } : row));
  const csv = people(12).map((row, at) => texts({ ...row, Team: at < 4 ? "" : row["Team"] }).join(","));
  const odd = ({ headers, path }: Received) =>
    path === "/v2/developers" && headers.accept === "text/csv"
      ? { body: ["Name,Email,Manager Email,Team", ...csv].join("\n") }
      : undefined;
  const live = await (await account({ rows, odd })).read(["p7"]);
  expect([live.part, live.completeness]).toEqual([undefined, { proven: true, count: 12 }]);
  const some = [person(0), without(person(1), "Email"), ...people(9).slice(2)];
  const nameless = await account({
    rows: some,
    odd: ({ headers }) => (headers.accept === "text/csv" ? { status: 406 } : undefined),
  });
  await expect(nameless.read(["p7"])).rejects.toThrow("record 2 of its list has no email");
});

test("a page that is broken once, so that somebody on it may be anybody, is not believed: everybody is read", async () => {
  let listed = 0;
  const broken = {
    developers: [person(0), { Name: "?", "Manager Email": "p0@example.com", Team: "T" }],
    totalCount: 12,
  };
  const { read } = await account({
    odd: ({ path, headers }) =>
      path === "/v2/developers" && headers.accept !== "text/csv" && ++listed === 1 ? { body: broken } : undefined,
  });
  const live = await read(["p7"]);
  expect([live.part, live.completeness]).toEqual([undefined, { proven: true, count: 12 }]);
});

test("a filter that works once and then no more proves nothing of who is not found", async () => {
  let shown = 0;
  const { read } = await account({
    odd: ({ path }, asked) =>
      isFiltered(path, asked, /^p0|nobody/i) && ++shown > 1 ? { body: { developers: [], totalCount: 0 } } : undefined,
  });
  const live = await read(["nobody"]);
  expect([live.part, live.developers.size]).toEqual([undefined, 12]);
});

test("somebody on the page without an address may be anybody: the whole read says so", async () => {
  const { read } = await account({ rows: [person(0), person(1, { Email: "" }), ...people(9).slice(2)] });
  await expect(read(["p7"])).rejects.toThrow("record 2 of its list has no email");
});

test("an account that shows addresses in capitals only is asked in small letters, to see whether it tells them apart", async () => {
  const rows = people(12).map((one) => ({ ...one, Email: String(one["Email"]).toUpperCase() }));
  const { read, server } = await account({ rows });
  const live = await read(["p7"]);
  expect([live.part, keys(live).includes("p7")]).toEqual([true, true]);
  expect(server.received.map(({ query }) => query.get("emails"))).toContain("p0@example.com");
});

test("records that are lists of names and values are read like others, if the values are text", async () => {
  const nested = ({ Team, ...rest }: Row): Row => ({
    ...rest,
    tags: ["x"],
    customFields: [{ name: "Team", value: Team }],
  });
  const rows = people(12);
  const listed = (at: number, value: unknown) =>
    rows.map((row, index) => nested(index === at ? { ...row, Team: value } : row));
  for (const [value, part] of [
    ["T1", true],
    [1, undefined],
  ] as const) {
    const shown = listed(7, value);
    const csv = rows.map((row, at) => texts(at === 7 ? { ...row, Team: String(value) } : row).join(","));
    const { read } = await account({
      rows: shown,
      odd: ({ path, headers }) =>
        path === "/v2/developers" && headers.accept === "text/csv"
          ? { body: ["Name,Email,Manager Email,Team", ...csv].join("\n") }
          : undefined,
    });
    const live = await read(["p7"]);
    expect(live.part).toBe(part);
    expect(live.developers.get("p7@example.com")?.attributes).toEqual({ Team: String(value) });
  }
});

test("before the setup there is no part: it is said that there is no setup", async () => {
  const { read } = await account({ rows: [], schema: {} });
  expect(await read(["p7"])).toMatchObject({ mapping: null, completeness: { proven: true, count: 0 } });
});

test.each([404, 412])("a list that answers %i is no part either", async (status) => {
  const { read } = await account({
    odd: ({ path, headers }) => (path === "/v2/developers" && headers.accept !== "text/csv" ? { status } : undefined),
  });
  const live = await read(["p7"]);
  expect([live.part, live.completeness.proven]).toEqual([undefined, false]);
});

test.each([
  [403, ForbiddenError],
  [500, ServerError],
] as const)("a list that answers %i is an error", async (status, kind) => {
  const { read } = await account({
    odd: ({ path, headers }) => (path === "/v2/developers" && headers.accept !== "text/csv" ? { status } : undefined),
  });
  await expect(read(["p7"])).rejects.toThrow(kind);
});

test("who is written after a part was read, and is not found, is new: the list is not read for that", async () => {
  const rows = people(12);
  const { read, writer, server } = await account({
    rows,
    odd: ({ method, body }) => {
      if (method !== "PATCH") return undefined;
      rows.push(...(JSON.parse(body) as readonly Row[]));
      return { body: { status: "SUCCESS" } };
    },
  });
  const live = await read(["new"]);
  expect([live.part, live.developers.has("new@example.com")]).toEqual([true, false]);
  const before = server.received.length;
  const made = { email: "new@example.com", name: "N", managerEmail: "p0@example.com", attributes: { Team: "T" } };
  const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
  await writer.upsert([made], mapping);
  const after = server.received.slice(before).filter(({ method }) => method === "GET");
  expect(after.map(({ query }) => query.get("emails"))).toEqual(["new@example.com"]);
});

test("a part of an account of the previous generation, whose identities are read all", async () => {
  const identities = Array.from({ length: 12 }, (_, at) => held(at));
  const { read, asked } = await account({ generation: "previous", identities });
  const live = await read(["p7"], { identities: true });
  expect([live.part, live.identities?.length, live.identityCompleteness]).toEqual([true, 12, { proven: true }]);
  expect(asked("POST", "/v2/developers/list")).toBeGreaterThan(4);
});

describe("the identities of a part", () => {
  const everybody = Array.from({ length: 12 }, (_, at) => held(at));
  const logins = (live: LiveRoster) => (live.identities ?? []).map(({ identity }) => identity).sort();

  test("are those of these people, and of who holds what they are to get", async () => {
    const { read, asked } = await account({ identities: everybody });
    const live = await read(["p7"], { identities: true, claims: ["login5", "free"] });
    expect(live).toMatchObject({ part: true, identityCompleteness: { proven: true } });
    expect(logins(live)).toEqual(["login5", "login7"]);
    // A page, two for the witness, one for p7, one for login5, and two for what nobody holds.
    expect(asked("GET", "/v2/developers/identities")).toBe(7);
  });

  test.each<[string, Account]>([
    ["there is one page of them", { identities: everybody.slice(5, 8) }],
    ["there are none", { identities: [] }],
    [
      "the first page shows developers without any",
      { identities: everybody.map((one, at) => (at < 4 ? { email: one["email"], identities: [] } : one)) },
    ],
    [
      "the filter by email is refused",
      {
        identities: everybody,
        odd: ({ path, query }) => (path.endsWith("/identities") && query.has("emails") ? { status: 400 } : undefined),
      },
    ],
    [
      "the filter by identity is refused",
      {
        identities: everybody,
        odd: ({ path, query }) =>
          path.endsWith("/identities") && query.has("searchKey") ? { status: 400 } : undefined,
      },
    ],
    [
      "the filter by identity is refused for one of them",
      {
        identities: everybody,
        odd: ({ path, query }) =>
          path.endsWith("/identities") && query.get("searchValue") === "login5" ? { status: 400 } : undefined,
      },
    ],
    [
      "the filter by email shows somebody else",
      {
        identities: everybody,
        odd: ({ path, query }) =>
          path.endsWith("/identities") && query.get("emails") === "p7@example.com"
            ? { body: { identities: [held(8)], totalCount: 1 } }
            : undefined,
      },
    ],
  ])("are all that there are, where %s", async (_, given) => {
    const { read } = await account(given);
    const live = await read(["p7"], { identities: true, claims: ["login5"] });
    const all = (given.identities ?? []).filter((one) => one["identity"] !== undefined);
    expect(live.part).toBe(true);
    expect(logins(live)).toEqual(all.map((one) => String(one["identity"])).sort());
  });
});
