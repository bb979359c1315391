import fc from "fast-check";
import { applyPlan } from "../../provider/apply/apply-plan";
import { memoryJournal, type RenameJournal } from "../../provider/apply/journal";
import type { Outcome } from "../../provider/apply/outcome";
import { memoryValues } from "../../provider/apply/values-journal";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { DesiredDeveloper, Developer, Identity } from "../../provider/roster/developer";
import { type Policy, plan, refusals } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { type Mortal, mortal } from "../support/kill";
import type { V1 } from "../support/memory-contributors";
import { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev, MAPPING, policy } from "../support/people";

const STRICT = { maxDelete: 0, maxUpdate: 0, maxBlank: 0, maxManagerChange: 0, maxIdentityMove: 0 } as const;

const V1_KINDS = ["same", "following", "refuses", "idle", "newRecord", "blanks", "apart"] as const;
const KEEPS_IDS: readonly (V1 | undefined)[] = ["same", "following", "blanks"];

/** What one server does that another does not. */
type Server = Partial<
  Pick<MemorySei, "claimed" | "deleteDropsIdentities" | "severalIdentities" | "batch" | "identityBatch"> & {
    readonly v1: V1;
  }
>;

const SERVERS: readonly (readonly [string, Server])[] = [
  ["moves identities", {}],
  ["moves identities, one record a request", { batch: 1, identityBatch: 1 }],
  ["lets two hold an identity", { claimed: "share" }],
  ["refuses an identity that another holds", { claimed: "conflict" }],
  ["refuses it, one record a request", { claimed: "conflict", batch: 1, identityBatch: 1 }],
  ["refuses it, and keeps the identities of nobody", { claimed: "conflict", deleteDropsIdentities: false }],
  ["holds several identities in one integration", { severalIdentities: true }],
  ...V1_KINDS.map((v1) => [`has a v1 API: ${v1}`, { v1 }] as const),
  ["has a v1 API, and refuses an identity that another holds", { v1: "same", claimed: "conflict" }],
];

function account(server: Server, people: readonly Developer[], identities: readonly Identity[]): MemorySei {
  const { v1, ...behaviour } = server;
  const sei = Object.assign(new MemorySei(), behaviour);
  sei.contributors.is = v1 ?? "none";
  sei.mapping = MAPPING;
  sei.developers = new Map(people.map((one) => [one.email, one]));
  for (const { email } of people) sei.idOf(email);
  sei.identities = [...identities];
  return sei;
}

const keptJournal = (): RenameJournal => ({ ...memoryJournal(), values: memoryValues() });

/** One run of the program, from reading the journal to the end. */
async function run(
  { reader, writer, contributors, journal }: Mortal,
  want: DesiredRoster,
  under: Policy,
): Promise<{ outcome: Outcome; changes: number }> {
  const policyNow = { ...under, journal: await journal.entries(), sentAlong: (await journal.values?.entries()) ?? [] };
  const live = await reader.readRoster({ identities: true });
  const made = plan(want, live, policyNow);
  const refused = refusals(made).map(({ name, reason }) => `${name}: ${reason}`);
  if (refused.length > 0)
    throw new Error(
      `refused by ${refused.join("; ")} ${JSON.stringify([made.changes, [...live.developers.values()], policyNow.journal], null, 1)}`,
    );
  let clock = 0;
  const sleep = async (ms: number) => {
    clock += ms;
  };
  const outcome = await applyPlan({
    plan: made,
    desired: want,
    live,
    policy: policyNow,
    reader,
    writer,
    contributors,
    journal,
    sleep,
    now: () => clock,
  });
  return { outcome, changes: made.changes.length };
}

/** Runs and dies, and runs again until nothing is left to do. */
async function killedAt(
  steps: readonly number[],
  sei: MemorySei,
  want: DesiredRoster,
  under: Policy,
): Promise<{ journal: RenameJournal; taken: number }> {
  const journal = keptJournal();
  let taken = 0;
  for (const step of steps) {
    const process = mortal(sei, journal, step);
    await run(process, want, under).catch(() => null);
    taken = process.steps();
  }
  const whole = mortal(sei, journal, Number.POSITIVE_INFINITY);
  const { outcome } = await run(whole, want, under);
  expect(outcome.status).toBe("applied");
  expect((await run(whole, want, under)).changes).toBe(0);
  return { journal, taken };
}

