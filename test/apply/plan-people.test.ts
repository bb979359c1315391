import { applyPlan } from "../../provider/apply/apply-plan.js";
import { memoryJournal } from "../../provider/apply/journal.js";
import { type PlannedRoster, planLive, type Wanted } from "../../provider/apply/plan-live.js";
import { memoryValues } from "../../provider/apply/values-journal.js";
import type { DesiredRoster } from "../../provider/roster/desired-roster.js";
import type { KeptValues } from "../../provider/roster/kept-values.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { refusals } from "../../provider/roster/plan.js";
import type { RenameEntry } from "../../provider/roster/rename-entry.js";
import { strings } from "../../provider/roster/strings.js";
import type { PartWish } from "../../provider/sei/part/part-wish.js";
import { MemorySei } from "../support/memory-sei.js";
import { at, declare, desired, dev, MAPPING } from "../support/people.js";

interface Want {
  readonly identities: boolean;
  readonly only?: PartWish;
}

/** top, above them head, above them ada and bob; eve reports to top. A reader that can read some of them alone. */
class Parts extends MemorySei {
  readonly asked: Want[] = [];
  /** Whether it can. */
  readsParts = true;

  constructor() {
    super();
    this.mapping = MAPPING;
    const people = [
      dev("top"),
      dev("head", { manager: "top" }),
      dev("ada", { manager: "head" }),
      dev("bob", { manager: "head" }),
      dev("eve", { manager: "top" }),
    ];
    this.developers = new Map(people.map((one) => [one.email, one]));
    this.identities = [{ email: at("eve"), integrationId: 101, identity: "login" }];
  }

  override async readRoster(want: Want = { identities: true }): Promise<LiveRoster> {
    this.asked.push(want);
    const whole = await super.readRoster();
    const { only } = want;
    if (only === undefined || !this.readsParts)
      return { ...whole, identities: want.identities ? whole.identities : null };
    const developers = new Map<string, ReturnType<typeof dev>>();
    for (const start of only.people) {
      for (let one = whole.developers.get(start); one !== undefined; one = whole.developers.get(one.managerEmail)) {
        developers.set(one.email, one);
      }
    }
    const completeness = { proven: true, count: developers.size } as const;
    return {
      mapping: whole.mapping,
      developers,
      identities: want.identities ? this.identities : null,
      completeness,
      part: true,
    };
  }
}

const DECLARED = [
  declare(dev("top")),
  declare(dev("head", { manager: "top" })),
  declare(dev("ada", { manager: "head", Role: "CTO" })),
  declare(dev("bob", { manager: "head", Role: "x" })),
  declare(dev("eve", { manager: "top" })),
];
const WANT = desired(DECLARED);

function planned(
  reader: Parts,
  only: readonly string[],
  want: DesiredRoster = WANT,
  { wanted, journal = [], kept = [] }: { wanted?: Partial<Wanted>; journal?: RenameEntry[]; kept?: KeptValues[] } = {},
): Promise<PlannedRoster> {
  const values = { ...memoryValues(), entries: async () => kept };
  const all: Wanted = { prune: "all", strategy: "auto", guards: {}, only: only.map(at), ...wanted };
  return planLive({ reader, journal: { entries: async () => journal, values } }, want, all);
}

const kindsOf = ({ plan }: PlannedRoster) =>
  plan.changes.map((change) => `${change.kind} ${"email" in change ? change.email : ""}`.replace("@example.com", ""));

