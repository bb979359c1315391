import type { Developer, Identity } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";

/**
 * Whether the live read is known to be complete. Nobody is deleted without proof: a short answer of the API looks
 * exactly like people who left.
 */
export type Completeness =
  | { readonly proven: true; readonly count: number }
  | {
      readonly proven: false;
      readonly reason: string;
      /** Every answer was 404: an account without a setup looks like this, and so does a wrong endpoint. */
      readonly everythingMissing?: boolean;
    };

/** The developers of an account as read in one operation. */
export interface LiveRoster {
  /** null: the initial setup has not been done, so there is no mapping and nobody. */
  readonly mapping: FieldMapping | null;
  /** By key. */
  readonly developers: ReadonlyMap<string, Developer>;
  /** null: not read, because nobody asked for them. */
  readonly identities: readonly Identity[] | null;
  readonly completeness: Completeness;
}
