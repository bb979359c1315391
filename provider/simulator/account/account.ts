import type { Strings } from "../../roster/strings.js";
import type { Columns } from "./columns.js";

/** One developer as stored: a value for every column ("" for blank), and the id that never changes. */
export interface StoredDeveloper {
  readonly refId: number;
  readonly values: Strings;
}

/**
 * The life of a version. `uploaded`: waits for save. `reviewed`: waits for approve. `refused`: a reupload with errors that
 * the dialect gave a version nevertheless. `saved`: mapped, and waits for approve, in dialects where save does not
 * activate. `active`: in force. `superseded`: was in force once.
 */
export type DraftStatus = "uploaded" | "reviewed" | "refused" | "saved" | "active" | "superseded";

/** An uploaded CSV under its versionId. */
export interface Draft {
  readonly id: string;
  readonly status: DraftStatus;
  readonly columns: Columns;
  /** The cells, by row, in the order of `header`; null once they are not needed any more. */
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[] | null;
  /** The account's revision when it was uploaded: a higher one now means that it is stale. */
  readonly revision: number;
}

/** By the developer's key, by integrationId: the identities, of which there are several only where the dialect appends. */
export type Identities = ReadonlyMap<string, ReadonlyMap<number, readonly string[]>>;

/** Everything the server knows. A value: a write makes a new one, or nothing. */
export interface Account {
  /** Null until the initial setup is complete. */
  readonly columns: Columns | null;
  /** By key (the email as the dialect compares it). */
  readonly developers: ReadonlyMap<string, StoredDeveloper>;
  readonly identities: Identities;
  readonly drafts: ReadonlyMap<string, Draft>;
  readonly active: string | null;
  /** Counts the writes to the developers. */
  readonly revision: number;
  readonly nextRefId: number;
  readonly nextVersion: number;
}

export const EMPTY_ACCOUNT: Account = {
  columns: null,
  developers: new Map(),
  identities: new Map(),
  drafts: new Map(),
  active: null,
  revision: 0,
  nextRefId: 1,
  nextVersion: 1,
};
