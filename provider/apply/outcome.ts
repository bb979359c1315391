import type { Change } from "../roster/change.js";
import type { LiveRoster } from "../roster/live-roster.js";

/** What became of an apply. */
export interface Outcome {
  /**
   * `applied`: everything that was planned is live and nobody is missing, seen by a complete read afterwards.
   * `unverified`: every request was taken, but no read shows that. `failed`: some of it was not done.
   */
  readonly status: "applied" | "unverified" | "failed";
  readonly done: readonly Change[];
  readonly failed: readonly Change[];
  readonly notTried: readonly Change[];
  /** Why it is not applied; "" when it is. It may quote the API, so it belongs into diagnostics, not into a state. */
  readonly reason: string;
  /** The same in words of ours alone: counts, and which request got which status. */
  readonly reasonWithoutPeople: string;
  /** Nothing was replaced, because live was no longer what the plan was made for: plan again. */
  readonly stale?: true;
  /** Whether anything may have changed. */
  readonly touched: boolean;
  /** The last read. null: there was none. */
  readonly live: LiveRoster | null;
}
