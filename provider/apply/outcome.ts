import type { Change } from "../roster/change.js";
import type { LiveRoster } from "../roster/live-roster.js";

/** What became of an apply. */
export interface Outcome {
  /**
   * `applied`: everything that was planned is live, seen by a read afterwards. `unverified`: every request was taken,
   * but a read does not show it. `failed`: some of it was not done.
   */
  readonly status: "applied" | "unverified" | "failed";
  readonly done: readonly Change[];
  readonly failed: readonly Change[];
  readonly notTried: readonly Change[];
  /** Why it failed, or what a read shows instead; "" when applied. No people. */
  readonly reason: string;
  /** Live differs from desired in something that was not planned: somebody else wrote meanwhile. */
  readonly elsewhere: number;
  /** The last read. null: there was none. */
  readonly live: LiveRoster | null;
}
