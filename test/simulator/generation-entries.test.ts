import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GenerationEntries } from "../../provider/simulator/dialect/generation-entries.js";
import { DIALECTS, PREVIOUS_DIALECTS } from "../../provider/simulator/simulator.js";
import { type Client, type Got, PEOPLE, start } from "./support.js";

/** What a client notices of each entry about the two other generations. */
type Case = readonly [Partial<GenerationEntries>, (sei: Client) => Promise<unknown>, unknown];

const USERS = "/v1/org/users";
const status = async (got: Promise<Got>) => (await got).status;
const json = async (got: Promise<Got>) => (await got).json;
const list = (sei: Client, body: object = {}) => sei.send(`${USERS}/list`, { method: "POST", json: body });
const put = (sei: Client, ...records: object[]) => sei.send(USERS, { method: "PUT", json: records });
const github = (sei: Client) => {
  const integrationUsers = [{ email: "ada@example.com", applicationType: "GITHUB", cloudId: "a" }];
  return sei.send("/v2/developers/cloud-ids", { method: "POST", json: { integrationUsers } });
};
const held = (sei: Client) => sei.state().identities.map(({ email, integrationId }) => [email, integrationId]);
const ADA = { id: "2", full_name: "Ada Lovelace", email: "ada@example.com", additional_fields: { team: "Payments" } };
const upload = (sei: Client) => sei.send("/v2/developers/upload", { method: "POST", csv: PEOPLE });
const user = (user_id: string) => [{ integration_id: "1", user_id }];

