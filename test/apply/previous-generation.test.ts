import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { applyPlan } from "../../provider/apply/apply-plan";
import { type Backup, backUp, backupText, parseBackup } from "../../provider/apply/backup";
import { folderJournal } from "../../provider/apply/folder-journal";
import type { Outcome } from "../../provider/apply/outcome";
import { type PlannedRoster, planLive, type Wanted } from "../../provider/apply/plan-live";
import { planBackup } from "../../provider/cli/plan-backup";
import { countChanges } from "../../provider/roster/change";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import { refusals } from "../../provider/roster/plan";
import { connect } from "../../provider/sei/client";
import { type Dialect, type Simulator, startSimulator } from "../../provider/simulator/simulator";
import { at, declare, desired, dev, MAPPING } from "../support/people";

const TYPED = {
  applicationTypes: new Map([
    [101, "GITHUB"],
    [102, "JIRA"],
  ]),
  fields: MAPPING,
};
const WANTED: Wanted = { prune: "all", strategy: "auto", guards: { maxDelete: "100%", maxUpdate: "100%" } };

const boss = declare(dev("boss"), { 101: "boss" });
const ada = declare(dev("ada", { manager: "boss", Role: "Engineer" }), { 101: "ada", 102: "A1" });
const bob = declare(dev("bob", { manager: "boss" }));
const TEAM = desired([boss, ada, bob], TYPED);

/** Where the identities can be read. */
const SERVERS: readonly (readonly [string, Partial<Dialect>])[] = [
  ["identities by the current request", { generations: "both" }],
  ["identities by v1", { generations: "previous" }],
  [
    "identities by v1, other choices",
    { generations: "previous", previousVersionName: "versionId", saveActivates: false },
  ],
];

let sei: Simulator;
let client: ReturnType<typeof connect>;

/** An account of the previous generation, and a client of it, for each of the tests that follow. */
function eachOn(dialect: Partial<Dialect>): void {
  beforeEach(async () => {
    const integrations = [
      { id: 101, type: "GITHUB" },
      { id: 102, type: "JIRA" },
    ] as const;
    sei = await startSimulator({ dialect, integrations });
    const pace = { rereadMs: [5], retry: { baseMs: 1 } };
    client = connect({ endpoint: sei.url, apiKey: "simulator", generation: "previous", ...pace });
  });
  afterEach(async () => {
    await client.close();
    await sei.stop();
  });
}

