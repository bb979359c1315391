import { homedir } from "node:os";
import { join } from "node:path";
import { cacheFolder } from "../../provider/apply/cache-folder.js";
import { describeWithoutPeople, describe as say } from "../../provider/apply/describe.js";
import { IdentitiesNotSetError } from "../../provider/apply/identities-error.js";
import { depths, managersFirst, reportsFirst } from "../../provider/apply/order.js";
import { ReviewMismatchError, ReviewUnreadableError, reviewMismatch } from "../../provider/apply/review-check.js";
import { LiveChangedError } from "../../provider/apply/same-live.js";
import type { Change, SetIdentityChange } from "../../provider/roster/change.js";
import { ConflictError, ForbiddenError, PartialWriteError, SeiError, ServerError } from "../../provider/sei/errors.js";
import type { Review } from "../../provider/sei/writer.js";
import { at, dev } from "../support/people.js";

const call = { method: "PATCH", path: "/v2/developers/identities" };

const setIdentity = (login: string, holder: string): SetIdentityChange => ({
  kind: "setIdentity",
  email: at(login),
  integrationId: 1,
  before: null,
  after: login,
  movedFrom: at(holder),
});

describe("the cache folder", () => {
  const platform = Object.getOwnPropertyDescriptor(process, "platform");
  afterEach(() => Object.defineProperty(process, "platform", platform ?? {}));
  const on = (name: NodeJS.Platform, env: NodeJS.ProcessEnv) => {
    Object.defineProperty(process, "platform", { ...platform, value: name });
    return cacheFolder(env);
  };

  test("is the one that was chosen, else the one of the system", () => {
    const xdg = { XDG_CACHE_HOME: "/xdg" };
    expect(on("linux", { PULUMI_HARNESS_SEI_CACHE: "/mine", ...xdg })).toBe("/mine");
    expect(on("linux", { PULUMI_HARNESS_SEI_CACHE: "", ...xdg })).toBe(join("/xdg", "pulumi-harness-sei"));
    expect(on("linux", { XDG_CACHE_HOME: "" })).toBe(join(homedir(), ".cache", "pulumi-harness-sei"));
    expect(on("darwin", {})).toBe(join(homedir(), "Library", "Caches", "pulumi-harness-sei"));
    expect(on("win32", { LOCALAPPDATA: "/local" })).toBe(join("/local", "pulumi-harness-sei"));
    expect(on("win32", {})).toBe(join(homedir(), "AppData", "Local", "pulumi-harness-sei"));
  });
});

describe("what was thrown, without people", () => {
  const said = "ada@example.com is taken";

  test.each([
    [
      "an answer of the API",
      new ServerError(call, 500, said),
      "ServerError at PATCH /v2/developers/identities, status 500",
    ],
    ["an error of no request", new SeiError(said), "SeiError"],
    [
      "a key without the scope",
      new PartialWriteError(1, 2, 1, new ForbiddenError({ call, status: 403, said, reads: false })),
      "PartialWriteError at PATCH /v2/developers/identities, status 403. The key probably lacks the scope developer_records:write, belongs to another account, or needs the account named (SEI_ACCOUNT).",
    ],
    [
      "identities that are refused",
      new IdentitiesNotSetError({
        refused: {
          changes: [setIdentity("ada", "ghost")],
          cause: new ConflictError({ call, status: 409, said, reads: false }),
        },
        unseen: [],
        staying: 1,
      }),
      "the API refuses 1 identity(ies), also alone (ConflictError at PATCH /v2/developers/identities, status 409); 1 old record(s) stay, because their identities would be lost with them; everything else of the plan was sent. To the API somebody else holds such an identity, perhaps somebody who was deleted: free it in the web application, or declare another, and run it again",
    ],
    ["our own words", new ReviewMismatchError("added: plan 1, API 2"), "added: plan 1, API 2"],
    ["any other error", new TypeError(said), "TypeError"],
    ["no error at all", said, "unknown error"],
  ])("%s", (_what, thrown, expected) => {
    expect(describeWithoutPeople(thrown)).toBe(expected);
  });

  test("and with them", () => {
    const unseen = [setIdentity("ada", "old")];
    expect(say(new IdentitiesNotSetError({ refused: null, unseen, staying: 0 }))).toBe(
      `no read shows 1 identity(ies): ${at("ada")} in 1; everything else of the plan was sent. Run it again`,
    );
    const many = ["a", "b", "c", "d", "e", "f"].map((login) => setIdentity(login, "old"));
    expect(say(new IdentitiesNotSetError({ refused: null, unseen: many, staying: 0 }))).toMatch(
      /^no read shows 6 identity\(ies\): a@example\.com in 1, .*, e@example\.com in 1, \.\.\.; everything else/,
    );
    expect(say(said)).toBe(said);
    expect(describeWithoutPeople(new LiveChangedError())).toBe(say(new LiveChangedError()));
  });
});

