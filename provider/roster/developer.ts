import type { Effective } from "./effective.js";
import type { Strings } from "./strings.js";

/** One complete record, as an account holds it. A blank value is "". */
export interface Developer {
  /** The key: trimmed, lower-cased. */
  readonly email: string;
  readonly name: string;
  /** The manager's key; "" for nobody. */
  readonly managerEmail: string;
  /** By column name; every attribute column of the field mapping has a value here. */
  readonly attributes: Strings;
}

/**
 * One developer as declared. What is left out is not managed (the live value stays); "" clears.
 */
export interface DesiredDeveloper {
  readonly email: string;
  readonly name?: string;
  readonly managerEmail?: string;
  /** Only the attributes that are declared. */
  readonly attributes: Strings;
  /** By integrationId; only the integrations that are declared. */
  readonly identities: ReadonlyMap<number, string>;
  /** Left out: on the roster on every day. */
  readonly effective?: Effective;
  /** Keys of former addresses. Left out: none. */
  readonly previousEmails?: readonly string[];
}

/** A developer's user id in one integration. Key: email + integrationId. */
export interface Identity {
  readonly email: string;
  readonly integrationId: number;
  readonly identity: string;
}
