import fc from "fast-check";
import { applyPlan } from "../../provider/apply/apply-plan";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { DeclaredMapping } from "../../provider/roster/field-mapping";
import { plan, refusals } from "../../provider/roster/plan";
import { strings } from "../../provider/roster/strings";
import { connect } from "../../provider/sei/client";
import { DIALECTS, type Simulator, type SimulatorOptions, startSimulator } from "../../provider/simulator/simulator";
import { MemorySei } from "../support/memory-sei";
import { at, declare, desired, dev, MAPPING, policy } from "../support/people";

/** Everybody as they are, under columns that change. */
interface Change {
  readonly fields: DeclaredMapping;
  /** The cell of a new column, by the old cells. */
  readonly cell: (column: string, old: Readonly<Record<string, string>>) => string;
}

const VALUES = ["", "x", "Payments", "two words", '"quoted", with a comma', "línea"] as const;

const person = fc.record({
  Role: fc.constantFrom(...VALUES),
  Team: fc.constantFrom(...VALUES),
  boss: fc.nat(20),
  identity: fc.boolean(),
});
const people = fc.array(person, { minLength: 1, maxLength: 8 });

const change: fc.Arbitrary<Change> = fc
  .record({
    add: fc.subarray(["Site", "Cost Centre", "__proto__"]),
    drop: fc.subarray(["Role", "Team"]),
    rename: fc.boolean(),
    name: fc.boolean(),
    manager: fc.boolean(),
  })
  .map(({ add, drop, rename, name, manager }) => {
    const renamed = rename && !drop.includes("Team");
    const kept = ["Role", "Team"].filter((column) => !drop.includes(column));
    const attributes = [...kept.map((column) => (renamed && column === "Team" ? "Squad" : column)), ...add];
    const fields = {
      ...MAPPING,
      name: name ? "Person" : "Name",
      managerEmail: manager ? "Reports To" : "Manager Email",
      attributes,
      dropColumns: drop,
      renameColumns: strings(renamed ? [["Team", "Squad"]] : []),
    };
    return { fields, cell: (column, old) => old[column === "Squad" ? "Team" : column] ?? "" };
  });

function rosterOf(drawn: readonly { Role: string; Team: string; boss: number; identity: boolean }[]): DesiredRoster {
  const declared = drawn.map(({ Role, Team, boss, identity }, index) =>
    // Only who comes before may be the manager, so nobody reports in a circle.
    declare(
      dev(`p${index}`, { Role, Team, manager: index === 0 ? "" : `p${boss % index}` }),
      identity ? { 101: `login-${index}`, 7: `${index}` } : {},
    ),
  );
  return desired(declared, { fields: MAPPING });
}

type Hands = Pick<ReturnType<typeof connect>, "reader" | "writer">;

async function run({ reader, writer }: Hands, want: DesiredRoster) {
  const live = await reader.readRoster({ identities: true });
  const under = policy({ prune: "none", strategy: "upsert" });
  const made = plan(want, live, under);
  expect(refusals(made)).toEqual([]);
  const outcome = await applyPlan({
    plan: made,
    desired: want,
    live,
    policy: under,
    reader,
    writer,
    deadlineMs: 2_000,
  });
  return { outcome, made };
}

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function start(dialect: SimulatorOptions["dialect"]): Promise<{ sei: Simulator; hands: Hands }> {
  const sei = await startSimulator(dialect === undefined ? {} : { dialect });
  const options = {
    endpoint: sei.url,
    apiKey: "simulator",
    account: "acc-1",
    rereadMs: [30, 100, 300],
    retry: { baseMs: 5 },
  };
  const client = connect(options);
  open.push({ close: () => client.close().then(() => sei.stop()) });
  return { sei, hands: client };
}

const names = Object.keys(DIALECTS) as (keyof typeof DIALECTS)[];

