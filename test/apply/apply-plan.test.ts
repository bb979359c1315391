import fc from "fast-check";
import { RefusedPlanError } from "../../provider/apply/apply-plan";
import type { Change } from "../../provider/roster/change";
import { plan, refusals } from "../../provider/roster/plan";
import { PartialWriteError, SeiError } from "../../provider/sei/errors";
import { SetupUnfinishedError } from "../../provider/sei/errors/setup-errors";
import { MemorySei, type Trouble } from "../support/memory-sei";
import { declare, desired, dev, MAPPING, NO_LIMITS, policy } from "../support/people";
import { account, applyTo } from "./memory-account";

describe("the ways", () => {
  test("initial setup: upload, save, then identities", async () => {
    const sei = new MemorySei();
    const { outcome, again } = await applyTo(
      sei,
      desired([declare(dev("bob", { manager: "ada" }), { 101: "bob" }), declare(dev("ada"))]),
    );
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upload", "save", "identities"]);
    expect((await again()).changes).toEqual([]);
  });

  test("upsert and delete: managers first, leavers last, reports before their managers", async () => {
    const sei = account([
      dev("top"),
      dev("old", { manager: "top" }),
      dev("rep", { manager: "old" }),
      dev("gone", { manager: "old" }),
    ]);
    const { outcome } = await applyTo(
      sei,
      desired([declare(dev("top")), declare(dev("rep", { manager: "new" })), declare(dev("new", { manager: "top" }))]),
      { prune: "all" },
    );
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upsert new rep", "delete gone old"]);
  });

  test("a manager and her report swap, one record a request", async () => {
    const sei = account([dev("ada"), dev("bob", { manager: "ada" })]);
    sei.batch = 1;
    const { outcome } = await applyTo(sei, desired([declare(dev("bob")), declare(dev("ada", { manager: "bob" }))]));
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upsert bob", "upsert ada"]);
  });

  test("re-upload: every live row is sent, the review is compared, then approved", async () => {
    const sei = account([dev("ada"), dev("bob"), dev("kept")]);
    const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "CTO" })), declare(dev("new"))]), {
      prune: "none",
      strategy: "reupload",
    });
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["reupload", "approve"]);
    expect([...sei.developers.keys()].map((email) => email.split("@")[0]).sort()).toEqual([
      "ada",
      "bob",
      "kept",
      "new",
    ]);
  });

  test("a new column keeps everybody's values", async () => {
    const sei = account([dev("ada", { Role: "Engineer" }), dev("bob", { Team: "X" })]);
    const fields = { ...MAPPING, attributes: ["Role", "Team", "Site"] };
    const { outcome } = await applyTo(sei, desired([{ ...declare(dev("ada", { Role: "Engineer" })) }], { fields }), {
      prune: "none",
    });
    expect(outcome.status).toBe("applied");
    expect(sei.developers.get("bob@example.com")?.attributes["Team"]).toBe("X");
    expect(sei.mapping?.attributes).toEqual(["Role", "Team", "Site"]);
  });
});

describe("nothing is written", () => {
  test("when a guard refuses", async () => {
    const sei = account([dev("ada"), dev("bob")]);
    const refused = applyTo(sei, desired([declare(dev("ada"))]), { guards: { maxDelete: 0 } });
    await expect(refused).rejects.toThrow(RefusedPlanError);
    await expect(refused).rejects.toThrow("maxDelete");
    expect(sei.writes).toEqual([]);
  });

  test.each([
    ["another count", (review: object) => ({ ...review, removed: 2 })],
    ["other people", (review: object) => ({ ...review, removedEmails: ["ada@example.com"] })],
    ["more updates", (review: object) => ({ ...review, updated: 7 })],
    [
      "nothing at all",
      (review: object) => ({ ...review, added: null, removed: null, updated: null, removedEmails: null }),
    ],
  ])("approved, when the review says %s", async (_name, says) => {
    const sei = account([dev("ada"), dev("bob")]);
    sei.reviewSays = says as never;
    const { outcome } = await applyTo(sei, desired([declare(dev("ada"))]), { strategy: "reupload" });
    expect(outcome).toMatchObject({ status: "failed", done: [] });
    expect(sei.writes).toEqual(["reupload"]);
    expect(sei.developers.size).toBe(2);
  });

  test("replaced, when somebody else writes between our read and the approval", async () => {
    const sei = account([dev("ada"), dev("bob")]);
    sei.onRead = (count) => {
      if (count === 1) sei.developers.set("nia@example.com", dev("nia"));
    };
    const { outcome } = await applyTo(sei, desired([declare(dev("ada"))]), { strategy: "reupload" });
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringContaining("changed while") });
    expect(sei.writes).toEqual(["reupload"]);
  });
});

