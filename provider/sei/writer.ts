import type { Developer, Identity } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";

/** A version that the API made from an upload: a draft until it is saved or approved. */
export interface Draft {
  /** Opaque. */
  readonly versionId: string;
}

/** What the API says a re-upload would do. null: the answer does not say. */
export interface Review extends Draft {
  readonly added: number | null;
  readonly updated: number | null;
  readonly removed: number | null;
  /** The keys that the API says it would remove; null when it gives only counts, or nothing. */
  readonly removedEmails: readonly string[] | null;
}

/** An identity to write. */
export interface WritableIdentity extends Identity {
  /** What kind of tool the integration is, such as `GITHUB`: the previous generation needs it, the current one ignores it. */
  readonly applicationType?: string;
}

/** Every call that changes an account. Only what applies a plan holds one of these. */
export interface SeiWriter {
  /** `POST /v2/developers` (previous: `/upload`): the first step of the initial setup. Throws when the preview has validation errors. */
  upload(developers: readonly Developer[], mapping: FieldMapping): Promise<Draft>;
  /** `PUT /v2/developers/versions/{versionId}/fieldMappings` (previous: `POST /uploads/{id}/save`): saves an upload under a field mapping. */
  saveFieldMapping(draft: Draft, mapping: FieldMapping): Promise<void>;
  /** `PUT /v2/developers` (previous: `POST /reupload`): a draft that would replace everybody, with review data. */
  reupload(developers: readonly Developer[], mapping: FieldMapping): Promise<Review>;
  /** `PATCH /v2/developers/versions/{versionId}` with `{"active": true}` (previous: `POST /uploads/{id}/approve`). */
  approve(draft: Draft): Promise<void>;
  /**
   * `PATCH /v2/developers`: whole records, in an order in which each can be taken before the next: managers first. The
   * mapping must be the live one: its columns are the keys sent.
   */
  upsert(developers: readonly Developer[], mapping: FieldMapping): Promise<void>;
  /** `DELETE /v2/developers`. */
  deleteDevelopers(emails: readonly string[]): Promise<void>;
  /** `PATCH /v2/developers/identities` (previous: `POST /cloud-ids`, which needs every applicationType). */
  setIdentities(identities: readonly WritableIdentity[]): Promise<void>;
}
