import type { ContributorLists } from "./account/contributor-lists.js";
import type { Integrations } from "./account/integrations.js";
import type { Store } from "./account/store.js";
import type { Dialect } from "./dialect/dialect.js";

/** What every operation works with. */
export interface Simulation {
  readonly store: Store;
  readonly dialect: Dialect;
  /** Columns that org trees filter or group by, in any spelling: an upload without them is refused. */
  readonly orgTreeFields: readonly string[];
  readonly integrations: Integrations;
  /** The name of a version in answers: the current generation's `versionId`, or what the previous one has for it. */
  readonly versionName: "versionId" | "uploadId";
  /** Where the contributors of v1 are; null for an account without them. */
  readonly contributors: ContributorLists | null;
}