describe("when a write goes wrong", () => {
  const before = [dev("ada"), dev("b"), dev("c"), dev("old")];
  const want = desired([
    declare(dev("ada"), { 1: "a" }),
    declare(dev("b", { Role: "x" })),
    declare(dev("c", { Role: "y" })),
    declare(dev("d")),
    declare(dev("e")),
  ]);

  test.each(["lost before", "lost after"] as const)(
    "%s: it is read, and only what is missing is sent again",
    async (trouble) => {
      for (let write = 0; write < 4; write += 1) {
        const sei = account(before);
        sei.trouble.set(write, trouble);
        const { outcome, again } = await applyTo(sei, want);
        expect(outcome.status).toBe("applied");
        expect((await again()).changes).toEqual([]);
      }
    },
  );

  test("refused: what is done, what failed and what was not tried are told apart", async () => {
    const sei = account(before);
    sei.trouble.set(1, "refused");
    const { outcome, plan: made } = await applyTo(sei, want);
    expect(outcome).toMatchObject({ status: "failed", reason: "the API said no" });
    expect([outcome.done, outcome.failed, outcome.notTried].map((list) => list.length)).toEqual([2, 2, 2]);
    expect(made.changes).toHaveLength(6);
  });

  test.each([
    ["a setup", "save", "auto", [["mapField", "create"], ["setIdentity"]]],
    ["a re-upload", "approve", "reupload", [["update", "delete"], ["setIdentity"]]],
    ["the identities of upserts", "identities", "upsert", [["setIdentity"], ["delete"]]],
    ["the deletes", "delete old", "upsert", [["delete"], []]],
  ] as const)("refused: %s, and only what comes after it was not tried", async (_what, refused, strategy, kinds) => {
    const sei = account([dev("ada"), dev("old")]);
    if (refused === "save") Object.assign(sei, { mapping: null, developers: new Map() });
    sei.onWrite = (when, what) => {
      if (when === "before" && what === refused) throw new Error("the API said no");
    };
    const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "x" }), { 1: "a" })]), { strategy });
    expect(outcome.reason).toBe("the API said no");
    const kindsOf = (list: readonly Change[]) => [...new Set(list.map(({ kind }) => kind))];
    expect([kindsOf(outcome.failed), kindsOf(outcome.notTried)]).toEqual(kinds);
  });

  test("an API that takes every request and shows nothing of it: not verified, in bounded time", async () => {
    const sei = account(before);
    sei.upsert = async () => {};
    const { outcome } = await applyTo(sei, want);
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: expect.stringContaining("does not show 4 of 6 changes"),
    });
  });

  test("answers that lag are waited for", async () => {
    const sei = account([dev("ada")]);
    const stale = await sei.readRoster();
    const real = sei.readRoster.bind(sei);
    let lag = 4;
    sei.readRoster = async () => (lag-- > 0 ? stale : real());
    const { outcome } = await applyTo(sei, desired([declare(dev("ada", { Role: "x" }))]));
    expect(outcome.status).toBe("applied");
    expect(sei.writes).toEqual(["upsert ada"]);
  });

  test("nobody is deleted whom no plan showed: a newcomer during the apply stays", async () => {
    const sei = account(before);
    sei.trouble.set(0, "lost before");
    sei.onRead = (count) => {
      if (count === 1) sei.developers.set("nia@example.com", dev("nia"));
    };
    const { outcome } = await applyTo(sei, want, { prune: "all" });
    expect(outcome).toMatchObject({ status: "applied" });
    expect(sei.developers.has("nia@example.com")).toBe(true);
  });
});

test("a setup that becomes visible only later is waited for, and its identities follow", async () => {
  const sei = new MemorySei();
  const save = sei.saveFieldMapping.bind(sei);
  sei.saveFieldMapping = async (draft, mapping) => {
    await save(draft, mapping);
    throw new SetupUnfinishedError("saved, and not to be seen");
  };
  const { outcome, again } = await applyTo(sei, desired([declare(dev("ada"), { 101: "ada" })]));
  expect(outcome.status).toBe("applied");
  expect(sei.writes).toEqual(["upload", "save", "identities"]);
  expect((await again()).changes).toEqual([]);
});