const identitiesOf = (sei: MemorySei) =>
  sei.identities
    .filter(({ email }) => sei.developers.has(email))
    .map(({ email, integrationId, identity }) => `${email.split("@")[0]} ${integrationId} ${identity}`)
    .sort();
const linesOf = (sei: MemorySei) =>
  [...sei.developers.values()].map((one) => `${one.email} < ${one.managerEmail}`.replaceAll("@example.com", "")).sort();

const former = (login: string, previous: string): DesiredDeveloper => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map(),
  previousEmails: [at(previous)],
});

const PEOPLE = [
  dev("boss"),
  dev("m.old", { manager: "boss" }),
  dev("r.old", { manager: "m.old" }),
  dev("x", { manager: "m.old" }),
  dev("y", { manager: "r.old" }),
];
const IDENTITIES: readonly Identity[] = [
  { email: at("m.old"), integrationId: 101, identity: "m" },
  { email: at("m.old"), integrationId: 102, identity: "M1" },
  { email: at("r.old"), integrationId: 101, identity: "r" },
  { email: at("x"), integrationId: 101, identity: "x" },
];
const WANT = desired([former("m.new", "m.old"), former("r.new", "r.old")]);

describe.each(SERVERS)("a server that %s", (_name, server) => {
  const several: readonly Identity[] = server.severalIdentities
    ? [{ email: at("r.old"), integrationId: 101, identity: "r2" }]
    : [];
  const fresh = () => account(server, PEOPLE, [...IDENTITIES, ...several]);
  const expectDone = (sei: MemorySei) => {
    if (KEEPS_IDS.includes(server.v1)) expect([sei.idOf(at("m.new")), sei.idOf(at("r.new"))]).toEqual(["2", "3"]);
    expect(linesOf(sei)).toEqual(["boss < ", "m.new < boss", "r.new < m.new", "x < m.new", "y < r.new"]);
    expect(identitiesOf(sei)).toEqual(
      ["m.new 101 m", "m.new 102 M1", "r.new 101 r", ...several.map(() => "r.new 101 r2"), "x 101 x"].sort(),
    );
  };

  test("a manager and a report are renamed, with their reports and identities", async () => {
    const sei = fresh();
    const { journal } = await killedAt([], sei, WANT, policy({ prune: "none", guards: STRICT }));
    expectDone(sei);
    expect(await journal.entries()).toEqual([]);
  });

  test("killed at every step, once and twice: the next run ends at the same", async () => {
    const under = policy({ prune: "none", guards: STRICT });
    const { taken } = await killedAt([Number.POSITIVE_INFINITY], fresh(), WANT, under);
    expect(taken).toBeGreaterThan(10);
    for (let first = 0; first < taken; first += 1) {
      for (const second of [null, 2, 4, 6, 8, 10, 12]) {
        const sei = fresh();
        const { journal } = await killedAt(second === null ? [first] : [first, second], sei, WANT, under);
        expectDone(sei);
        expect(await journal.entries()).toEqual([]);
      }
    }
  });

  test.each(["lost before", "lost after"] as const)("an answer that is %s: one run does it all", async (trouble) => {
    for (let write = 0; write < 6; write += 1) {
      const sei = fresh();
      sei.trouble.set(write, trouble);
      await killedAt([], sei, WANT, policy({ prune: "none", guards: STRICT }));
      expectDone(sei);
    }
  });
});

