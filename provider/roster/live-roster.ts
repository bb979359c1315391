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

/** Whether the identities are known to be complete: a rename takes along only what the read shows. */
export type IdentityCompleteness =
  | { readonly proven: true }
  | {
      readonly proven: false;
      readonly reason: string;
      /** Two answers disagree, or there is none. Else nothing speaks against the read, but no second answer could. */
      readonly contradicted: boolean;
      /** There is no answer at all, and this is what to do about it. Only in the previous generation. */
      readonly unavailable?: string;
    };

/** Developers of whom two answers show different values, after they were read again. Their values here may be wrong. */
export interface Disputed {
  /** Keys. */
  readonly people: ReadonlySet<string>;
  /** Which columns, and of how many people; nobody by name. */
  readonly reason: string;
}

/** The developers of an account as read in one operation. */
export interface LiveRoster {
  /** null: the initial setup has not been done, so there is no mapping and nobody. */
  readonly mapping: FieldMapping | null;
  /** By key. */
  readonly developers: ReadonlyMap<string, Developer>;
  /** null: not read, because nobody asked for them. */
  readonly identities: readonly Identity[] | null;
  readonly completeness: Completeness;
  /** Left out where the identities were not read, or come from no API. */
  readonly identityCompleteness?: IdentityCompleteness;
  /** Left out where there is nobody. */
  readonly disputed?: Disputed;
  /** Only some people were asked for: whoever else is not here may be live all the same. Left out: everybody was. */
  readonly part?: true;
}