const CASES: { readonly [K in keyof GenerationEntries]: readonly Case[] } = {
  generations: (
    [
      ["both", [200, 200, 200, 200]],
      ["current", [200, 404, 404, 200]],
      ["previous", [405, 200, 200, 200]],
    ] as const
  ).map(([generations, expected]) => [
    { generations },
    async (sei) => [
      await status(sei.list()),
      await status(upload(sei)),
      await status(sei.send("/v2/developers/list", { method: "POST", json: {} })),
      await status(sei.send("/v2/developers/schema")),
    ],
    expected,
  ]),
  previousVersionName: (["uploadId", "versionId"] as const).map((previousVersionName) => [
    { previousVersionName },
    async (sei) => {
      const { [previousVersionName]: id } = await json(upload(sei));
      const review = await json(sei.send("/v2/developers/reupload", { method: "POST", csv: PEOPLE }));
      return [id, Object.keys(review)[0], (await json(sei.upload(PEOPLE))).versionId];
    },
    ["2", previousVersionName, "4"],
  ]),
  unlistedApplicationType: (["assign", "badRequest"] as const).map((unlistedApplicationType) => [
    { unlistedApplicationType },
    async (sei) => {
      const integrationUsers = [{ email: "ada@example.com", applicationType: "CUSTOM", cloudId: "a" }];
      return status(sei.send("/v2/developers/cloud-ids", { method: "POST", json: { integrationUsers } }));
    },
    unlistedApplicationType === "assign" ? 200 : 400,
  ]),
  sharedApplicationType: (
    [
      [
        "all",
        [
          200,
          [
            ["ada@example.com", 3],
            ["ada@example.com", 5],
          ],
        ],
      ],
      ["first", [200, [["ada@example.com", 3]]]],
      ["badRequest", [400, []]],
    ] as const
  ).map(([sharedApplicationType, expected]) => [
    { sharedApplicationType },
    async (sei) => [await status(github(sei)), held(sei)],
    expected,
  ]),
  contributors: (
    [
      ["same", [200, 3]],
      ["apart", [200, 0]],
      ["none", [404, undefined]],
    ] as const
  ).map(([contributors, expected]) => [
    { contributors },
    async (sei) => {
      const got = await list(sei);
      return [got.status, got.json.records?.length];
    },
    expected,
  ]),
  contributorPut: [
    [{ contributorPut: "byId" }, (sei) => status(put(sei, { ...ADA, id: "" })), 404],
    [
      { contributorPut: "byEmailOrId" },
      async (sei) => {
        const byEmail = await put(sei, { ...ADA, id: "", full_name: "Ada K" });
        await put(sei, { ...ADA, email: "king@example.com" });
        // A new person with the old email is taken for the person who had it.
        await put(sei, { full_name: "Adam", email: "ada@example.com" }, { full_name: "New", email: "new@example.com" });
        return [byEmail.text, sei.state().developers.map(({ refId, name, email }) => [refId, name, email])];
      },
      [
        "ok",
        expect.arrayContaining([
          [2, "Adam", "ada@example.com"],
          [4, "New", "new@example.com"],
        ]),
      ],
    ],
  ],
  contributorDuplicates: [
    [
      { contributorDuplicates: "badRequest" },
      async (sei) => [await status(put(sei, ADA, { ...ADA, id: "3" })), await status(put(sei, ADA, ADA))],
      [400, 400],
    ],
    [
      { contributorDuplicates: "firstWins" },
      async (sei) => {
        const first = { ...ADA, full_name: "First", integration_user_ids: user("a") };
        const same = { ...ADA, full_name: "Second", integration_user_ids: [{ integration_id: "3", user_id: "b" }] };
        const answered = await status(put(sei, first, same, { ...ADA, id: "3", integration_user_ids: user("c") }));
        return [answered, sei.state().developers.map(({ name }) => name), held(sei)];
      },
      [
        200,
        ["Grace Hopper", "First", "Alan Turing"],
        [
          ["ada@example.com", 1],
          ["ada@example.com", 3],
        ],
      ],
    ],
    [
      // A record that was renamed in this very request is found under its new email.
      { contributorDuplicates: "firstWins" },
      async (sei) => {
        const king = { ...ADA, email: "king@example.com" };
        await put(sei, king, { ...king, integration_user_ids: user("b") });
        return held(sei);
      },
      [["king@example.com", 1]],
    ],
  ],
  contributorRename: (["managersStay", "managersFollow"] as const).map((contributorRename) => [
    { contributorRename },
    async (sei) => {
      await put(sei, { ...ADA, email: "king@example.com" });
      return sei.state().developers.find(({ refId }) => refId === 3)?.managerEmail;
    },
    contributorRename === "managersStay" ? "ada@example.com" : "king@example.com",
  ]),
  contributorVersions: [
    [
      { contributorVersions: "sdk" },
      async (sei) => Object.keys((await json(sei.send(`${USERS}/versions`))).records[0]),
      ["id", "name", "version"],
    ],
    [
      { contributorVersions: "source" },
      async (sei) => {
        await sei.upsert([{ Email: "ada@example.com", Team: "x" }]);
        return (await json(sei.send(`${USERS}/versions`))).records;
      },
      [
        expect.objectContaining({ type: "USER", version: 2, active: true, created_at: expect.any(Number) }),
        expect.objectContaining({ version: 1, active: false }),
      ],
    ],
  ],
  contributorHasNext: (["right", "totalOverRows"] as const).map((contributorHasNext) => [
    { contributorHasNext },
    async (sei) => (await json(list(sei, { page: 1, page_size: 2 })))._metadata.has_next,
    contributorHasNext === "totalOverRows",
  ]),
  nonUsersCount: (
    [
      ["metadata", [undefined, 0]],
      ["top", [0, undefined]],
      ["none", [undefined, undefined]],
    ] as const
  ).map(([nonUsersCount, expected]) => [
    { nonUsersCount },
    async (sei) => {
      const page = await json(list(sei));
      return [page.non_users_count, page._metadata.non_users_count];
    },
    expected,
  ]),
  danglingUsers: [
    [
      { danglingUsers: 2 },
      async (sei) => {
        const { records, _metadata } = await json(list(sei, { page_size: 3 }));
        const without = await json(list(sei, { filter: { include_dangling_logins: false } }));
        return [records[1], records[2].id, _metadata.total_count, _metadata.non_users_count, without.records.length];
      },
      [expect.objectContaining({ id: "0", org_uuid: null, email: "", version: "0" }), "1", 5, 2, 3],
    ],
  ],
  contributorPageSize: [[{ contributorPageSize: 2 }, async (sei) => (await json(list(sei))).records.length, 2]],
  contributorPageMax: [
    [
      { contributorPageMax: 2 },
      async (sei) => {
        const { records, _metadata } = await json(list(sei, { page_size: 50 }));
        return [records.length, _metadata.page_size, _metadata.has_next];
      },
      [2, 2, true],
    ],
  ],
  contributorFilter: (["applied", "ignored"] as const).map((contributorFilter) => [
    { contributorFilter },
    async (sei) => (await json(list(sei, { filter: { email: ["ada@example.com"] } }))).records.length,
    contributorFilter === "applied" ? 1 : 3,
  ]),
};

// An account that has not moved cannot be set up through the current generation.
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-generations-"));
  await writeFile(join(folder, "people.csv"), PEOPLE);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const rows = Object.entries(CASES).flatMap(([entry, cases]) =>
  cases.map((each, index): [string, number, Case] => [entry, index, each]),
);
const integrations = [1, { id: 5, type: "GITHUB" }, { id: 3, type: "GITHUB" }] as const;

test.each(rows)("%s %i", async (_, __, [dialect, act, expected]) => {
  expect(await act(await start({ dialect, integrations, seed: join(folder, "people.csv") }))).toEqual(expected);
});

test("every value of an entry that is one of some words is in a named dialect", () => {
  const named: readonly GenerationEntries[] = [...Object.values(DIALECTS), ...Object.values(PREVIOUS_DIALECTS)];
  for (const [entry, cases] of Object.entries(CASES) as [keyof GenerationEntries, readonly Case[]][]) {
    const words = cases.map(([dialect]) => dialect[entry]).filter((value) => typeof value === "string");
    const used = new Set(named.map((dialect) => dialect[entry]));
    expect([entry, words.filter((word) => !used.has(word))]).toEqual([entry, []]);
  }
});