test.each(names)(
  "%s: everybody, every other column and every identity survives a change of the mapping",
  async (dialect) => {
    await fc.assert(
      fc.asyncProperty(people, change, async (drawn, { fields, cell }) => {
        const { sei, hands } = await start(dialect);
        expect((await run(hands, rosterOf(drawn))).outcome).toMatchObject({ status: "applied" });
        const before = sei.state();
        const { outcome, made } = await run(hands, desired([], { fields }));
        if (dialect === "terse" && made.changes.length > 0) {
          // Takes no second upload, and says nothing of what a re-upload would do.
          expect(outcome.status).toBe("failed");
          expect(sei.state()).toMatchObject({ columns: before.columns, developers: before.developers });
          return;
        }
        expect(outcome).toMatchObject({ status: "applied", reason: "" });
        const after = sei.state();
        expect(after.identities).toEqual(before.identities);
        expect(after.developers.map(({ email, name, managerEmail }) => [email, name, managerEmail]).sort()).toEqual(
          before.developers.map(({ email, name, managerEmail }) => [email, name, managerEmail]).sort(),
        );
        const old = new Map(before.developers.map(({ email, attributes }) => [email, attributes]));
        for (const { email, attributes } of after.developers) {
          expect(Object.keys(attributes).sort()).toEqual([...fields.attributes].sort());
          for (const column of fields.attributes) expect(attributes[column]).toBe(cell(column, old.get(email) ?? {}));
        }
        expect((await run(hands, desired([], { fields }))).made.changes).toEqual([]);
      }),
      { numRuns: dialect === "default" ? 10 : 4 },
    );
  },
  60_000,
);

describe("what a save does besides", () => {
  const fields = { ...MAPPING, attributes: ["Role", "Team", "Site"] };
  const two = desired([declare(dev("ada", { Role: "Chief" }), { 101: "ada" }), declare(dev("bob"), { 101: "bob" })], {
    fields: MAPPING,
  });

  async function memory(): Promise<MemorySei> {
    const sei = new MemorySei();
    await run({ reader: sei, writer: sei } as unknown as Hands, two);
    return sei;
  }

  const changed = (sei: MemorySei) => run({ reader: sei, writer: sei } as unknown as Hands, desired([], { fields }));

  test("an identity that is lost with it is told", async () => {
    const sei = await memory();
    sei.onWrite = (when, what) => {
      if (when === "after" && what === "save")
        sei.identities = sei.identities.filter(({ email }) => email !== at("ada"));
    };
    const { outcome } = await changed(sei);
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: "the API took every request, but 1 identity(ies) that were live are not any more",
    });
  });

  test("a value that is altered with it is told, also of who was not to be changed", async () => {
    const sei = await memory();
    sei.onWrite = (when, what) => {
      const ada = sei.developers.get(at("ada"));
      if (when === "after" && what === "save" && ada !== undefined) {
        sei.developers.set(at("ada"), {
          ...ada,
          attributes: strings([
            ["Role", ""],
            ["Team", ""],
            ["Site", ""],
          ]),
        });
      }
    };
    expect((await changed(sei)).outcome).toMatchObject({
      status: "unverified",
      reason: 'the API took every request, but 1 developer(s) hold something else than was sent in "Role"',
    });
  });

  test("a column that a server keeps is told", async () => {
    const sei = await memory();
    sei.onWrite = (when, what) => {
      if (when === "after" && what === "save" && sei.mapping !== null) sei.mapping = MAPPING;
    };
    const dropped = desired([], { fields: { ...MAPPING, attributes: ["Role"], dropColumns: ["Team"] } });
    const { outcome } = await run({ reader: sei, writer: sei } as unknown as Hands, dropped);
    expect(outcome).toMatchObject({
      status: "unverified",
      reason: expect.stringContaining("does not show 1 of 1 changes"),
    });
  });

  test("a save that was lost is sent again, with the columns that the read shows", async () => {
    const sei = await memory();
    sei.trouble.set(sei.writes.length + 1, "lost before");
    const renamed = { ...MAPPING, attributes: ["Role", "Squad"], renameColumns: strings([["Team", "Squad"]]) };
    const bob = desired([{ ...declare(dev("bob", { Team: "T" })), identities: new Map() }]);
    await run({ reader: sei, writer: sei } as unknown as Hands, bob);
    sei.trouble.clear();
    sei.trouble.set(sei.writes.length + 1, "lost before");
    const { outcome } = await run({ reader: sei, writer: sei } as unknown as Hands, desired([], { fields: renamed }));
    expect(outcome.status).toBe("applied");
    expect(sei.writes.filter((what) => what === "save").length).toBeGreaterThan(1);
    expect({ ...sei.developers.get(at("bob"))?.attributes }).toMatchObject({ Squad: "T" });
  });
});