describe("nothing is called verified that is not", () => {
  const people = Array.from({ length: 12 }, (_, index) => dev(`p${index}`));
  const rename = desired([declare(dev("p0", { name: "New Name" })), ...people.slice(1).map((one) => declare(one))]);

  test.each(["all", "none"] as const)("when the API drops others meanwhile (prune: %s)", async (prune) => {
    const sei = account(people);
    const upsert = sei.upsert.bind(sei);
    sei.upsert = async (records) => {
      await upsert(records);
      for (const one of people.slice(6)) sei.developers.delete(one.email);
    };
    const { outcome } = await applyTo(sei, rename, { prune });
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: expect.stringContaining("6 developer(s) who should be live are not"),
    });
  });

  test("when the reads afterwards are not proven to be complete", async () => {
    const sei = account(people);
    const read = sei.readRoster.bind(sei);
    sei.readRoster = async () => ({
      ...(await read()),
      ...(sei.writes.length > 0 && { completeness: { proven: false, reason: "two answers disagree" } as const }),
    });
    const { outcome } = await applyTo(sei, rename);
    expect(outcome).toMatchObject({ status: "unverified", reason: expect.stringContaining("two answers disagree") });
  });

  test("a slow write leaves the reads their time", async () => {
    const sei = account(people);
    const stale = await sei.readRoster();
    const read = sei.readRoster.bind(sei);
    let clock = 0;
    let lag = 3;
    const upsert = sei.upsert.bind(sei);
    sei.upsert = async (records) => {
      await upsert(records);
      clock += 60_000;
    };
    sei.readRoster = async () => (sei.writes.length > 0 && lag-- > 0 ? stale : read());
    const sleep = async (ms: number) => {
      clock += ms;
    };
    const { outcome } = await applyTo(sei, rename, {}, { sleep, now: () => clock });
    expect(outcome.status).toBe("applied");
  });

  test('a refusal after a batch was taken is not "nothing changed", even when the read lags', async () => {
    const sei = account(people);
    const stale = await sei.readRoster();
    sei.upsert = async () => {
      throw new PartialWriteError(
        2,
        4,
        1,
        new SeiError("the API said: Grace Hopper", { call: { method: "PATCH", path: "/v2/developers" }, status: 400 }),
      );
    };
    sei.readRoster = async () => stale;
    const { outcome } = await applyTo(sei, rename);
    expect(outcome).toMatchObject({ status: "failed", touched: true });
    expect(outcome.reasonWithoutPeople).toBe("PartialWriteError at PATCH /v2/developers, status 400");
  });

  test("a re-upload is never made again of a short read", async () => {
    const sei = account(people);
    const read = sei.readRoster.bind(sei);
    const sizes: number[] = [];
    const reupload = sei.reupload.bind(sei);
    sei.reupload = async (records) => {
      sizes.push(records.length);
      return reupload(records);
    };
    sei.trouble.set(1, "lost before");
    let short = 2;
    sei.readRoster = async () => {
      const whole = await read();
      if (sei.writes.length < 2 || short-- <= 0) return whole;
      return {
        ...whole,
        developers: new Map([...whole.developers].slice(0, 3)),
        completeness: { proven: false, reason: "short" },
      };
    };
    const { outcome } = await applyTo(sei, rename, { strategy: "reupload" });
    expect(outcome.status).toBe("applied");
    expect(sizes).toEqual([12, 12]);
  });
});

test("property: from any roster to any other, with any one fault, everything planned is live and nothing else changed", async () => {
  const logins = ["a", "b", "c", "d", "e", "f", "g"];
  // A manager is always somebody further left, so that there is no circle; the two rosters use opposite orders.
  const roster = (order: readonly string[]) =>
    fc
      .array(fc.tuple(fc.boolean(), fc.nat(), fc.constantFrom("", "x", "y")), { minLength: 7, maxLength: 7 })
      .map((rows) => {
        const there: string[] = [];
        return rows.flatMap(([is, boss, Role], index) => {
          const login = order[index] ?? "";
          if (!is) return [];
          const manager = there.length === 0 ? "" : (there[boss % (there.length + 1)] ?? "");
          there.push(login);
          return [dev(login, { manager, Role })];
        });
      });
  const trouble = fc.option(fc.tuple(fc.nat(6), fc.constantFrom<Trouble>("lost before", "lost after")), {
    nil: undefined,
  });
  const strategy = fc.constantFrom("auto" as const, "upsert" as const, "reupload" as const);
  await fc.assert(
    fc.asyncProperty(
      roster(logins),
      roster([...logins].reverse()),
      trouble,
      strategy,
      fc.integer({ min: 1, max: 3 }),
      async (have, wanted, fault, how, batch) => {
        fc.pre(wanted.length > 0);
        const sei = account(have);
        sei.batch = batch;
        if (fault !== undefined) sei.trouble.set(...fault);
        const want = desired(wanted.map((one) => declare(one)));
        const under = policy({ guards: NO_LIMITS });
        fc.pre(refusals(plan(want, await sei.readRoster(), under)).length === 0);
        const { outcome, again } = await applyTo(sei, want, { strategy: how });
        expect(outcome.status).toBe("applied");
        expect((await again()).changes).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});
