import type { FieldMapping } from "../../roster/field-mapping.js";
import { headerOf } from "../codec/csv.js";
import { readReview } from "../codec/review.js";
import { readVersionId } from "../codec/version-id.js";
import type { Connection } from "../connection.js";
import { ValidationError } from "../errors/validation-error.js";
import { previewForm } from "../read-preview.js";
import { saveFieldMapping } from "../save-field-mapping.js";
import type { JsonObject } from "../shape/json.js";
import { refusalIn } from "../shape/refusal.js";
import type { Answer } from "../transport/request.js";
import type { Review, WritableIdentity } from "../writer.js";
import type { SeiApiWriter, UploadPreview } from "./api-writer.js";

/** The documented writes over HTTP. Holds the connection where no print of the object shows it. */
export class LiveApiWriter implements SeiApiWriter {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async upload(csv: string): Promise<UploadPreview> {
    const { routes, send, learned } = this.#connection;
    // A preview with errors is no failure as long as it makes a version.
    const answer = await send(routes.upload(csv));
    const { failed, issues } = refusalIn(answer.json);
    if (failed && issues.length > 0 && !hasVersion(answer)) {
      throw new ValidationError(answer.call, answer.status, issues);
    }
    const versionId = readVersionId(answer);
    const form = previewForm(answer, headerOf(csv));
    if (form !== null) learned.previewForms.set(versionId, form);
    return { versionId, errors: issues };
  }

  async saveFieldMappings(versionId: string, mapping: FieldMapping): Promise<void> {
    await saveFieldMapping(this.#connection, { versionId }, mapping);
  }

  async reupload(csv: string): Promise<Review> {
    const { routes, call } = this.#connection;
    const answer = await call(routes.reupload(csv));
    return { versionId: readVersionId(answer), ...readReview(answer) };
  }

  async approve(versionId: string): Promise<void> {
    await this.#connection.call(this.#connection.routes.approve(versionId));
  }

  async upsert(records: readonly JsonObject[]): Promise<void> {
    await this.#connection.call(this.#connection.routes.upsert(records));
  }

  async deleteDevelopers(emails: readonly string[]): Promise<void> {
    await this.#connection.call({ ...this.#connection.routes.remove(emails), about: emails });
  }

  async setIdentities(identities: readonly WritableIdentity[]): Promise<void> {
    const about = identities.map(({ email }) => email);
    await this.#connection.call({ ...this.#connection.routes.setIdentities(identities), about });
  }

  async setIdentitiesCsv(csv: string): Promise<void> {
    const { routes, call } = this.#connection;
    await call(routes.setIdentitiesCsv(csv));
  }
}

function hasVersion(answer: Answer): boolean {
  try {
    return readVersionId(answer) !== "";
  } catch {
    return false;
  }
}
