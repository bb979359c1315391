import type { Store } from "./account/store.js";
import type { Dialect } from "./dialect/dialect.js";

/** What every operation works with. */
export interface Simulation {
  readonly store: Store;
  readonly dialect: Dialect;
  /** Columns that org trees filter or group by, in any spelling: an upload without them is refused. */
  readonly orgTreeFields: readonly string[];
  /** The integrations that exist; null when every positive integer is one. */
  readonly integrations: ReadonlySet<number> | null;
}
