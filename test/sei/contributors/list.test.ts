import { ContributorsMissingError, UnprovenListError, UnreadableAnswerError } from "../../../provider/sei/errors";
import type { Received, Reply } from "../scripted-server";
import { LIST, listReply, person, scripted, wishOf } from "./v1-server";

const people = (count: number) => Array.from({ length: count }, (_, at) => person(at + 1));

test("the documents' request, and a record as they describe it", async () => {
  const { contributors, server } = await scripted((request) => listReply([person(3)], request));
  expect(await contributors.reader.list()).toEqual([
    {
      id: "3",
      orgUuid: "00000000-0000-4000-8000-000000000003",
      fullName: "Person 3",
      email: "p3@example.com",
      integrationUsers: [{ integrationId: "101", userId: "login-3" }],
      additionalFields: { region: "EMEA" },
      version: "190",
      createdAt: 1710153327501,
      updatedAt: 1710153327501,
      raw: person(3),
    },
  ]);
  expect(server.received).toHaveLength(1);
  const [{ method, path, body, query }] = server.received as [(typeof server.received)[number]];
  expect([`${method} ${path}`, JSON.parse(body), [...query]]).toEqual([
    LIST,
    { page: 0, page_size: 999, filter: {} },
    [],
  ]);
});

test("an older version is asked for by number", async () => {
  const { contributors, server } = await scripted((request) => listReply([], request));
  expect(await contributors.reader.list({ version: "12" })).toEqual([]);
  expect([...(server.received[0]?.query ?? [])]).toEqual([["version", "12"]]);
});

test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
  ["a number as id", { id: 3 }, { id: "3" }],
  [
    "numbers of integrations",
    { integration_user_ids: [{ integration_id: 7, user_id: 8 }] },
    { integrationUsers: [{ integrationId: "7", userId: "8" }] },
  ],
  ["no list of integrations", { integration_user_ids: null }, { integrationUsers: [] }],
  [
    "nobody in an integration",
    { integration_user_ids: [{ integration_id: "7", user_id: null }] },
    { integrationUsers: [] },
  ],
  ["no custom fields", { additional_fields: null }, { additionalFields: {} }],
  [
    "nulls",
    { org_uuid: null, full_name: null, version: null, created_at: null },
    { orgUuid: null, fullName: "", version: null, createdAt: null },
  ],
  ["a number as version", { version: 190 }, { version: "190" }],
  ["seconds with a fraction", { created_at: 1710153327.501 }, { createdAt: 1710153327501 }],
  [
    "digits, and ISO",
    { created_at: "1710153327501", updated_at: "2024-03-11T10:35:27Z" },
    { createdAt: 1710153327501, updatedAt: 1710153327000 },
  ],
  ["no email", { email: null }, { email: "" }],
])("%s", async (_, more, expected) => {
  const record = person(3, more);
  const { contributors } = await scripted((request) => listReply([record], request));
  expect(await contributors.reader.list()).toEqual([expect.objectContaining({ id: "3", ...expected, raw: record })]);
});

test("camel case, and keys that nobody knows, which stay in raw", async () => {
  const record = {
    id: "3",
    orgUuid: "u",
    fullName: "Ada",
    email: "Ada@Example.com",
    integrationUserIds: [{ integrationId: 1, userId: "ada", extra: true }],
    additionalFields: { region: "EMEA" },
    createdAt: 5e12,
    dynamic_column_aggs_region: "x",
    somethingNew: { deep: [1] },
  };
  const { contributors } = await scripted((request) => listReply([record], request));
  expect(await contributors.reader.list()).toEqual([
    {
      id: "3",
      orgUuid: "u",
      fullName: "Ada",
      email: "Ada@Example.com",
      integrationUsers: [{ integrationId: "1", userId: "ada" }],
      additionalFields: { region: "EMEA" },
      version: null,
      createdAt: 5e12,
      updatedAt: null,
      raw: record,
    },
  ]);
});

test("who is only seen in an integration is left out, wherever the total counts them", async () => {
  const nobody = (login: string) =>
    person(0, {
      org_uuid: null,
      full_name: login,
      email: "",
      version: "0",
      integration_user_ids: [{ integration_id: "1", user_id: login }],
    });
  const all = [nobody("a"), nobody("b"), person(1), person(2), person(3)];
  const around = [
    { _metadata: { total_count: 5, non_users_count: 2, has_next: false } },
    { _metadata: { total_count: 5, has_next: true }, non_users_count: 2 },
    { _metadata: { total_count: 3, non_users_count: 2, has_next: false } },
    { _metadata: { total_count: 3, has_next: true } },
    { _metadata: { has_next: true } },
    { total: 5 },
    {},
  ];
  for (const more of around) {
    const { contributors } = await scripted((request) => {
      const { page } = wishOf(request);
      return { body: { records: all.slice(page * 2, page * 2 + 2), ...more } };
    });
    expect((await contributors.reader.list()).map(({ id }) => id)).toEqual(["1", "2", "3"]);
  }
});

