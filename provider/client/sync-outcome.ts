/** What every outcome of a sync has. */
interface Told {
  /**
   * The same for somebody who may read it: it names the developer, values and what the API said. A function, so that an
   * outcome that is logged whole names nobody.
   */
  readonly explain: () => string;
}

/** Live was as declared: nothing was sent. */
export interface SyncUnchanged extends Told {
  readonly status: "unchanged";
}

/** The developer was not live, and now is: verified by a read. */
export interface SyncCreated extends Told {
  readonly status: "created";
  /** How many identities were set. */
  readonly identities: number;
  /** The checksum of the plan that was applied, as in the audit. */
  readonly checksum: string;
}

/** The developer was live, and now is as declared: verified by a read. */
export interface SyncUpdated extends Told {
  readonly status: "updated";
  /** The columns that changed, sorted; none when only identities did. */
  readonly columns: readonly string[];
  /** How many identities were set. */
  readonly identities: number;
  /** Whether the developer had another address, from `previousEmails`. */
  readonly renamed: boolean;
  /** The checksum of the plan that was applied, as in the audit. */
  readonly checksum: string;
}

/** What was asked for is not done, and nothing was sent: the developer is not valid, or a guard objects. */
export interface SyncRefused extends Told {
  readonly status: "refused";
  /** Why, without a person. */
  readonly reason: string;
  /** What refused: names of guards, or of rules of a developer that is not valid. Sorted. */
  readonly by: readonly string[];
}

/** It went wrong, or it is not known to have gone well. Call it again: it reads what is live and does the rest. */
export interface SyncFailed extends Told {
  readonly status: "failed";
  /** Why, without a person and without a word of the API. */
  readonly reason: string;
  /** Whether anything may have changed. */
  readonly touched: boolean;
}

/** What became of one developer. */
export type SyncOutcome = SyncUnchanged | SyncCreated | SyncUpdated | SyncRefused | SyncFailed;