describe("the order of the requests", () => {
  const under = policy({ prune: "none", guards: STRICT });

  test("records, identities, and the old records last", async () => {
    const sei = account({ batch: 9 }, PEOPLE, IDENTITIES);
    await killedAt([], sei, WANT, under);
    expect(sei.writes).toEqual(["upsert m.new r.new x y", "identities", "delete r.old m.old"]);
  });

  test("where the old record still holds its identities, they are freed before they are set, and then it goes", async () => {
    const sei = account({ batch: 9, claimed: "conflict" }, PEOPLE, IDENTITIES);
    await killedAt([], sei, WANT, under);
    const [all, freed, moved] = Array.from({ length: 3 }, () => "identities");
    expect(sei.writes).toEqual(["upsert m.new r.new x y", all, freed, moved, "delete r.old m.old"]);
  });

  test("an identity that is refused for another reason keeps nothing else from being done", async () => {
    const sei = account({ batch: 9, claimed: "conflict" }, PEOPLE, IDENTITIES);
    sei.claimed = "move";
    const set = sei.setIdentities.bind(sei);
    sei.setIdentities = async (identities) => {
      sei.claimed = identities.some(({ email }) => email === at("z")) ? "conflict" : "move";
      return set(identities);
    };
    // x holds this one and stays.
    const want = desired([...WANT.developers.values(), declare(dev("z"), { 101: "x" })]);
    const made = await run(mortal(sei, keptJournal(), 1e9), want, policy({ prune: "none" }));
    expect(made.outcome).toMatchObject({ status: "failed" });
    expect(made.outcome.failed).toMatchObject([{ kind: "setIdentity", email: at("z") }]);
    expect(made.outcome.reason).toContain(`${at("z")} in 101`);
    expect(sei.developers.has(at("m.old"))).toBe(false);
    expect(identitiesOf(sei)).toContain("m.new 102 M1");
  });

  test("with a v1 API: who has no reports first, one alone; then reports are without a manager for a while", async () => {
    const people = [...PEOPLE, dev("z.old", { manager: "boss" }), dev("a.old", { manager: "m.old" })];
    const sei = account({ batch: 9, v1: "same" }, people, IDENTITIES);
    const want = desired([...WANT.developers.values(), former("z.new", "z.old"), former("a.new", "a.old")]);
    await killedAt([], sei, want, under);
    expect(sei.writes).toEqual([
      "v1 a.new",
      "v1 z.new",
      "upsert r.old x y a.new",
      "v1 m.new r.new",
      "upsert a.new r.new x y",
    ]);
    expect(sei.idOf(at("a.new"))).toBe("7");
  });

  test("a v1 API that takes somebody else away is not asked again, and the run ends there", async () => {
    const sei = account({ batch: 9, v1: "others" }, [...PEOPLE, dev("z.old", { manager: "boss" })], IDENTITIES);
    const want = desired([...WANT.developers.values(), former("z.new", "z.old")]);
    const { outcome } = await run(mortal(sei, keptJournal(), 1e9), want, under);
    expect(outcome).toMatchObject({ status: "failed", stale: true, touched: true });
    expect(outcome.reason).toContain("nothing more was done after the first rename");
    expect(outcome.done.map((change) => "email" in change && change.email)).toEqual([at("z.new")]);
    expect(sei.writes).toEqual(["v1 z.new"]);
  });

  test("a v1 API whose ids are others is about other people", async () => {
    const sei = account({ batch: 9, v1: "apart" }, PEOPLE, IDENTITIES);
    await killedAt([], sei, WANT, under);
    expect(sei.writes).toEqual(["upsert m.new r.new x y", "identities", "delete r.old m.old"]);
  });

  test("nothing is sent when the renames cannot be written down", async () => {
    const sei = account({}, PEOPLE, IDENTITIES);
    const journal = keptJournal();
    const full: RenameJournal = { ...journal, add: () => Promise.reject(new Error("no space left")) };
    await expect(run(mortal(sei, full, 1e9), WANT, under)).rejects.toThrow("no space left");
    expect(sei.writes).toEqual([]);
  });

  test("a declared identity of one who leaves is freed first where it must be", async () => {
    const sei = account(
      { claimed: "conflict" },
      [dev("old"), dev("stay")],
      [{ email: at("old"), integrationId: 101, identity: "o" }],
    );
    const want = desired([declare(dev("stay")), declare(dev("new"), { 101: "o" })]);
    await killedAt([], sei, want, policy());
    expect(sei.writes).toEqual(["upsert new", ...Array.from({ length: 3 }, () => "identities"), "delete old"]);
    expect(identitiesOf(sei)).toEqual(["new 101 o"]);
  });
});

test("a rename that is taken back half-way ends where it began", async () => {
  for (let step = 0; step < 20; step += 1) {
    for (const [, server] of SERVERS) {
      const sei = account(server, PEOPLE, IDENTITIES);
      const journal = keptJournal();
      const under = policy({ prune: "none", guards: STRICT });
      await run(mortal(sei, journal, step), WANT, under).catch(() => null);
      const back = desired([former("m.old", "m.new"), former("r.old", "r.new")]);
      const whole = mortal(sei, journal, Number.POSITIVE_INFINITY);
      const { outcome } = await run(whole, back, under);
      expect(outcome.status).toBe("applied");
      expect((await run(whole, back, under)).changes).toBe(0);
      expect(linesOf(sei)).toEqual(["boss < ", "m.old < boss", "r.old < m.old", "x < m.old", "y < r.old"]);
      expect(identitiesOf(sei)).toEqual(["m.old 101 m", "m.old 102 M1", "r.old 101 r", "x 101 x"]);
    }
  }
});

