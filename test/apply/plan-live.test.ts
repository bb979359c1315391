import { memoryJournal } from "../../provider/apply/journal.js";
import { planLive } from "../../provider/apply/plan-live.js";
import type { LiveRoster } from "../../provider/roster/live-roster.js";
import { MemorySei } from "../support/memory-sei.js";
import { at, declare, desired, dev, MAPPING } from "../support/people.js";

const WANTED = { prune: "all", strategy: "auto", guards: { maxDelete: 7 } } as const;

/** An account that writes down how it was read. */
class Asked extends MemorySei {
  readonly asked: { readonly identities: boolean }[] = [];
  constructor(...logins: readonly string[]) {
    super();
    this.mapping = MAPPING;
    this.developers = new Map(logins.map((login) => [at(login), dev(login)]));
  }
  override async readRoster(options = { identities: true }): Promise<LiveRoster> {
    this.asked.push(options);
    const live = await super.readRoster();
    return options.identities ? live : { ...live, identities: null };
  }
}

test("reads once and plans under what was wanted, for the account that was read", async () => {
  const reader = new Asked("ada", "bob");
  const roster = desired([declare(dev("ada")), declare(dev("eve"))]);
  const made = await planLive({ reader, journal: memoryJournal() }, roster, WANTED);
  expect(made.plan.changes.map(({ kind }) => kind)).toEqual(["create", "delete"]);
  expect(made.plan.target).toBe(reader.target);
  expect(made.policy).toMatchObject({ ...WANTED, target: reader.target, managed: new Set(), journal: [] });
  expect(made.desired).toBe(roster);
  expect([...made.live.developers.keys()]).toEqual([at("ada"), at("bob")]);
  expect(reader.asked).toEqual([{ identities: false }]);
  expect(reader.writes).toEqual([]);
});

test("asks for identities where one is declared or a rename is under way, and only there", async () => {
  const journal = memoryJournal();
  const reader = new Asked("ada", "old");
  const plain = desired([declare(dev("ada"))]);
  await planLive({ reader, journal }, desired([declare(dev("ada"), { 101: "ada" })]), WANTED);
  await planLive({ reader, journal }, plain, WANTED);
  const begun = { email: at("ada"), previousEmail: at("old"), identities: [] };
  await journal.add([begun]);
  const made = await planLive({ reader, journal }, plain, WANTED);
  expect(reader.asked).toEqual([{ identities: true }, { identities: false }, { identities: true }]);
  expect(made.policy.journal).toEqual([begun]);
});