test("has_next that is always true: no more is asked for than the total says", async () => {
  const { contributors, server } = await scripted((request) => listReply(people(25), request, 10));
  expect(await contributors.reader.list()).toHaveLength(25);
  expect(server.received.map((request) => wishOf(request).page).sort()).toEqual([0, 1, 2]);
});

test("a page size that is refused: smaller ones are tried, and remembered", async () => {
  const { contributors, server } = await scripted((request) =>
    (wishOf(request).page_size ?? 0) > 50
      ? { status: 400, body: { error: "Invalid request" } }
      : listReply(people(60), request),
  );
  expect(await contributors.reader.list()).toHaveLength(60);
  expect(await contributors.reader.list()).toHaveLength(60);
  expect(server.received.map((request) => wishOf(request).page_size)).toEqual([999, 100, 50, 50, 50, 50]);
});

describe("a list that is not whole is an error after it was read three times, and never ends in a loop", () => {
  const cases: readonly (readonly [string, (page: number) => unknown, string])[] = [
    [
      "the same page again and again",
      () => ({ records: people(2), _metadata: { has_next: true } }),
      "page 2 is the same",
    ],
    ["the same, and a total", () => ({ records: people(2), total_count: 9 }), "page 2 is the same"],
    [
      "somebody on two pages",
      (page) => ({ records: page === 0 ? people(2) : page === 1 ? [person(2), person(3)] : [] }),
      "1 of the records on page 2 came before",
    ],
    [
      "fewer than the total",
      (page) => ({ records: page === 0 ? people(2) : [], total: 3 }),
      "it says that there are 3 and shows 2",
    ],
    [
      "a total that changes",
      (page) => ({ records: [person(page + 1)], _metadata: { total_count: 3 + page } }),
      "it changed while it was read (totals 3 and 4)",
    ],
    [
      "more than the total",
      (page) => ({ records: [1, 2].map((at) => person(page * 2 + at)), total: 3 }),
      "says that there are 3 and shows 4",
    ],
  ];
  test.each(cases)("%s", async (_, bodyOf, flaw) => {
    const { contributors, server } = await scripted((request) => ({ body: bodyOf(wishOf(request).page) }));
    const error = await contributors.reader.list().catch((one: unknown) => one);
    expect(error).toBeInstanceOf(UnprovenListError);
    expect((error as UnprovenListError).flaw).toContain(flaw);
    expect((error as Error).message).not.toContain("example.com");
    expect(server.received.length).toBeLessThanOrEqual(15);
  });

  test("what was only a change in between is read again", async () => {
    let reads = 0;
    const { contributors } = await scripted((request) => {
      const { page } = wishOf(request);
      if (page === 0) reads += 1;
      return reads === 1 ? { body: { records: people(2), total: 9 } } : listReply(people(9), request, 4);
    });
    expect(await contributors.reader.list()).toHaveLength(9);
    expect(reads).toBe(2);
  });
});

test("the end is a page that is refused, too, but not one that is forbidden", async () => {
  const bare = (status: number) =>
    scripted((request): Reply => {
      const { page } = wishOf(request);
      return page === 0 ? { body: people(3) } : { status, body: { error: "no such page" } };
    });
  for (const status of [400, 404]) expect(await (await bare(status)).contributors.reader.list()).toHaveLength(3);
  for (const status of [401, 403, 500]) {
    await expect((await bare(status)).contributors.reader.list()).rejects.toMatchObject({ status });
  }
});

describe("emails", () => {
  const wish = { emails: ["P2@example.com ", "p3@example.com"] };
  const ids = [
    ["2", "p2@example.com"],
    ["3", "p3@example.com"],
  ];

  test("a filter that works is believed: one request", async () => {
    const { contributors, server } = await scripted((request) => {
      const { email } = wishOf(request).filter as { email: string[] };
      return listReply(
        people(9).filter((one) => email.includes(one.email)),
        request,
      );
    });
    expect((await contributors.reader.list(wish)).map(({ id, email }) => [id, email])).toEqual(ids);
    expect(server.received.map((one) => wishOf(one).filter)).toEqual([{ email: ["p2@example.com", "p3@example.com"] }]);
  });

  test.each<[string, Reply | null]>([
    ["ignored", null],
    ["refused", { status: 400, body: { error: "Invalid request" } }],
    ["taken for something that nobody has", { body: { records: [], _metadata: { total_count: 0 } } }],
    ["taken for one of them", { body: { records: [person(2)], _metadata: { total_count: 1 } } }],
    ["too much for the server", { status: 500, body: { message: "boom" } }],
  ])("a filter that is %s: everybody is read, and picked here", async (_, reply) => {
    const { contributors } = await scripted((request) =>
      reply !== null && wishOf(request).filter["email"] !== undefined ? reply : listReply(people(9), request, 4),
    );
    expect((await contributors.reader.list(wish)).map(({ id, email }) => [id, email])).toEqual(ids);
  });

  test("nobody, and nobody who is there", async () => {
    const { contributors, server } = await scripted((request) => listReply(people(2), request));
    expect(await contributors.reader.list({ emails: [] })).toEqual([]);
    expect(server.received).toHaveLength(0);
    expect(await contributors.reader.list({ emails: ["nobody@example.com"] })).toEqual([]);
  });
});