describe("the order of records", () => {
  const line = [dev("c", { manager: "b" }), dev("b", { manager: "a" }), dev("a"), dev("z", { manager: "elsewhere" })];
  const roster = new Map(line.map((one) => [one.email, one]));

  test("managers come first, reports leave first; who is not on the roster counts as the top", () => {
    expect([...depths(roster)].sort()).toEqual([
      [at("a"), 0],
      [at("b"), 1],
      [at("c"), 2],
      [at("z"), 0],
    ]);
    const stranger = dev("m");
    expect(managersFirst([...line, stranger], roster).map(({ name }) => name)).toEqual(["A", "M", "Z", "B", "C"]);
    const emails = [...roster.keys(), at("m")].sort();
    expect(reportsFirst(emails, roster)).toEqual(["c", "b", "a", "m", "z"].map(at));
  });

  test("a circle has an end", () => {
    const circle = [dev("a", { manager: "b" }), dev("b", { manager: "a" }), dev("c", { manager: "a" })];
    expect(depths(new Map(circle.map((one) => [one.email, one]))).size).toBe(3);
  });
});

describe("the review of a re-upload", () => {
  const ada = dev("ada");
  const changes: readonly Change[] = [
    { kind: "create", email: at("new"), after: dev("new") },
    { kind: "update", email: at("ada"), before: ada, after: ada, fields: [] },
    { kind: "delete", email: at("old"), before: dev("old") },
    { kind: "rename", email: at("b2"), previousEmail: at("b"), before: dev("b"), after: dev("b2"), fields: [] },
    {
      kind: "rename",
      email: at("c2"),
      previousEmail: at("c"),
      before: dev("c"),
      after: dev("c2"),
      fields: [],
      isRest: true,
    },
  ];
  const agreed: Review = { versionId: "1", added: 2, updated: 1, removed: 3, removedEmails: ["old", "b", "c"].map(at) };
  const said = (more: Partial<Review>) => {
    try {
      const mismatch = reviewMismatch({ ...agreed, ...more }, changes);
      return mismatch === null ? null : `${mismatch.name}: ${mismatch.message}`;
    } catch (error) {
      if (!(error instanceof ReviewUnreadableError)) throw error;
      return `${error.name}: ${error.message}`;
    }
  };
  const mismatch = (words: string, why = "") =>
    `ReviewMismatchError: the API's review of the re-upload differs from the plan (${words}), although live has not changed since; nothing was approved. A re-upload does something else here${why}: use --strategy upsert (strategy: upsert)`;

  test("agrees, also when it counts fewer updates, or says only one of the two counts", () => {
    for (const more of [
      {},
      { updated: 0 },
      { updated: null },
      { added: null },
      { removed: null },
      { removedEmails: null },
    ]) {
      expect(said(more)).toBeNull();
    }
  });

  test.each([
    [{ added: 1 }, "added: plan 2, API 1"],
    [{ added: 3 }, "added: plan 2, API 3"],
    [{ updated: 2 }, "updated: plan 1, API 2"],
    [{ removed: 2 }, "removed: plan 3, API 2"],
    [{ removed: 4, added: 0 }, "added: plan 2, API 0; removed: plan 3, API 4"],
    [{ removedEmails: [at("ada"), at("old"), at("b")] }, "the API would remove 1 developer(s) that the plan keeps"],
  ])("differs: %j", (more, words) => {
    expect(said(more)).toBe(mismatch(words));
  });

  test("a server that merges is told from others", () => {
    expect(said({ removed: 0, removedEmails: [] })).toBe(
      mismatch("removed: plan 3, API 0", ": it keeps who is not in the file"),
    );
  });

  test("that says nothing about who comes and goes cannot be compared", () => {
    expect(said({ added: null, removed: null })).toMatch(
      /^ReviewUnreadableError: .* nothing was approved\. Use strategy: upsert$/,
    );
  });
});
