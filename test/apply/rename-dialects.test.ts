import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan } from "../../provider/apply/apply-plan";
import { folderJournal } from "../../provider/apply/folder-journal";
import { folderValues } from "../../provider/apply/values-journal";
import { changesOf } from "../../provider/roster/change";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { DesiredDeveloper } from "../../provider/roster/developer";
import { needsIdentities } from "../../provider/roster/needs-identities";
import { plan, refusals } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { connect, type SeiClient } from "../../provider/sei/client";
import type { Dialect } from "../../provider/simulator/dialect/dialect";
import { DIALECTS, type Simulator, type SimulatorOptions, startSimulator } from "../../provider/simulator/simulator";
import { at, declare, desired, dev, MAPPING, policy } from "../support/people";

const STRICT = { maxDelete: 0, maxUpdate: 0, maxBlank: 0, maxManagerChange: 0, maxIdentityMove: 0 } as const;

const SERVERS: readonly (readonly [string, SimulatorOptions["dialect"]])[] = [
  ...(Object.keys(DIALECTS) as (keyof typeof DIALECTS)[]).map((name) => [name, name] as const),
  ["default, where an identity has one holder", { claimedIdentity: "conflict" }],
  [
    "default, where who was deleted holds identities for good",
    { claimedIdentity: "conflictForGood", deleteDropsIdentities: false },
  ],
  ["default, whose v1 lets reports follow", { contributorRename: "managersFollow" }],
  [
    "default, whose v1 finds records by email too",
    { contributorPut: "byEmailOrId", contributorHasNext: "totalOverRows" },
  ],
  ["default, whose v1 is about others", { contributors: "apart" }],
  ["default, without v1", { contributors: "none" }],
  ["default, replacing, small batches", { upsertMode: "replace", maxBatch: 1, maxIdentityBatch: 1 }],
];

const BEFORE = desired(
  [
    declare(dev("boss")),
    declare(dev("m.old", { manager: "boss", Role: "CTO" }), { 101: "m", 102: "M1" }),
    declare(dev("r.old", { manager: "m.old", Team: "Payments" }), { 101: "r" }),
    declare(dev("x", { manager: "m.old" }), { 101: "x" }),
  ],
  { fields: MAPPING },
);

const former = (login: string, previous: string): DesiredDeveloper => ({
  email: at(login),
  attributes: strings([]),
  identities: new Map(),
  previousEmails: [at(previous)],
});
/** One who is not declared reports to one who is renamed. */
const AFTER = desired([former("m.new", "m.old"), former("r.new", "r.old")]);

/** The same writer, in a process that may die. */
type Mortal = <T extends object>(writer: T) => T;

const open: { close(): Promise<void> }[] = [];
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sei-renames-"));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  await rm(folder, { recursive: true, force: true });
});

async function start(dialect: SimulatorOptions["dialect"]): Promise<Simulator> {
  const sei = await startSimulator(dialect === undefined ? {} : { dialect });
  open.push({ close: () => sei.stop() });
  expect(await run(sei, BEFORE)).toMatchObject({ status: "applied" });
  return sei;
}

function dialectOf(dialect: SimulatorOptions["dialect"]): Dialect {
  if (typeof dialect === "string")
    return dialect in DIALECTS ? DIALECTS[dialect as keyof typeof DIALECTS] : DIALECTS.default;
  return { ...DIALECTS.default, ...dialect };
}

/** As v2 shows them. */
async function idsOf(sei: Simulator, logins: readonly string[]): Promise<readonly string[]> {
  const client = connect({ endpoint: sei.url, apiKey: "simulator", account: "acc-1" });
  const ids = await client.reader.readRefIds(logins.map(at), MAPPING);
  await client.close();
  return logins.flatMap((login) => ids.get(at(login)) ?? []);
}

