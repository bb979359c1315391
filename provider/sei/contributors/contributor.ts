/** Somebody's user in one integration, as the v1 API keeps it. */
export interface IntegrationUser {
  /** The v1 API writes it as a text. */
  readonly integrationId: string;
  readonly userId: string;
}

/** One person of SEI 1.0: a record of `POST /v1/org/users/list`. */
export interface Contributor {
  /** The id that survives a change of the email; `developerRefId` in v2, where both speak of the same people. */
  readonly id: string;
  /** Of the record in its version, so it changes; null when the answer has none. */
  readonly orgUuid: string | null;
  readonly fullName: string;
  /** As stored, not as a key. */
  readonly email: string;
  readonly integrationUsers: readonly IntegrationUser[];
  /** The custom fields, by the key of the schema. */
  readonly additionalFields: Readonly<Record<string, unknown>>;
  /** The highest version that the record belongs to. */
  readonly version: string | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
  readonly updatedAt: number | null;
  /** The record as it came: a PUT replaces a record whole, so whatever it holds goes back with it. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** One version of the list of contributors: every write makes one, and only one is active. */
export interface ContributorVersion {
  readonly id: string | null;
  readonly version: string;
  /** null when the answer does not say. */
  readonly active: boolean | null;
  /** Milliseconds since 1970. */
  readonly createdAt: number | null;
}

/** A field that contributors have. */
export interface ContributorField {
  readonly key: string;
  readonly displayName: string;
  /** `string`, `date` or `boolean` in the documents' example. */
  readonly type: string;
}

export interface ContributorSchema {
  readonly version: string | null;
  readonly fields: readonly ContributorField[];
}

/** Somebody who takes a licence: `POST /v1/sei_contributor/list`. */
export interface LicensedContributor {
  readonly id: string | null;
  readonly email: string;
  readonly fullName: string;
}

export interface LicensedContributors {
  /** As the API counts them; the number of records when it does not. */
  readonly contributorCount: number;
  readonly integrationUserCount: number | null;
  readonly contributors: readonly LicensedContributor[];
}