describe.each(SERVERS)("%s", (_name, dialect) => {
  eachOn(dialect);
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "sei-previous-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  function planned(want: DesiredRoster, wanted: Wanted = WANTED): Promise<PlannedRoster> {
    const { reader } = client;
    return planLive({ reader, journal: folderJournal(join(folder, "journal")) }, want, wanted);
  }

  /** Plans, applies, and plans again, which must be nothing. */
  async function become(want: DesiredRoster, wanted: Wanted = WANTED): Promise<Outcome> {
    const made = await planned(want, wanted);
    expect(refusals(made.plan)).toEqual([]);
    const { reader, writer } = client;
    const outcome = await applyPlan({
      ...made,
      reader,
      writer,
      journal: folderJournal(join(folder, "journal")),
      deadlineMs: 2_000,
    });
    expect(outcome.reason ?? "").toBe("");
    expect(outcome.status).toBe("applied");
    const again = await planned(want, wanted);
    expect([again.plan.changes, refusals(again.plan)]).toEqual([[], []]);
    return outcome;
  }

  const written = () =>
    sei
      .requests()
      .map(
        ({ method, path }) =>
          `${method} ${path.replace(/.*\/v2\/developers/, "").replace(/uploads\/[^/]+/, "uploads/N")}`,
      )
      .filter((one) => !one.startsWith("GET") && !one.includes("/list"));

  test("setup with identities, upsert, delete, identities that move", async () => {
    await become(TEAM);
    expect(new Set(written())).toEqual(
      new Set([
        "POST /upload",
        "POST /uploads/N/save",
        "POST /cloud-ids",
        ...(dialect.saveActivates === false ? ["POST /uploads/N/approve"] : []),
      ]),
    );
    sei.resetRequests();
    const moved = [
      declare(dev("boss", { Team: "Core" }), { 101: "boss", 102: "A1" }),
      declare(dev("ada", { manager: "boss" }), { 101: "ada" }),
    ];
    await become(desired([...moved, declare(dev("nia", { manager: "ada" }), { 101: "nia" })], TYPED), {
      ...WANTED,
      strategy: "upsert",
      guards: { ...WANTED.guards, maxIdentityMove: "100%" },
    });
    expect(new Set(written())).toEqual(new Set(["PATCH ", "POST /cloud-ids", "DELETE "]));
  });

  test("reupload and approve", async () => {
    await become(TEAM);
    sei.resetRequests();
    await become(desired([boss, declare(dev("nia", { manager: "boss", Role: "CTO" }))], TYPED), {
      ...WANTED,
      strategy: "reupload",
    });
    expect(written()).toEqual(["POST /reupload", "POST /uploads/N/approve"]);
  });

  test("a rename keeps identities and reports", async () => {
    await become(TEAM);
    const { name: _, managerEmail: __, ...rest } = declare(dev("chief"));
    const renamed = { ...rest, attributes: {}, previousEmails: [at("boss")] };
    const others = [
      declare(dev("ada", { manager: "chief", Role: "Engineer" }), { 101: "ada", 102: "A1" }),
      declare(dev("bob", { manager: "chief" })),
    ];
    const want = desired([renamed, ...others], TYPED);
    expect(countChanges((await planned(want)).plan.changes)).toMatchObject({ rename: 1, create: 0, delete: 0 });
    await become(want);
    expect(await client.reader.readIdentities([at("chief"), at("boss")])).toEqual([
      { email: at("chief"), integrationId: 101, identity: "boss" },
    ]);
  });

  test("a backup has the application types, so that it can be restored", async () => {
    await become(TEAM);
    const { live, plan } = await planned(desired([boss], TYPED));
    const backup = parseBackup(
      backupText(await backUp(client.reader, live, plan, new Date(0), TYPED.applicationTypes)),
    );
    await become(desired([boss], TYPED));
    const restored = async (from: Backup) => {
      const session = { reader: client.reader, journal: folderJournal(join(folder, "journal")) };
      return planBackup(from, undefined, session);
    };
    const { applicationTypes: _, ...untyped } = backup;
    expect(refusals((await restored(untyped)).plan).map(({ name }) => name)).toEqual(["applicationType"]);
    const made = await restored(backup);
    expect(refusals(made.plan)).toEqual([]);
    const { reader, writer } = client;
    expect(await applyPlan({ ...made, reader, writer, deadlineMs: 2_000 })).toMatchObject({ status: "applied" });
    expect((await planned(TEAM)).plan.changes).toEqual([]);
  });
});

describe("an account whose identities nothing reads", () => {
  eachOn({ generations: "previous", contributors: "none" });
  const journal = { entries: async () => [] };
  const people = [declare(dev("boss")), declare(dev("ada", { manager: "boss" })), declare(dev("bob"))];

  test("a roster without identities works, deletes and re-uploads too, with a backup", async () => {
    const { reader, writer } = client;
    for (const [want, strategy] of [
      [people, "auto"],
      [people.slice(0, 2), "upsert"],
      [people, "reupload"],
    ] as const) {
      const made = await planLive({ reader, journal }, desired(want, { fields: MAPPING }), { ...WANTED, strategy });
      expect(refusals(made.plan)).toEqual([]);
      const backup = await backUp(reader, made.live, made.plan, new Date(0));
      expect(backup.identities ?? []).toEqual([]);
      expect(await applyPlan({ ...made, reader, writer, deadlineMs: 2_000 })).toMatchObject({ status: "applied" });
    }
  });

  test("a roster with one is refused before anything is written, and says why and what to do", async () => {
    const { reader, writer } = client;
    const setup = await planLive({ reader, journal }, desired(people, { fields: MAPPING }), WANTED);
    await applyPlan({ ...setup, reader, writer, deadlineMs: 2_000 });
    const one = desired([...people.slice(0, 2), declare(dev("bob"), { 101: "bob" })], TYPED);
    const [refusal, ...others] = refusals((await planLive({ reader, journal }, one, WANTED)).plan);
    expect(others).toEqual([]);
    expect(refusal).toMatchObject({
      name: "completeRead",
      reason: expect.stringContaining(
        "the identities cannot be read: the previous generation of the API has no request for it",
      ),
      hint: expect.stringContaining("take `identities` out of the roster"),
      people: [at("bob")],
    });
  });
});
