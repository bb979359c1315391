import type { FieldMapping } from "../../roster/field-mapping.js";
import type { ValidationIssue } from "../errors/validation-error.js";
import type { JsonObject } from "../shape/json.js";
import type { Review, WritableIdentity } from "../writer.js";

/** What an upload answers. */
export interface UploadPreview {
  /** Opaque: it names the draft in {@link SeiApiWriter.saveFieldMappings}. */
  readonly versionId: string;
  /** What the server says is wrong with the file; it may be only about its own guess of the columns. */
  readonly errors: readonly ValidationIssue[];
}

/**
 * One function for each documented request that changes an account: one call is one request (and its retries). There is
 * no plan, no guard, no backup and no check afterwards: what is wrong here is wrong in the account. `sei-roster apply` and
 * `syncDeveloper` have all of these.
 *
 * Every function throws a {@link SeiError}; a {@link ValidationError} has what the API says of the records, and an
 * {@link UncertainWriteError} says that nobody knows whether the request was received.
 */
export interface SeiApiWriter {
  /**
   * Uploads a CSV file: the first step of the initial setup. Nothing changes before it is saved.
   *
   * `POST /v2/developers` (multipart, part `file`), in the previous generation `POST /v2/developers/upload`. Source: Upload
   * and Manage Developer Records, "Initial setup".
   *
   * @param csv UTF-8 text with a header line
   * @returns the version, and the validation errors of the preview
   * @throws ValidationError when the file is refused, so that there is no version
   * @example
   * const { versionId, errors } = await client.apiWriter.upload("Name,Email,Manager Email\nAda,ada@example.com,\n");
   * console.log(versionId, errors.length);
   */
  upload(csv: string): Promise<UploadPreview>;

  /**
   * Saves an upload under a field mapping, which replaces everybody and makes it active. It is sent in the first form that
   * the server takes, as the documents show none, and approved as well where that is needed.
   *
   * `PUT /v2/developers/versions/{versionId}/fieldMappings`, in the previous generation
   * `POST /v2/developers/uploads/{uploadId}/save`. Source: Upload and Manage Developer Records, "Initial setup".
   *
   * @param mapping the columns of the CSV file
   * @throws ValidationError, FieldMappingNotTakenError, SetupUnfinishedError
   * @example
   * const { versionId } = await client.apiWriter.upload("Name,Email,Manager Email,Team\nAda,ada@example.com,,Core\n");
   * const mapping = { name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Team"] };
   * await client.apiWriter.saveFieldMappings(versionId, mapping);
   */
  saveFieldMappings(versionId: string, mapping: FieldMapping): Promise<void>;

  /**
   * Uploads a CSV file that is to replace everybody. Nothing changes before it is approved.
   *
   * `PUT /v2/developers` (multipart, part `file`), in the previous generation `POST /v2/developers/reupload`. Source: Upload
   * and Manage Developer Records, "Bulk update".
   *
   * @returns the version, and what the server says that it would change; null for what it does not say
   * @throws SetupRequiredError before the initial setup; ValidationError
   * @example
   * const review = await client.apiWriter.reupload("Name,Email,Manager Email,Team\nAda,ada@example.com,,Core\n");
   * console.log(review.added, review.updated, review.removed); // 0 1 2
   */
  reupload(csv: string): Promise<Review>;

  /**
   * Approves a re-upload: it becomes what is live.
   *
   * `PATCH /v2/developers/versions/{versionId}` with `{"active": true}`, in the previous generation
   * `POST /v2/developers/uploads/{uploadId}/approve`. Source: Upload and Manage Developer Records, "Bulk update".
   *
   * @throws ConflictError when the data changed since; NotFoundError for a version that is not there
   * @example
   * const { versionId } = await client.apiWriter.reupload("Name,Email,Manager Email,Team\nAda,ada@example.com,,Core\n");
   * await client.apiWriter.approve(versionId);
   */
  approve(versionId: string): Promise<void>;

  /**
   * Inserts or updates developers, as they are given.
   *
   * `PATCH /v2/developers` with a JSON array. Source: Upload and Manage Developer Records, "Developer endpoints". The keys
   * of a record are not documented: the names of the CSV columns are what most servers take. A server may ignore a key
   * that it does not know, and blank what it does not hear of: send whole records, and read them back.
   *
   * @throws SetupRequiredError before the initial setup; ValidationError; TooLargeError
   * @example
   * await client.apiWriter.upsert([{ Name: "Nia Okafor", Email: "nia@example.com", "Manager Email": "ada@example.com" }]);
   */
  upsert(records: readonly JsonObject[]): Promise<void>;

  /**
   * Deletes developers.
   *
   * `DELETE /v2/developers` with `{"emails": [...]}`. Source: Upload and Manage Developer Records, "Developer endpoints".
   *
   * @throws ValidationError when somebody would report to nobody; NotFoundError or RefusedError by servers that do not
   *   ignore an address that nobody has
   * @example
   * await client.apiWriter.deleteDevelopers(["alan@example.com"]);
   */
  deleteDevelopers(emails: readonly string[]): Promise<void>;

  /**
   * Sets identities.
   *
   * `PATCH /v2/developers/identities` with a JSON array, in the previous generation `POST /v2/developers/cloud-ids`, which
   * needs every `applicationType`. Source: Upload Developer Cloud IDs, "Developer Identity API".
   *
   * @throws ConflictError by servers that leave an identity with whom it is; RefusedError
   * @example
   * await client.apiWriter.setIdentities([{ email: "ada@example.com", integrationId: 101, identity: "ada" }]);
   */
  setIdentities(identities: readonly WritableIdentity[]): Promise<void>;

  /**
   * Sets identities by a CSV file.
   *
   * `PATCH /v2/developers/identities` (multipart, part `file`), in the previous generation
   * `POST /v2/developers/cloud-ids/upload`. Source: Upload Developer Cloud IDs, "CSV Upload API".
   *
   * @param csv with the columns `email,integrationId,identity` (previous: `email,applicationType,cloudId`)
   * @example
   * await client.apiWriter.setIdentitiesCsv("email,integrationId,identity\nada@example.com,101,ada\n");
   */
  setIdentitiesCsv(csv: string): Promise<void>;
}