test.each([404, 401, 405, 410, 412, 501])("%i: v1 does not answer here", async (status) => {
  const { contributors } = await scripted(() => ({ status, body: { message: "no" } }), { attempts: 1 });
  for (const read of [
    contributors.reader.list(),
    contributors.reader.schema(),
    contributors.reader.versions(),
    contributors.reader.licensed(),
  ]) {
    const error = await read.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ContributorsMissingError);
    expect(error).toMatchObject({
      status,
      message: expect.stringContaining("The v1 API (SEI 1.0) does not answer here"),
    });
  }
});

test.each<[string, unknown]>([
  ["no list", { hello: "Ada Lovelace" }],
  ["a record of another kind", { records: [{ login: "ada", secret: "Ada Lovelace" }] }],
  ["an id that is an object", { records: [person(1, { id: { value: "Ada Lovelace" } })] }],
  ["custom fields that are a list", { records: [person(1, { additional_fields: ["Ada Lovelace"] })] }],
])("%s: an error with the shape, without values", async (_, body) => {
  const { contributors } = await scripted(() => ({ body }));
  const error = await contributors.reader.list().catch((one: unknown) => one);
  expect(error).toBeInstanceOf(UnreadableAnswerError);
  expect((error as Error).message).toContain("Shape of the answer");
  expect((error as Error).message).not.toMatch(/Ada|example\.com/);
});

test("a server that wants no page size is asked without one", async () => {
  const { contributors, server } = await scripted((request) =>
    "page_size" in wishOf(request) ? { status: 400 } : listReply(people(3), request),
  );
  expect(await contributors.reader.list()).toHaveLength(3);
  expect(wishOf(server.received.at(-1) as Received)).toEqual({ page: 0, filter: {} });
});

test.each<[string, Reply]>([
  ["204", { status: 204 }],
  ["an empty body", { body: "" }],
  ["null", { body: "null" }],
])("%s is a list of nobody", async (_, reply) => {
  const { contributors } = await scripted(() => reply);
  expect(await contributors.reader.list()).toEqual([]);
});

test.each([
  ["true", 2],
  ["false", 1],
  ["perhaps", 2],
])("has_next as the text %s", async (has_next, requests) => {
  const { contributors, server } = await scripted((request) => ({
    body: { records: wishOf(request).page === 0 ? people(2) : [], _metadata: { has_next } },
  }));
  expect(await contributors.reader.list()).toHaveLength(2);
  // What is no answer is as none: a page that may be full.
  expect(server.received).toHaveLength(requests);
});

test("who has no id is told apart by the email, and an integration without an id stays in raw alone", async () => {
  const users = [{ integration_id: { id: 7 }, user_id: "x" }, { user_id: "y" }];
  const records = [
    person(1, { id: null }),
    person(2, { id: null, integration_user_ids: users }),
    person(3, { id: null, email: null }),
  ];
  const { contributors } = await scripted((request) => listReply(records, request));
  const listed = await contributors.reader.list();
  expect(listed.map(({ id, email, integrationUsers }) => [id, email, integrationUsers.length])).toEqual([
    ["", "p1@example.com", 1],
    ["", "p2@example.com", 0],
  ]);
  expect(listed[1]?.raw["integration_user_ids"]).toEqual(users);
});

test("a count of nobodies that is too small does not make the reading go on", async () => {
  const nobodies = [1, 2].map((at) => person(0, { email: "", org_uuid: null, full_name: `seen ${at}` }));
  const { contributors, server } = await scripted(() => ({
    body: { records: [...nobodies, person(1)], _metadata: { total_count: 3, non_users_count: 0, has_next: true } },
  }));
  // The total is as long as the page, and more is announced: a second page is asked for, and is the same.
  await expect(contributors.reader.list()).rejects.toThrow("page 2 is the same as one before it");
  const paged = await scripted((request) => {
    const { page } = wishOf(request);
    const all = [...nobodies, person(1), person(2)];
    return {
      body: { records: all.slice(page * 2, page * 2 + 2), total_count: 4, non_users_count: 0 },
    };
  });
  expect((await paged.contributors.reader.list()).map(({ id }) => id)).toEqual(["1", "2"]);
  expect(paged.server.received).toHaveLength(2);
  expect(server.received.length).toBeGreaterThan(1);
});

test("a filter that this key may not use is an error, and not a reason to read everybody", async () => {
  const { contributors, server } = await scripted((request) =>
    wishOf(request).filter["email"] === undefined ? listReply(people(3), request) : { status: 403 },
  );
  await expect(contributors.reader.list({ emails: ["p1@example.com"] })).rejects.toMatchObject({ status: 403 });
  expect(server.received).toHaveLength(1);
});
