import type { ConnectOptions } from "../../../provider/sei/client";
import type { Contributor } from "../../../provider/sei/contributors/contributor";
import {
  ContributorNotFoundError,
  ContributorsMissingError,
  RateLimitedError,
  RefusedError,
  UncertainWriteError,
} from "../../../provider/sei/errors";
import type { Received, Reply } from "../scripted-server";
import { LIST, listReply, PUT, person, scripted, wishOf } from "./v1-server";

type Stored = Record<string, unknown>;

/** An account that keeps what it is given. `onPut` may answer otherwise, where `take` does it; and so may `onList`. */
async function account(
  people: readonly Stored[],
  onPut: (take: () => void, time: number) => Reply | null = () => null,
  onList: () => Reply | null = () => null,
  options: Partial<ConnectOptions> = {},
) {
  const stored = people.map((one) => ({ ...one }));
  const puts: Stored[][] = [];
  const client = await scripted(
    (request: Received) => {
      if (`${request.method} ${request.path}` === LIST) {
        const { email } = wishOf(request).filter as { email?: readonly string[] };
        const other = onList();
        if (other !== null) return other;
        return listReply(
          email === undefined ? stored : stored.filter((one) => email.includes(String(one["email"]))),
          request,
        );
      }
      const records = JSON.parse(request.body) as Stored[];
      puts.push(records);
      const take = () => {
        for (const record of records) {
          const at = stored.findIndex(({ id }) => String(id) === String(record["id"]));
          stored[at] = { ...record, org_uuid: "another", version: "191" };
        }
      };
      const own = onPut(take, puts.length);
      if (own !== null) return own;
      take();
      return { body: { message: `Contributor with ID ${records[0]?.["id"]} updated successfully.` } };
    },
    undefined,
    options,
  );
  const { reader, writer } = client.contributors;
  const all = () => reader.list();
  return { ...client, puts, stored, reader, writer, all };
}

const first = ([one]: readonly Contributor[]): Contributor => one ?? (undefined as never);

test("a rename: the record goes back whole, with the new email alone changed", async () => {
  const record = person(3, { dynamic_column_aggs_region: "x", somethingNew: { deep: [1, null] } });
  const { all, writer, puts, reader } = await account([record, person(4)]);
  await writer.update([{ ...first(await all()), email: "new@example.com" }]);
  expect(puts).toEqual([[{ ...record, email: "new@example.com" }]]);
  expect(first(await reader.list({ emails: ["new@example.com"] })).id).toBe("3");
});

test("keys are spelled as they came, ids are of the kind that came, and nothing is dropped", async () => {
  const record = {
    id: 3,
    orgUuid: "u",
    fullName: "Ada",
    email: "ada@example.com",
    integrationUserIds: [
      { integrationId: 7, userId: "ada", since: 1 },
      { integrationId: 8, userId: null },
      { integrationId: 9, userId: "gone" },
    ],
    additionalFields: { region: "EMEA", kept: 1 },
    unknown: null,
  };
  const { all, writer, puts } = await account([record]);
  const ada = first(await all());
  await writer.update([
    {
      ...ada,
      fullName: "Ada L.",
      integrationUsers: [
        { integrationId: "7", userId: "ada" },
        { integrationId: "10", userId: "ada-10" },
      ],
      additionalFields: { region: "APAC" },
    },
  ]);
  expect(puts).toEqual([
    [
      {
        ...record,
        fullName: "Ada L.",
        integrationUserIds: [
          { integrationId: 7, userId: "ada", since: 1 },
          { integrationId: 8, userId: null },
          { integrationId: 10, userId: "ada-10" },
        ],
        additionalFields: { region: "APAC", kept: 1 },
      },
    ],
  ]);
});

test("nulls that a server would stumble over are sent as the documents' empty list and object", async () => {
  const { all, writer, puts } = await account([
    person(3, { integration_user_ids: null, additional_fields: null, version: null }),
  ]);
  await writer.update([{ ...first(await all()), fullName: "Ada" }]);
  expect(puts).toEqual([
    [person(3, { full_name: "Ada", integration_user_ids: [], additional_fields: {}, version: null })],
  ]);
});

test.each<[string, Reply]>([
  ["the text ok", { body: "ok" }],
  ["ok as JSON", { body: '"ok"', headers: { "content-type": "application/json" } }],
  ["a message", { body: { message: "Contributor with ID 3 updated successfully." } }],
  ["nothing", { status: 204 }],
  ["nothing with 200", {}],
])("done, says %s: nothing is read after it", async (_, reply) => {
  const { all, writer, asked } = await account([person(3)], (take) => {
    take();
    return reply;
  });
  const people = await all();
  await writer.update([{ ...first(people), fullName: "Ada" }]);
  expect(asked()).toEqual([LIST, PUT]);
});

