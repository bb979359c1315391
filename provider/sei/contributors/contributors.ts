import type { Contributor, ContributorSchema, ContributorVersion, LicensedContributors } from "./contributor.js";

/** Which contributors to list. */
export interface ContributorWish {
  /** An older version; left out: the active one. */
  readonly version?: string;
  /** Only these emails, compared as keys. */
  readonly emails?: readonly string[];
}

/** What can be asked of the v1 API (SEI 1.0), and nothing that changes it. */
export interface ContributorReader {
  /** `GET /v1/org/users/versions`, every page, the newest first. */
  versions(): Promise<readonly ContributorVersion[]>;
  /** `GET /v1/org/users/schema`. */
  schema(): Promise<ContributorSchema>;
  /** `POST /v1/org/users/list`, every page; users of integrations that are nobody's are left out. */
  list(wish?: ContributorWish): Promise<readonly Contributor[]>;
  /** `POST /v1/sei_contributor/list`. */
  licensed(): Promise<LicensedContributors>;
}

/** The one documented write of the v1 API. */
export interface ContributorWriter {
  /**
   * `PUT /v1/org/users`: replaces these records whole, found by their id. A record must have been listed before: what it
   * holds and we do not know (`raw`) goes back with it.
   */
  update(contributors: readonly Contributor[]): Promise<void>;
}
