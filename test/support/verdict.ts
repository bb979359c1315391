import type { Plan } from "../../provider/roster/plan";
import type { Verdict } from "../../provider/roster/verdict";

/** What one guard says of a plan. */
export function verdict({ guards }: Plan, name: string): Verdict | undefined {
  return guards.find((one) => one.name === name);
}