describe("a write of which nobody knows", () => {
  const DOUBTS: readonly (readonly [string, Reply])[] = [
    ["reset", { breakIt: "before" }],
    ["cut off", { breakIt: "middle", body: { message: "Contributor updated successfully" } }],
    ["500", { status: 500, body: { message: "boom" } }],
    ["503", { status: 503 }],
    ["a gateway's page", { body: "<html><title>Sign in</title></html>" }],
    ["truncated JSON", { headers: { "content-type": "application/json" }, body: '{"message":"Contr' }],
    ["a list of something", { body: [{ what: 1 }] }],
    ["an error in a 200", { body: { error: "it went wrong", message: "no" } }],
  ];

  test.each(DOUBTS)("%s, and it was done: it is not sent again", async (_, reply) => {
    const { all, writer, puts, stored } = await account([person(3), person(4)], (take) => {
      take();
      return reply;
    });
    await writer.update([{ ...first(await all()), email: "New@Example.com" }]);
    expect([puts.length, stored[0]?.["email"]]).toEqual([1, "New@Example.com"]);
  });

  test.each(DOUBTS)("%s, and it was not done: it is sent once more after a list has said so", async (_, reply) => {
    const { all, writer, puts, asked, stored } = await account([person(3), person(4)], (take, time) => {
      if (time === 1) return reply;
      take();
      return { body: "ok" };
    });
    await writer.update([{ ...first(await all()), email: "new@example.com" }]);
    expect([puts.length, stored[0]?.["email"]]).toEqual([2, "new@example.com"]);
    const [one, two] = asked().flatMap((request, at) => (request === PUT ? [at] : []));
    // One list, and two more in case that the first lags.
    expect(asked().slice((one ?? 0) + 1, two)).toEqual([LIST, LIST, LIST]);
  });

  test("a list that shows only some of them: the others are sent again, alone", async () => {
    const { all, writer, puts, stored } = await account([person(3), person(4)], (take, time) => {
      if (time > 1) {
        take();
        return { body: "ok" };
      }
      stored[0] = { ...stored[0], full_name: "New 3" };
      return { breakIt: "before" };
    });
    await writer.update((await all()).map((one) => ({ ...one, fullName: `New ${one.id}` })));
    expect(puts.map((records) => records.map(({ id }) => id))).toEqual([["3", "4"], ["4"]]);
    expect(stored.map((one) => one["full_name"])).toEqual(["New 3", "New 4"]);
  });

  test("twice, and never done: an error that says that nobody knows, after two requests", async () => {
    const { all, writer, puts } = await account([person(3)], () => ({ breakIt: "before" }));
    await expect(writer.update([{ ...first(await all()), fullName: "Ada" }])).rejects.toBeInstanceOf(
      UncertainWriteError,
    );
    expect(puts).toHaveLength(2);
  });

  test("somebody else wrote in between: it is not sent over that", async () => {
    const { all, writer, puts, stored } = await account([person(3)], () => {
      stored[0] = { ...stored[0], full_name: "Somebody Else" };
      return { status: 502 };
    });
    await expect(writer.update([{ ...first(await all()), email: "new@example.com" }])).rejects.toBeInstanceOf(
      UncertainWriteError,
    );
    expect(puts).toHaveLength(1);
    expect(stored[0]).toMatchObject({ full_name: "Somebody Else", email: "p3@example.com" });
  });
});

test("429: surely not done, so it is sent again, and in the end an error", async () => {
  const { all, writer, puts, asked } = await account([person(3)], (take, time) => {
    if (time === 1) return { status: 429, headers: { "retry-after": "0" } };
    take();
    return { body: "ok" };
  });
  await writer.update([{ ...first(await all()), fullName: "Ada" }]);
  expect([puts.length, asked()]).toEqual([2, [LIST, PUT, PUT]]);
  const never = await account([person(3)], () => ({ status: 429 }));
  await expect(never.writer.update(await never.all())).rejects.toBeInstanceOf(RateLimitedError);
});

test.each<[number, unknown]>([
  [404, ContributorNotFoundError],
  [400, RefusedError],
  [405, ContributorsMissingError],
  [412, ContributorsMissingError],
  [501, ContributorsMissingError],
])("%i: an error that says it, after one request", async (status, kind) => {
  const { all, writer, puts } = await account([person(3)], () => ({ status, body: { message: "no" } }));
  await expect(writer.update(await all())).rejects.toBeInstanceOf(kind as never);
  expect(puts).toHaveLength(1);
});

