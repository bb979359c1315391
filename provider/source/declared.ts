import type { GuardSettings, Prune } from "../roster/policy.js";

/** A value of a developer: text, or a number or boolean that is taken as its text. */
export type DeclaredText = string | number | boolean;

/**
 * One developer as a user declares it, in code or in a file. A key that is left out is not managed: the live value
 * stays. null or "" clears.
 *
 * @example
 * { name: "Ada Lovelace", manager: "grace@example.com", attributes: { Role: "Staff Engineer" }, identities: { github: "ada" } }
 */
export interface DeveloperArgs {
  /** Cannot be cleared. A developer who is not live yet needs one. */
  readonly name?: DeclaredText | undefined;
  /** The manager's email; null for nobody. The manager must be on the roster too. */
  readonly manager?: string | null | undefined;
  /** User ids, by the name of an integration (see {@link DeclaredRoster.integrations}) or by its integrationId. */
  readonly identities?: Readonly<Record<string, DeclaredText>> | undefined;
  /** Attributes by column name. In a file a column may also stand next to the keys above. */
  readonly attributes?: Readonly<Record<string, DeclaredText | null | undefined>> | undefined;
}

/** A developer in a list: with the email, which is the key of the map else. */
export interface ListedDeveloperArgs extends DeveloperArgs {
  /** The key of the developer. Case and spaces around it do not matter. */
  readonly email: string;
}

/** The field mapping as a user declares it: column names as the account shows them. */
export interface DeclaredFields {
  readonly name: string;
  readonly email: string;
  readonly managerEmail: string;
  /** The other columns, in order. Default: none. */
  readonly attributes?: readonly string[] | undefined;
}

/**
 * A roster declared in code.
 *
 * @example
 * const declared: DeclaredRoster = {
 *   integrations: { github: 101 },
 *   developers: {
 *     "grace@example.com": { name: "Grace Hopper", manager: null },
 *     "ada@example.com": { name: "Ada Lovelace", manager: "grace@example.com", identities: { github: "ada" } },
 *   },
 * };
 */
export interface DeclaredRoster {
  /** By email, or as a list. */
  readonly developers: Readonly<Record<string, DeveloperArgs | null>> | readonly ListedDeveloperArgs[];
  /** Left out: the live field mapping stays. */
  readonly fields?: DeclaredFields | undefined;
  /** Names for integrationIds. */
  readonly integrations?: Readonly<Record<string, number>> | undefined;
  readonly prune?: Prune | undefined;
  readonly guards?: GuardSettings | undefined;
}