test("renamed again half-way: what the first rename had not set yet comes along", async () => {
  const again = desired(
    [former("m.2", "m.new"), former("r.2", "r.new")].map((one, index) => ({
      ...one,
      previousEmails: [...(one.previousEmails ?? []), at(["m.old", "r.old"][index] ?? "")],
    })),
  );
  const under = policy({ prune: "none", guards: STRICT });
  const few = [9, 1e9];
  const every = Array.from({ length: 40 }, (_, step) => step);
  for (const [, server] of SERVERS) {
    // One record a request has the most steps between the delete and the last identity.
    for (let first = 0; first < 32; first += 1) {
      for (const second of server.claimed === "conflict" && server.batch === 1 ? every : few) {
        const sei = account(server, PEOPLE, IDENTITIES);
        const journal = keptJournal();
        await run(mortal(sei, journal, first), WANT, under).catch(() => null);
        await run(mortal(sei, journal, second), again, under).catch(() => null);
        const last = await run(mortal(sei, journal, 1e9), again, under);
        expect(last.outcome.status).toBe("applied");
        expect(linesOf(sei)).toEqual(["boss < ", "m.2 < boss", "r.2 < m.2", "x < m.2", "y < r.2"]);
        expect(identitiesOf(sei)).toEqual(["m.2 101 m", "m.2 102 M1", "r.2 101 r", "x 101 x"]);
      }
    }
  }
});

test("where an identity can neither be freed nor moved, the old record keeps it, and that is said", async () => {
  const server: Server = { claimed: "conflict", severalIdentities: true };
  const sei = account(server, PEOPLE, IDENTITIES);
  const under = policy({ prune: "none", guards: STRICT });
  const hands = mortal(sei, keptJournal(), 1e9);
  for (let times = 0; times < 2; times += 1) {
    const { outcome } = await run(hands, WANT, under);
    expect(outcome).toMatchObject({ status: "failed", reason: expect.stringContaining("2 old record(s) stay") });
    expect(sei.developers.has(at("m.old"))).toBe(true);
    expect(identitiesOf(sei)).toEqual(expect.arrayContaining(["m.old 101 m", "m.old 102 M1", "r.old 101 r"]));
  }
});

test("a rename that another process has begun is not forgotten", async () => {
  const sei = account({}, PEOPLE, IDENTITIES);
  const journal = keptJournal();
  const others = [
    { email: at("z"), previousEmail: at("x"), identities: [] },
    { email: at("x"), previousEmail: at("gone"), identities: [{ integrationId: 105, identity: "x5" }] },
  ];
  await journal.add(others);
  await run(mortal(sei, journal, 1e9), WANT, policy({ prune: "none", guards: STRICT }));
  expect(await journal.entries()).toEqual(others);
});

test("the rest of a rename is done although somebody edits the new record meanwhile", async () => {
  const sei = account({}, PEOPLE, IDENTITIES);
  const journal = keptJournal();
  const under = policy({ prune: "none", guards: STRICT });
  sei.trouble.set(3, "refused");
  expect((await run(mortal(sei, journal, 1e9), WANT, under)).outcome.status).toBe("failed");
  sei.trouble.set(sei.writes.length, "lost before");
  const hands = mortal(sei, journal, 1e9);
  sei.onRead = () => {
    const one = sei.developers.get(at("m.new"));
    if (one !== undefined) sei.developers.set(one.email, { ...one, name: `${one.name}!` });
  };
  expect((await run(hands, WANT, under)).outcome.status).toBe("applied");
  expect([...sei.developers.keys()].sort()).toEqual(["boss", "m.new", "r.new", "x", "y"].map(at));
});