describe("an update or a new record", () => {
  test("is planned on that record and those above it, and they are all read again afterwards", async () => {
    const reader = new Parts();
    const made = await planned(reader, ["ada"]);
    expect(kindsOf(made)).toEqual(["update ada"]);
    const only: PartWish = { people: [at("ada"), at("head")], identitiesOf: [at("ada")], claims: [] };
    expect(reader.asked).toEqual([{ identities: false, only }]);
    expect(made.only).toEqual({ ...only, people: [at("ada"), at("head"), at("top")] });
    reader.asked.length = 0;
    const outcome = await applyPlan({ ...made, reader, writer: reader, journal: memoryJournal() });
    expect(outcome.status).toBe("applied");
    expect(reader.writes).toEqual(["upsert ada"]);
    expect(reader.asked).toEqual([{ identities: false, only: made.only }]);
  });

  test("asks for who somebody was, whom they report to and who holds what they get", async () => {
    const reader = new Parts();
    const nia = { ...declare(dev("nia", { manager: "ada" }), { 101: "nia" }), previousEmails: [at("nina")] };
    const { managerEmail: _, ...zoe } = declare(dev("zoe"));
    const made = await planned(reader, ["nia", "zoe"], desired([...DECLARED, nia, zoe]));
    expect(kindsOf(made)).toEqual(["create nia", "create zoe", "setIdentity nia"]);
    expect(reader.asked).toEqual([
      {
        identities: true,
        only: {
          people: [at("nia"), at("nina"), at("ada"), at("zoe")],
          identitiesOf: [at("nia"), at("zoe")],
          claims: [{ integrationId: 101, identity: "nia" }],
        },
      },
    ]);
  });

  test("whose manager is missing too stays refused, without a read of everybody", async () => {
    const reader = new Parts();
    const both = [declare(dev("mo", { manager: "top" })), declare(dev("nia", { manager: "mo" }))];
    const made = await planned(reader, ["nia"], desired([...DECLARED, ...both]));
    expect(refusals(made.plan).map(({ name }) => name)).toEqual(["consistency"]);
    expect(reader.asked).toHaveLength(1);
  });

  test("is planned on everybody where the server cannot show some alone", async () => {
    const reader = new Parts();
    reader.readsParts = false;
    const made = await planned(reader, ["ada"]);
    expect([kindsOf(made), made.only, made.live.developers.size]).toEqual([["update ada"], undefined, 5]);
    expect(reader.asked).toHaveLength(1);
  });

  test("puts back what an interrupted run blanked of them, and of nobody else", async () => {
    const blanked = (login: string): KeptValues => ({
      ...{ email: at(login), name: "", managerEmail: "" },
      attributes: strings([["Team", "Core"]]),
    });
    const want = desired(DECLARED.map((one) => ({ ...one, attributes: strings([]) })));
    const reader = new Parts();
    const kept = [blanked("ada"), blanked("bob")];
    const made = await planned(reader, ["ada"], want, { kept });
    expect(made.plan.changes).toMatchObject([
      { kind: "update", email: at("ada"), fields: [{ field: "Team", before: "", after: "Core" }] },
    ]);
    // What is blank of the other one is remembered until it is put back.
    const values = memoryValues();
    await values.add(kept);
    const outcome = await applyPlan({ ...made, reader, writer: reader, journal: { ...memoryJournal(), values } });
    expect([outcome.status, await values.entries()]).toEqual(["applied", [blanked("bob")]]);
  });
});

describe("everybody is read", () => {
  const whole = { identities: false };

  test("for a name that is not declared: it may be a leaver, or nobody", async () => {
    const reader = new Parts();
    const want = desired(DECLARED.filter(({ email }) => email !== at("ada")));
    const made = await planned(reader, ["ada"], want, { wanted: { guards: { maxDelete: "100%" } } });
    expect([kindsOf(made), made.only, reader.asked]).toEqual([["delete ada"], undefined, [whole]]);
    expect(kindsOf(await planned(new Parts(), ["nobody"], want))).toEqual([]);
  });

  test("for who is declared and has left", async () => {
    const reader = new Parts();
    const absent = new Map([[at("ada"), { kind: "hasLeft", on: "2026-01-31" } as const]]);
    const want = desired(
      DECLARED.filter(({ email }) => email !== at("ada")),
      { absent },
    );
    const made = await planned(reader, ["ada"], want, { wanted: { guards: { maxDelete: "100%" } } });
    expect([kindsOf(made), reader.asked]).toEqual([["delete ada"], [whole]]);
  });

  test("for somebody who turns out to be renamed", async () => {
    const reader = new Parts();
    const want = desired([
      ...DECLARED.slice(0, 4),
      { ...declare(dev("eva", { manager: "top" })), previousEmails: [at("eve")] },
    ]);
    const made = await planned(reader, ["eve"], want, { wanted: { guards: { maxUpdate: "100%" } } });
    expect(kindsOf(made)[0]).toBe("rename eva");
    expect(made.only).toBeUndefined();
    expect(reader.asked.map(({ only }) => only !== undefined)).toEqual([true, false]);
  });

  test("for a share of the roster, of which a part says nothing", async () => {
    const reader = new Parts();
    const guards = { maxUpdate: "25%" } as const;
    const made = await planned(reader, ["ada"], WANT, { wanted: { guards } });
    expect(refusals(made.plan)).toEqual([]);
    expect([reader.asked.length, made.live.developers.size]).toEqual([2, 5]);
  });

  test.each([
    ["by the new address", { email: at("ada"), previousEmail: at("adele"), identities: [] }],
    ["by the old address", { email: at("adele"), previousEmail: at("ada"), identities: [] }],
    ["by an address that they declare", { email: at("other"), previousEmail: at("former"), identities: [] }],
  ])("for a rename of theirs that an earlier run began: %s", async (_how, entry) => {
    const reader = new Parts();
    const want = desired(
      DECLARED.map((one) => ({ ...one, previousEmails: one.email === at("ada") ? [at("former")] : [] })),
    );
    await planned(reader, ["ada"], want, { journal: [entry] });
    expect(reader.asked).toEqual([{ identities: true }]);
  });

  test("not for a rename of others", async () => {
    const reader = new Parts();
    await planned(reader, ["ada"], WANT, { journal: [{ email: at("b2"), previousEmail: at("bob"), identities: [] }] });
    expect(reader.asked.map(({ only }) => only !== undefined)).toEqual([true]);
  });
});