test("what v1 would take otherwise than it is meant is refused, and nothing is sent", async () => {
  const { all, writer, puts } = await account([person(3), person(4), person(0, { email: "zero@example.com" })]);
  const [three, four, zero] = (await all()) as [Contributor, Contributor, Contributor];
  const wrong: readonly (readonly Contributor[])[] = [
    [{ ...three, email: " " }],
    [three, { ...four, email: "P3@example.com" }],
    [three, three],
    [zero],
    [{ ...three, id: "" }],
  ];
  for (const people of wrong) await expect(writer.update(people)).rejects.toThrow("nothing was sent");
  expect(puts).toEqual([]);
  await writer.update([]);
  expect(puts).toEqual([]);
});

test("many go in several requests, one after the other", async () => {
  const people = Array.from({ length: 1_100 }, (_, at) => person(at + 1));
  const { all, writer, puts, stored } = await account(people);
  const renamed = (await all()).map((one) => ({ ...one, fullName: `New ${one.id}` }));
  await Promise.all([writer.update(renamed.slice(0, 1_000)), writer.update(renamed.slice(1_000))]);
  expect(puts.map((records) => records.length)).toEqual([500, 500, 100]);
  expect(stored.every((one) => one["full_name"] === `New ${one["id"]}`)).toBe(true);
});

test("an integration whose id is no number is sent as it is, beside those that are numbers", async () => {
  const { all, writer, puts } = await account([
    person(3, { integration_user_ids: [{ integration_id: 7, user_id: "ada" }] }),
  ]);
  const ada = first(await all());
  await writer.update([{ ...ada, integrationUsers: [...ada.integrationUsers, { integrationId: "hub", userId: "a" }] }]);
  expect(puts[0]?.[0]?.["integration_user_ids"]).toEqual([
    { integration_id: 7, user_id: "ada" },
    { integration_id: "hub", user_id: "a" },
  ]);
});

test("a list of errors that is empty is no error", async () => {
  const { all, writer, puts } = await account([person(3)], (take) => {
    take();
    return { body: { errors: [], message: "updated" } };
  });
  await writer.update([{ ...first(await all()), fullName: "Ada" }]);
  expect(puts).toHaveLength(1);
});

describe("a write that was lost, and", () => {
  const broken = async (options: Parameters<typeof account>[1], list?: () => Reply | null) => {
    const { all, writer, puts } = await account([person(3)], options, list);
    const people = (await all()).map((one) => ({ ...one, fullName: "Ada" }));
    return { update: () => writer.update(people), puts };
  };

  test("a list that does not come: nobody knows, and it is not sent again", async () => {
    let lists = 0;
    const { update, puts } = await broken(
      () => ({ breakIt: "before" }),
      () => (++lists === 1 ? null : { status: 403 }),
    );
    await expect(update()).rejects.toBeInstanceOf(UncertainWriteError);
    expect(puts).toHaveLength(1);
  });

  test("the caller's own error while it is looked for comes out as it is", async () => {
    const own = new TypeError("the log is full");
    let isLost = false;
    const onAnswer = () => {
      if (isLost) throw own;
    };
    const lose = (): Reply => {
      isLost = true;
      return { breakIt: "before" };
    };
    const { all, writer, puts } = await account([person(3)], lose, undefined, { onAnswer });
    const people = (await all()).map((one) => ({ ...one, fullName: "Ada" }));
    await expect(writer.update(people)).rejects.toBe(own);
    expect(puts).toHaveLength(1);
  });

  test("the second of which is refused: the refusal", async () => {
    const { update, puts } = await broken((_, time) => (time === 1 ? { breakIt: "before" } : { status: 400 }));
    await expect(update()).rejects.toBeInstanceOf(RefusedError);
    expect(puts).toHaveLength(2);
  });

  test("the caller stops writes before the second: nobody knows of the first", async () => {
    const stop = new AbortController();
    const { all, writer, puts } = await account(
      [person(3)],
      () => {
        stop.abort();
        return { breakIt: "before" };
      },
      undefined,
      { stopWrites: stop.signal },
    );
    const people = (await all()).map((one) => ({ ...one, fullName: "Ada" }));
    await expect(writer.update(people)).rejects.toBeInstanceOf(UncertainWriteError);
    expect(puts).toHaveLength(1);
  });
});

test("an error of the caller's own comes out as it is, and a later update is done all the same", async () => {
  const own = new TypeError("the log is full");
  let isFull = true;
  const onWrite = () => {
    if (isFull) throw own;
  };
  const { all, writer, puts } = await account([person(3)], undefined, undefined, { onWrite });
  const people = (await all()).map((one) => ({ ...one, fullName: "Ada" }));
  await expect(writer.update(people)).rejects.toBe(own);
  isFull = false;
  await writer.update(people);
  expect(puts).toHaveLength(2);
});
