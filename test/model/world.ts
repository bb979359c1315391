import fc from "fast-check";
import type { DesiredRoster } from "../../provider/roster/desired-roster.js";
import type { DesiredDeveloper, Developer } from "../../provider/roster/developer.js";
import type { Prune, Strategy } from "../../provider/roster/policy.js";
import { DIALECTS, type DialectName } from "../../provider/simulator/simulator.js";
import { desired } from "../support/people.js";
import type { Mischief } from "./chaos-proxy.js";

export const MAPPING = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team", "Site"] };

/** One person of a story: what they are before, and what they should be. `gone`: not there. */
interface Person {
  readonly before: Values | "gone";
  readonly after: Values | "gone" | "same";
  readonly identity: string | null;
}

interface Values {
  readonly name: string;
  /** The person with that number; -1 for nobody. Only people with smaller numbers manage, so nothing is circular. */
  readonly manager: number;
  readonly team: string;
}

/** What happens: who is there, what is declared, under which policy, and everything that goes wrong. */
export interface Story {
  readonly dialect: DialectName;
  readonly live: readonly Developer[];
  readonly identities: readonly { readonly email: string; readonly integrationId: number; readonly identity: string }[];
  readonly desired: DesiredRoster;
  readonly prune: Prune;
  readonly strategy: Strategy;
  readonly loose: boolean;
  /** One after the other; after them a run without trouble. */
  readonly attempts: readonly Attempt[];
}

export interface Attempt {
  readonly mischief: ReadonlyMap<number, Mischief>;
  readonly killAt: number | null;
}

const values = (at: number): fc.Arbitrary<Values> =>
  fc.record({
    name: fc.constantFrom("A B", 'Ü, "q"', "N\nL"),
    manager: at === 0 ? fc.constant(-1) : fc.integer({ min: -1, max: at - 1 }),
    team: fc.constantFrom("", "x", "007"),
  });

const person = (at: number): fc.Arbitrary<Person> =>
  fc.record({
    before: fc.oneof({ weight: 4, arbitrary: values(at) }, { weight: 1, arbitrary: fc.constant("gone" as const) }),
    after: fc.oneof(
      { weight: 4, arbitrary: fc.constant("same" as const) },
      { weight: 2, arbitrary: values(at) },
      { weight: 1, arbitrary: fc.constant("gone" as const) },
    ),
    identity: fc.option(fc.constantFrom(`p${at}`, "shared"), { freq: 3 }),
  });

const mischief: fc.Arbitrary<Mischief> = fc.oneof(
  fc.constantFrom<Mischief>(
    { kind: "refuse", status: 429 },
    { kind: "refuse", status: 500 },
    { kind: "refuse", status: 503 },
    { kind: "reset", when: "before" },
    { kind: "reset", when: "after" },
    { kind: "truncate" },
    { kind: "html" },
    { kind: "empty" },
    { kind: "short" },
    { kind: "doubled" },
    { kind: "meddle" },
  ),
);

const attempt: fc.Arbitrary<Attempt> = fc.record({
  mischief: fc
    .array(fc.tuple(fc.nat(20), mischief), { maxLength: 5 })
    .map((entries): ReadonlyMap<number, Mischief> => new Map(entries)),
  killAt: fc.option(fc.nat(20), { freq: 2 }),
});

export const story: fc.Arbitrary<Story> = fc
  .tuple(
    fc.constantFrom(...(Object.keys(DIALECTS) as DialectName[])),
    fc.tuple(...Array.from({ length: 7 }, (_, at) => person(at))),
    fc.constantFrom<Prune>("none", "managed", "all", "all"),
    fc.constantFrom<Strategy>("auto", "auto", "upsert", "reupload"),
    fc.boolean(),
    fc.array(attempt, { minLength: 1, maxLength: 3 }),
  )
  .map(([dialect, people, prune, strategy, loose, attempts]) => ({
    dialect,
    live: peopleOf(people.map(({ before }) => before)),
    identities: people.flatMap(({ before, identity }, at) =>
      before === "gone" || identity !== `p${at}` ? [] : [{ email: emailOf(at), integrationId: 101, identity }],
    ),
    desired: desiredOf(people),
    prune,
    strategy: strategy === "reupload" && !canReupload(dialect) ? "upsert" : strategy,
    loose,
    attempts,
  }));

/** A server that merges what is approved cannot delete by it; one that says nothing of it is not trusted with it. */
function canReupload(dialect: DialectName): boolean {
  const { reupload, reviewShape } = DIALECTS[dialect];
  return reupload !== "merge" && reviewShape !== "versionOnly";
}

export const emailOf = (at: number): string => `p${at}@example.com`;

/** Whose manager is not there reports to nobody. */
function peopleOf(all: readonly (Values | "gone")[]): readonly Developer[] {
  return all.flatMap((one, at) => {
    if (one === "gone") return [];
    const boss = all[one.manager];
    const managerEmail = boss === undefined || boss === "gone" ? "" : emailOf(one.manager);
    return [{ email: emailOf(at), name: `${one.name} ${at}`, managerEmail, attributes: { Team: one.team, Site: "" } }];
  });
}

function desiredOf(people: readonly Person[]): DesiredRoster {
  const all = peopleOf(people.map(({ before, after }) => (after === "same" ? before : after)));
  const claimed = new Set<string>();
  return desired(
    all.map((one): DesiredDeveloper => {
      const identity = people[Number(/\d+/.exec(one.email)?.[0])]?.identity ?? null;
      const free = identity !== null && !claimed.has(identity);
      if (free) claimed.add(identity);
      return { ...one, identities: new Map(free ? [[101, identity]] : []) };
    }),
  );
}