test("property: whoever is renamed, killed where it may be, everybody keeps their identities and their reports", async () => {
  const person = fc.record({
    boss: fc.nat(),
    /** Declared under a new address, declared as they are, or left to others. */
    fate: fc.constantFrom("renamed", "renamed", "declared", "others", "leaves"),
    /** Whether the source says who they report to. */
    declaresBoss: fc.boolean(),
    newRole: fc.option(fc.constantFrom("", "x"), { nil: undefined }),
    held: fc.subarray([101, 102, 103]),
    /** Declares an identity of their own for 101. */
    declaresOwn: fc.boolean(),
  });
  const server = fc.record({
    claimed: fc.constantFrom("move" as const, "conflict" as const, "share" as const),
    deleteDropsIdentities: fc.boolean(),
    severalIdentities: fc.boolean(),
    v1: fc.constantFrom("none" as const, "none" as const, ...V1_KINDS),
    batch: fc.integer({ min: 1, max: 4 }),
    identityBatch: fc.integer({ min: 1, max: 4 }),
  });
  const ALLOW = { maxDelete: "100%", maxUpdate: "100%", maxBlank: "100%", maxManagerChange: "100%" } as const;

  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 2, maxLength: 7 }),
      server,
      fc.array(fc.nat(40), { maxLength: 3 }),
      fc.boolean(),
      async (people, behaviour, deaths, prunes) => {
        const oldLogin = (index: number) => `p${index}`;
        const newLogin = (index: number) => (people[index]?.fate === "renamed" ? `n${index}` : `p${index}`);
        // A manager is somebody further left, so there is no circle; null: nobody.
        const bossOf = (index: number) => {
          const boss = index === 0 ? 0 : (people[index]?.boss ?? 0) % (index + 1);
          return boss === index ? null : boss;
        };
        const before = people.map((_one, index) => {
          const boss = bossOf(index);
          return dev(oldLogin(index), boss === null ? {} : { manager: oldLogin(boss) });
        });
        const identities = people.flatMap(({ held }, index) =>
          held.map((integrationId) => ({ email: at(oldLogin(index)), integrationId, identity: `u${index}` })),
        );
        const declared = people.flatMap((one, index): DesiredDeveloper[] => {
          if (one.fate === "others" || one.fate === "leaves") return [];
          const boss = bossOf(index);
          return [
            {
              email: at(newLogin(index)),
              ...(one.declaresBoss && { managerEmail: boss === null ? "" : at(newLogin(boss)) }),
              attributes: strings(one.newRole === undefined ? [] : [["Role", one.newRole]]),
              identities: new Map(one.declaresOwn ? [[101, `own${index}`]] : []),
              ...(one.fate === "renamed" && { previousEmails: [at(oldLogin(index))] }),
            },
          ];
        });
        const leaving = new Set(people.flatMap(({ fate }, index) => (fate === "leaves" ? [at(oldLogin(index))] : [])));
        const under = policy({
          prune: prunes ? "managed" : "none",
          managed: leaving,
          guards: { ...ALLOW, maxIdentityMove: 0 },
        });
        const want = desired(declared);
        // Such a server lets nobody free an identity before the record goes: see the test below.
        fc.pre(!(behaviour.severalIdentities && behaviour.claimed === "conflict"));
        const sei = account(behaviour, before, identities);
        fc.pre(declared.length > 0 && refusals(plan(want, await sei.readRoster(), under)).length === 0);

        const { journal } = await killedAt(deaths, sei, want, under);

        const stays = (index: number) => people[index]?.fate !== "leaves" || !prunes;
        const expected = people.flatMap((one, index) => {
          if (!stays(index)) return [];
          const boss = bossOf(index);
          const Role = one.fate === "others" || one.fate === "leaves" ? "" : (one.newRole ?? "");
          return [dev(newLogin(index), { name: `P${index}`, Role, ...(boss !== null && { manager: newLogin(boss) }) })];
        });
        expect([...sei.developers.values()].sort((a, b) => (a.email < b.email ? -1 : 1))).toEqual(
          expected.sort((a, b) => (a.email < b.email ? -1 : 1)),
        );
        for (const [index, one] of people.entries()) {
          if (!stays(index)) continue;
          if (KEEPS_IDS.includes(behaviour.v1)) expect(sei.idOf(at(newLogin(index)))).toBe(String(index + 1));
          const held = sei.identities.filter(({ email }) => email === at(newLogin(index)));
          const isDeclared = one.fate === "renamed" || one.fate === "declared";
          const own = isDeclared && one.declaresOwn;
          const should = one.held.filter((id) => !(own && id === 101)).map((id) => `${id} u${index}`);
          if (own) should.push(`101 own${index}`);
          const has = held.map(({ integrationId, identity }) => `${integrationId} ${identity}`);
          expect(has).toEqual(expect.arrayContaining(should));
          // Nothing else, except where a server keeps the one that was replaced.
          const replaced = behaviour.severalIdentities ? [`101 u${index}`] : [];
          expect(has.filter((text) => ![...should, ...replaced].includes(text))).toEqual([]);
        }
        expect(await journal.entries()).toEqual([]);
      },
    ),
    { numRuns: Number(process.env["SEI_RUNS"] ?? 500) },
  );
});
