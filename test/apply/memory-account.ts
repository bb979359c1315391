import { type Apply, applyPlan } from "../../provider/apply/apply-plan";
import type { Outcome } from "../../provider/apply/outcome";
import type { DesiredRoster } from "../../provider/roster/desired-roster";
import type { Developer } from "../../provider/roster/developer";
import { type Plan, type Policy, plan } from "../../provider/roster/plan";
import { MemorySei } from "../support/memory-sei";
import { MAPPING, NO_LIMITS, policy } from "../support/people";

/** An account in memory, set up, with these people. */
export function account(people: readonly Developer[], identities: MemorySei["identities"] = []): MemorySei {
  const sei = new MemorySei();
  sei.mapping = MAPPING;
  sei.developers = new Map(people.map((one) => [one.email, one]));
  sei.identities = identities;
  return sei;
}

/** What became of one apply. */
export interface Applied {
  readonly outcome: Outcome;
  readonly plan: Plan;
  /** How long it slept, in milliseconds; no test waits for that. */
  readonly waits: readonly number[];
  /** Plans once more. */
  readonly again: () => Promise<Plan>;
}

/** Reads, plans and applies, with a clock that only sleeping moves. */
export async function applyTo(
  sei: MemorySei,
  want: DesiredRoster,
  more: Partial<Policy> = {},
  fake: Partial<Apply> = {},
): Promise<Applied> {
  const under = policy({ guards: NO_LIMITS, ...more });
  const live = await sei.readRoster();
  const made = plan(want, live, under);
  const waits: number[] = [];
  const outcome = await applyPlan({
    plan: made,
    desired: want,
    live,
    policy: under,
    reader: sei,
    writer: sei,
    sleep: async (ms) => waits.push(ms),
    now: () => waits.reduce((sum, ms) => sum + ms, 0),
    ...fake,
  });
  return { outcome, plan: made, waits, again: async () => plan(want, await sei.readRoster(), under) };
}
