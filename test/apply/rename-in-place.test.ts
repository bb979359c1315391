import { findContributors } from "../../provider/apply/find-contributors";
import type { DesiredDeveloper, Developer } from "../../provider/roster/developer";
import { strings } from "../../provider/roster/strings";
import type { Contributor } from "../../provider/sei/contributors/contributor";
import type { ContributorReader } from "../../provider/sei/contributors/contributors";
import { ConflictError, RefusedError } from "../../provider/sei/errors";
import type { SeiReader } from "../../provider/sei/reader";
import type { MemorySei } from "../support/memory-sei";
import { at, desired, dev, MAPPING, RENAME } from "../support/people";
import { account, applyTo } from "./memory-account";

/** An account whose v1 API is about the same people. */
function withV1(people: readonly Developer[]): MemorySei {
  const sei = account(people);
  sei.contributors.is = "same";
  for (const { email } of people) sei.idOf(email);
  return sei;
}

const former = (login: string, previous: string): DesiredDeveloper => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map(),
  previousEmails: [at(previous)],
});

const lines = (sei: MemorySei) =>
  [...sei.developers.values()].map((one) => `${one.email} < ${one.managerEmail}`.replaceAll("@example.com", "")).sort();
const rename = (sei: MemorySei, ...people: readonly DesiredDeveloper[]) =>
  applyTo(sei, desired(people), { prune: "none" }, { contributors: sei.contributors });

test("where v2 does not let go of a manager, who has reports is renamed the ordinary way", async () => {
  const sei = withV1([dev("m.old"), dev("x", { manager: "m.old" })]);
  const upsert = sei.upsert.bind(sei);
  sei.upsert = async (records) => {
    const clears = records.some(({ email, managerEmail }) => email === at("x") && managerEmail === "");
    const call = { method: "PATCH", path: "/v2/developers" };
    if (clears) throw new RefusedError({ call, status: 400, said: "", reads: false });
    return upsert(records);
  };
  const { outcome, again } = await rename(sei, former("m.new", "m.old"));
  expect(outcome).toMatchObject({ status: "applied", reason: "" });
  expect(lines(sei)).toEqual(["m.new < ", "x < m.new"]);
  expect(sei.writes).toEqual(["upsert m.new x", "delete m.old"]);
  expect((await again()).changes).toEqual([]);
});

test("as long as no whole read shows that the first rename touched nobody else, v1 is asked for no other", async () => {
  const sei = withV1([dev("a.old"), dev("b.old"), dev("z")]);
  const read = sei.readRoster.bind(sei);
  let short = true;
  sei.readRoster = async () => {
    const live = await read();
    if (sei.writes.length === 0 || !short) return live;
    short = false;
    return { ...live, completeness: { proven: false, reason: "two answers disagree" } };
  };
  const { outcome } = await rename(sei, former("a.new", "a.old"), former("b.new", "b.old"));
  expect(outcome.status).toBe("applied");
  expect(sei.writes).toEqual(["v1 a.new", "upsert b.new", "delete b.old"]);
  expect(lines(sei)).toEqual(["a.new < ", "b.new < ", "z < "]);
});

describe("when v1 takes somebody else away with the last address", () => {
  function taking(): MemorySei {
    const sei = withV1([dev("a.old"), dev("b.old"), dev("z")]);
    sei.onWrite = (when, what) => {
      if (when === "after" && what === "v1 b.new") sei.developers.delete(at("z"));
    };
    return sei;
  }

  test("that is told, and nothing else is written", async () => {
    const sei = taking();
    const { outcome } = await rename(sei, former("a.new", "a.old"), former("b.new", "b.old"));
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: "the API took every request, but 1 developer(s) who should be live are not",
    });
    expect(sei.writes).toEqual(["v1 a.new", "v1 b.new"]);
  });

  test("and no read says so, the renames are those that were tried", async () => {
    const sei = taking();
    sei.onRead = () => {
      if (!sei.developers.has(at("z")) && reads++ > 0) throw new Error("read broke");
    };
    let reads = 0;
    const { outcome } = await rename(sei, former("a.new", "a.old"), former("b.new", "b.old"));
    expect(outcome).toMatchObject({ status: "failed", reason: "read broke", notTried: [], touched: true });
    expect(outcome.failed.map(({ kind }) => kind)).toEqual(["rename", "rename"]);
  });
});

describe("who is found in v1", () => {
  const one = (id: string, login: string): Contributor => ({
    id,
    orgUuid: null,
    fullName: login,
    email: at(login),
    integrationUsers: [],
    additionalFields: {},
    version: "1",
    createdAt: null,
    updatedAt: null,
    raw: {},
  });
  async function found(listed: readonly Contributor[], refIds: readonly (readonly [string, string])[]) {
    const reader = { readRefIds: async () => new Map(refIds) } as unknown as SeiReader;
    const contributors = { list: async () => listed } as unknown as ContributorReader;
    const all = await findContributors({ changes: [RENAME], mapping: MAPPING }, reader, contributors);
    return all.map(({ contributor }) => contributor.id);
  }

  test.each<readonly [string, readonly Contributor[], readonly (readonly [string, string])[], readonly string[]]>([
    ["one record with the id that v2 shows", [one("7", "old")], [[at("old"), "7"]], ["7"]],
    ["the same in capitals", [{ ...one("7", "old"), email: at("OLD") }], [[at("old"), "7"]], ["7"]],
    ["nobody of that address", [one("7", "other")], [[at("old"), "7"]], []],
    ["two of that address", [one("7", "old"), one("8", "old")], [[at("old"), "7"]], []],
    ["an id that two have", [one("7", "old"), one("7", "other")], [[at("old"), "7"]], []],
    ["another id than v2 shows", [one("7", "old")], [[at("old"), "9"]], []],
    ["an id, and v2 shows none", [one("7", "old")], [], []],
    ["the id of nobody", [one("0", "old")], [[at("old"), "0"]], []],
    ["somebody who has the new address already", [one("7", "old"), one("8", "new")], [[at("old"), "7"]], []],
  ])("%s", async (_what, listed, refIds, expected) => {
    expect(await found(listed, refIds)).toEqual(expected);
  });

  test("nobody where v1 answers with an error; what is no answer of the API goes on as it is", async () => {
    const call = { method: "GET", path: "/v1/org/users" };
    const failing = (error: Error) =>
      findContributors({ changes: [RENAME], mapping: MAPPING }, {} as SeiReader, {
        ...({} as ContributorReader),
        list: () => Promise.reject(error),
      });
    expect(await failing(new ConflictError({ call, status: 409, said: "", reads: true }))).toEqual([]);
    const bug = new TypeError("a bug");
    await expect(failing(bug)).rejects.toBe(bug);
  });
});
