import type { Loss } from "../roster/allowance.js";
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
  /** From when until when they are on the roster. Left out: always. */
  readonly effective?: DeclaredEffective | null | undefined;
  /** Former addresses: the developer was renamed, and is neither new nor gone. */
  readonly previousEmails?: readonly string[] | undefined;
}

/**
 * Days as `YYYY-MM-DD` in UTC, both included.
 *
 * @example
 * { from: "2026-12-01", until: "2027-06-30" }
 */
export interface DeclaredEffective {
  /** The first day. */
  readonly from?: string | null | undefined;
  /** The last day. */
  readonly until?: string | null | undefined;
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
  /** Live columns that go, with everybody's values. A live column that is named nowhere stays. */
  readonly dropColumns?: readonly string[] | undefined;
  /** New names of live columns, by their old ones: the values stay. */
  readonly renameColumns?: Readonly<Record<string, string>> | undefined;
}

/**
 * An integration with its kind, for accounts that speak the previous generation of the API.
 *
 * @example
 * { id: 101, applicationType: "GITHUB" }
 */
export interface DeclaredIntegration {
  /** The integrationId: a whole number from 1. */
  readonly id: number;
  /** What kind of tool it is, such as `GITHUB`. Only the previous generation of the API needs it. */
  readonly applicationType?: string | undefined;
}

/**
 * An exception from the guards, reviewed together with the change that needs it: for people, by kind of loss, or for
 * exactly one plan.
 *
 * @example
 * { delete: ["bob@example.com"], reason: "Site X closed, HR-123", until: "2026-12-31" }
 */
export interface DeclaredAllowance extends Readonly<Partial<Record<Loss, readonly string[]>>> {
  /** The checksum of a plan, or its first 16 digits or more. */
  readonly plan?: string | undefined;
  /** Why, for whoever reads it later. */
  readonly reason: string;
  /** The last day on which it counts, as `YYYY-MM-DD` in UTC. */
  readonly until: string;
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
  readonly integrations?: Readonly<Record<string, number | DeclaredIntegration>> | undefined;
  /** Attributes of every developer who does not have them. */
  readonly defaults?: Readonly<Record<string, DeclaredText | null>> | undefined;
  /** What happens to who is live and not declared. */
  readonly prune?: Prune | undefined;
  /** The part of the live roster that this roster owns: by column, one value or several. Left out: all of it. */
  readonly scope?: Readonly<Record<string, DeclaredText | readonly DeclaredText[]>> | undefined;
  /** The only fields to manage of people who are live: `name`, `manager`, `identities` or a column. */
  readonly manageFields?: readonly string[] | undefined;
  /** Fields not to manage of people who are live: `name`, `manager`, `identities` or a column. */
  readonly ignoreFields?: readonly string[] | undefined;
  readonly guards?: GuardSettings | undefined;
  /** Exceptions from the guards. */
  readonly allow?: readonly DeclaredAllowance[] | undefined;
}

/** A roster file: a roster with the version of its format. */
export interface RosterFile extends DeclaredRoster {
  readonly version: 1;
}
