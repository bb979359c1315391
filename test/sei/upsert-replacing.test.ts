import type { Developer } from "../../provider/roster/developer";
import { connect, type SeiClient } from "../../provider/sei/client";
import { PartialWriteError, UpsertNotTakenError, UpsertNotUnderstoodError } from "../../provider/sei/errors";
import {
  CAMELS,
  DEEP,
  LIST,
  NESTED,
  OWN,
  PAIRS,
  type Replacing,
  type ReplacingServer,
  type Row,
  replacingServer,
  type Shape,
  SNAKE,
} from "../support/replacing-server";

const MAPPING = {
  name: "Full Name",
  email: "Email",
  managerEmail: "Manager Email",
  attributes: ["Home Team", "Site"],
};
const PEOPLE: readonly Row[] = Array.from({ length: 8 }, (_, at) => ({
  "Full Name": `P${at}`,
  Email: `p${at}@example.com`,
  "Manager Email": at === 0 ? "" : "p0@example.com",
  "Home Team": `T${at}`,
  Site: "Berlin",
}));

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(
  choices: Replacing,
  people = PEOPLE,
): Promise<{ server: ReplacingServer; client: SeiClient; live: Developer[] }> {
  const server = await replacingServer(choices, people);
  const client = connect({ endpoint: server.url, apiKey: "k", rereadMs: [2, 4], retry: { baseMs: 1 } });
  open.push(client, server);
  const { developers } = await client.reader.readRoster({ identities: false });
  return { server, client, live: [...developers.values()] };
}

const renamed = (one: Developer): Developer => ({ ...one, name: `${one.name} new` });
const RENAMED = PEOPLE.map((row) => ({ ...row, "Full Name": `${row["Full Name"]} new` }));

const SHAPES: readonly (readonly [string, Shape, Shape])[] = [
  ["column names with an object of attributes", NESTED, NESTED],
  ["an object in an object", DEEP, DEEP],
  ["custom fields as a list of names", LIST, LIST],
  ["custom fields as a list of keys", PAIRS, PAIRS],
  ["flat camel case", CAMELS, CAMELS],
  ["a flat list, upserts with attributes", OWN, NESTED],
  ["a flat list, upserts in camel case", OWN, CAMELS],
  ["a list with attributes, flat upserts", NESTED, OWN],
  ["a list of custom fields, flat upserts", LIST, SNAKE],
];

describe.each(["ignore", "reject"] as const)("a server that replaces records, unknown keys: %s", (unknown) => {
  test.each(SHAPES)("nothing is blanked that an upsert only sends along: %s", async (_name, lists, takes) => {
    const { server, client, live } = await start({ lists, takes, unknown });
    await client.writer.upsert(live.map(renamed), MAPPING);
    expect([...server.rows.values()]).toEqual(RENAMED);
    // Many at once only in the form in which one was seen to come out whole.
    const sizes = server.taken.map(({ length }) => length);
    expect(sizes.filter((size) => size > 1)).toHaveLength(1);
    const whole = server.taken.find(({ length }) => length > 1)?.[0] as object;
    expect(Object.keys(server.taken.at(sizes.findIndex((size) => size > 1) - 1)?.[0] as object)).toEqual(
      Object.keys(whole),
    );
  });
});

test("what the list itself speaks is tried first, so that nobody is damaged on the way", async () => {
  for (const shape of [NESTED, DEEP, LIST, PAIRS, CAMELS]) {
    const { server, client, live } = await start({ lists: shape, takes: shape, unknown: "ignore" });
    await client.writer.upsert(live.map(renamed), MAPPING);
    expect(server.taken.map(({ length }) => length)).toEqual([1, 1, 6]);
  }
});

test("answers that lag are waited for", async () => {
  const { server, client, live } = await start({ lists: OWN, takes: CAMELS, unknown: "ignore", lag: 6 });
  await client.writer.upsert(live.map(renamed), MAPPING);
  expect([...server.rows.values()]).toEqual(RENAMED);
});

test("a column that the first people do not have is not trusted before somebody was seen to keep it", async () => {
  const people = PEOPLE.map((row, at) => (at === 5 || at === 7 ? row : { ...row, "Home Team": "", Site: "" }));
  const { server, client, live } = await start({ lists: OWN, takes: NESTED, unknown: "ignore" }, people);
  await client.writer.upsert(live.map(renamed), MAPPING);
  expect([...server.rows.values()]).toEqual(people.map((row) => ({ ...row, "Full Name": `${row["Full Name"]} new` })));
  // Flat records were understood as far as the first people could tell.
  const flat = server.taken.filter(([record]) => "Site" in (record as object));
  expect(flat.filter(({ length }) => length > 1).flat()).not.toContainEqual(
    expect.objectContaining({ Site: "Berlin" }),
  );
});

test("a record that a later read shows to be damaged is not sent in that form again", async () => {
  const { server, client, live } = await start({ lists: NESTED, takes: NESTED, unknown: "ignore" });
  await client.writer.upsert(live.map(renamed), MAPPING);
  const before = server.taken.length;
  server.rows.set("p3@example.com", { ...(RENAMED[3] as Row), Site: "" });
  await client.reader.readRoster({ identities: false });
  await client.writer.upsert(live.slice(2).map(renamed), MAPPING);
  expect([...server.rows.values()]).toEqual(RENAMED);
  expect(server.taken.slice(before)[0]).toHaveLength(1);
});

test("a server that blanks a column whatever it hears: one person is damaged, and it is said who and what to do", async () => {
  const { server, client, live } = await start({ lists: OWN, takes: OWN, unknown: "ignore", blanks: ["Site"] });
  const error: unknown = await client.writer.upsert(live.map(renamed), MAPPING).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UpsertNotUnderstoodError);
  expect(error).toMatchObject({
    email: "p0@example.com",
    blanked: ["Site"],
    message: expect.stringMatching(/"Site" .*p0@example\.com.*--strategy reupload.*backup/),
    todo: expect.not.stringContaining("p0@"),
  });
  expect(JSON.stringify(error)).not.toContain("p0@");
  expect([...server.rows.values()].filter(({ Site }) => Site === "").map(({ Email }) => Email)).toEqual([
    "p0@example.com",
  ]);
});

test("no form is taken: what to do stands in the message, and the first refusal", async () => {
  const { client, live } = await start({ lists: LIST, takes: null, unknown: "reject" });
  const error: unknown = await client.writer.upsert(live.map(renamed), MAPPING).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UpsertNotTakenError);
  expect((error as Error).message).toMatch(/refused in each of the \d+ forms.*Unrecognized field.*--strategy reupload/);
});

test("a read that fails after the first record was taken: it is said that one was", async () => {
  const { client, live } = await start({ lists: NESTED, takes: NESTED, unknown: "ignore", failsAfterWrite: true });
  const error: unknown = await client.writer.upsert(live.map(renamed), MAPPING).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(PartialWriteError);
  expect(error).toMatchObject({ done: 1, total: 8, batches: 1 });
});