/** One run of the program, over HTTP, with the journal on disk. */
async function run(sei: Simulator, want: DesiredRoster, hands: Mortal = (writer) => writer) {
  const client: SeiClient = connect({
    endpoint: sei.url,
    apiKey: "simulator",
    account: "acc-1",
    rereadMs: [30, 100, 300],
    retry: { baseMs: 5 },
  });
  try {
    const values = folderValues(join(folder, "values"));
    const journal = { ...folderJournal(join(folder, "journal")), values };
    const entries = await journal.entries();
    const under = policy({ prune: "none", guards: STRICT, journal: entries, sentAlong: await values.entries() });
    const live = await client.reader.readRoster({ identities: needsIdentities(want, entries) });
    const made = plan(want, live, under);
    expect(refusals(made)).toEqual([]);
    const { reader } = client;
    const writer = hands(client.writer);
    const contributors = { reader: client.contributors.reader, writer: hands(client.contributors.writer) };
    const todo = { plan: made, desired: want, live, policy: under };
    const outcome = await applyPlan({ ...todo, reader, writer, contributors, journal });
    return { ...outcome, planned: made.changes };
  } finally {
    await client.close();
  }
}

/** A process that dies at its n-th call, before it is sent or after it took effect. */
function dyingAt(call: number, when: "before" | "after"): Mortal {
  let calls = 0;
  const die = () => {
    throw new Error("killed");
  };
  return <T extends object>(writer: T): T =>
    new Proxy(writer, {
      get:
        (target, name) =>
        async (...args: unknown[]) => {
          const number = calls;
          calls += 1;
          if (number > call || (number === call && when === "before")) die();
          const done: unknown = await (Reflect.get(target, name) as (...all: unknown[]) => Promise<unknown>).apply(
            target,
            args,
          );
          if (number === call) die();
          return done;
        },
    });
}

function expectDone(sei: Simulator): void {
  const { developers, identities } = sei.state();
  const live = new Set(developers.map(({ email }) => email));
  const rows = developers.map(({ email, name, managerEmail, attributes }) =>
    [email, name, managerEmail, attributes["Role"], attributes["Team"]].join(),
  );
  expect(rows.sort()).toEqual([
    `${at("boss")},BOSS,,,`,
    `${at("m.new")},M.OLD,${at("boss")},CTO,`,
    `${at("r.new")},R.OLD,${at("m.new")},,Payments`,
    `${at("x")},X,${at("m.new")},,`,
  ]);
  // Some accounts keep the identities of who was deleted.
  expect(identities.filter(({ email }) => live.has(email))).toEqual([
    { email: at("m.new"), integrationId: 101, identity: "m" },
    { email: at("m.new"), integrationId: 102, identity: "M1" },
    { email: at("r.new"), integrationId: 101, identity: "r" },
    { email: at("x"), integrationId: 101, identity: "x" },
  ]);
}

test.each(SERVERS)(
  "%s: identities and reports survive a rename, and then there is nothing to do",
  async (_name, dialect) => {
    const sei = await start(dialect);
    const before = await idsOf(sei, ["m.old", "r.old", "x"]);
    const { status, planned } = await run(sei, AFTER);
    expect(status).toBe("applied");
    const { contributors, refIdName } = dialectOf(dialect);
    expect(before).toHaveLength(refIdName === null ? 0 : 3);
    const after = await idsOf(sei, ["m.new", "r.new", "x"]);
    if (contributors === "same") expect(after).toEqual(before);
    else if (refIdName !== null) expect(after[0]).not.toBe(before[0]);
    expect(changesOf(planned, "rename")).toHaveLength(2);
    expectDone(sei);
    expect((await run(sei, AFTER)).planned).toEqual([]);
    const later = desired([...AFTER.developers.values()].map(({ previousEmails: _gone, ...one }) => one));
    expect((await run(sei, later)).planned).toEqual([]);
  },
);

test.each(SERVERS.filter(([name]) => name.startsWith("default") || name === "spring"))(
  "%s: killed at every request, the next run does the rest",
  async (_name, dialect) => {
    for (let call = 0; call < 7; call += 1) {
      for (const when of ["before", "after"] as const) {
        const sei = await start(dialect);
        await run(sei, AFTER, dyingAt(call, when));
        expect(await run(sei, AFTER)).toMatchObject({ status: "applied" });
        expectDone(sei);
        expect(await folderJournal(join(folder, "journal")).entries()).toEqual([]);
        await sei.stop();
      }
    }
  },
  30_000,
);
