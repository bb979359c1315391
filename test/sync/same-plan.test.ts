import { memoryJournal } from "../../provider/apply/journal.js";
import { planLive, type Wanted } from "../../provider/apply/plan-live.js";
import type { DesiredDeveloper } from "../../provider/roster/developer.js";
import { refusals } from "../../provider/roster/plan.js";
import { strings } from "../../provider/roster/strings.js";
import type { SeiReader } from "../../provider/sei/reader.js";
import { desired } from "../support/people.js";
import { connected, crowd, DIALECT_NAMES } from "./crowd.js";

// Three hundred people are set up for every case.
jest.setTimeout(60_000);

interface Edit {
  readonly of: string;
  readonly name?: string;
  readonly manager?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly identities?: Readonly<Record<number, string>>;
  readonly previousEmails?: readonly string[];
}

const declared = ({ of, name, manager, attributes = {}, identities = {}, ...rest }: Edit): DesiredDeveloper => ({
  email: `${of}@example.com`,
  ...(name === undefined ? {} : { name }),
  ...(manager === undefined ? {} : { managerEmail: manager === "" ? "" : `${manager}@example.com` }),
  attributes: strings(Object.entries(attributes)),
  identities: new Map(Object.entries(identities).map(([id, identity]) => [Number(id), identity])),
  ...rest,
});

/** What people may want of one developer, or two, and what may be wrong with it. */
const EDITS: readonly (readonly Edit[])[] = [
  [{ of: "p17", attributes: { Team: "Core" } }],
  [{ of: "p17", name: "Person 17", manager: "p1", attributes: { Team: "Team 3", Site: "Site 2" } }],
  [{ of: "p17", manager: "p2", attributes: { Site: "" } }],
  [{ of: "p17", manager: "" }],
  [{ of: "p2", manager: "p29" }],
  [{ of: "p299", identities: { 101: "login299" } }],
  [{ of: "p299", identities: { 101: "new", 102: "other" } }],
  [{ of: "p299", identities: { 101: "login5" } }],
  [{ of: "nia", name: "Nia", manager: "p5", identities: { 101: "nia" } }],
  [{ of: "nia", name: "Nia", manager: "mo" }],
  [{ of: "nia", manager: "p5" }],
  [
    { of: "nia", name: "Nia", manager: "mo" },
    { of: "mo", name: "Mo", manager: "p299" },
  ],
  [{ of: "nia", name: "Nia", previousEmails: ["p17@example.com"] }],
  [{ of: "nia", name: "Nia", previousEmails: ["gone@example.com"] }],
  [{ of: "p17", attributes: { Nonsense: "x" } }],
];

/** The same reader, which never reads a part. */
const whole = (reader: SeiReader): SeiReader => ({
  target: reader.target,
  readRoster: ({ identities }) => reader.readRoster({ identities }),
  readIdentities: (emails) => reader.readIdentities(emails),
  readRefIds: (emails, mapping) => reader.readRefIds(emails, mapping),
});

test.each(DIALECT_NAMES)(
  "%s: what is planned on a part of the account is what is planned on all of it",
  async (dialect) => {
    const account = await crowd({ dialect });
    let parts = 0;
    for (const edits of EDITS) {
      const world = desired(edits.map(declared));
      const only = edits.map(({ of }) => `${of}@example.com`);
      const wanted: Wanted = { prune: "none", strategy: "auto", guards: {}, only };
      const plan = (reader: SeiReader) => planLive({ reader, journal: memoryJournal() }, world, wanted);
      const [part, all] = [await plan(connected(account).reader), await plan(whole(connected(account).reader))];
      const seen = (planned: typeof part) => [planned.plan.changes, refusals(planned.plan).map(({ reason }) => reason)];
      expect([edits, ...seen(part)]).toEqual([edits, ...seen(all)]);
      expect([all.live.part, all.only]).toEqual([undefined, undefined]);
      if (part.live.part === true) parts += 1;
    }
    // A rename is planned on everybody; and a server that compares addresses with regard to case never on a part.
    expect(parts).toBe(dialect === "items" ? 0 : EDITS.length - 1);
  },
);
