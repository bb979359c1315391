import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import { inBatches } from "./batches.js";
import { developersCsv } from "./codec/developers-csv.js";
import { readReview } from "./codec/review.js";
import { readVersionId } from "./codec/version-id.js";
import type { Connection } from "./connection.js";
import { UnsupportedMediaTypeError } from "./errors/refusals.js";
import { addressOf, spelled } from "./learned.js";
import { otherGeneration } from "./other-generation.js";
import { readPreview } from "./read-preview.js";
import { saveFieldMapping } from "./save-field-mapping.js";
import { upsertAll } from "./upsert-batch.js";
import type { Draft, Review, SeiWriter, WritableIdentity } from "./writer.js";

/** The writer over HTTP. One request at a time, in the order of the calls. */
export class LiveWriter implements SeiWriter {
  readonly #connection: Connection;
  #last: Promise<unknown> = Promise.resolve();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  upload(developers: readonly Developer[], mapping: FieldMapping): Promise<Draft> {
    return this.#inTurn(async ({ routes, send, learned }) => {
      const answer = await send(routes.upload(developersCsv(spelled(learned, developers), mapping)));
      const preview = readPreview(answer, mapping);
      if (preview.form !== null) learned.previewForms.set(preview.versionId, preview.form);
      return { versionId: preview.versionId };
    });
  }

  saveFieldMapping(draft: Draft, mapping: FieldMapping): Promise<void> {
    return this.#inTurn((connection) => saveFieldMapping(connection, draft, mapping));
  }

  reupload(developers: readonly Developer[], mapping: FieldMapping): Promise<Review> {
    return this.#inTurn(async ({ routes, call, learned }) => {
      const answer = await call(routes.reupload(developersCsv(spelled(learned, developers), mapping)));
      return { versionId: readVersionId(answer), ...readReview(answer) };
    });
  }

  approve(draft: Draft): Promise<void> {
    return this.#inTurn(async ({ routes, call }) => {
      await call(routes.approve(draft.versionId));
    });
  }

  upsert(developers: readonly Developer[], mapping: FieldMapping): Promise<void> {
    return this.#inTurn((connection) => upsertAll(connection, developers, mapping));
  }

  deleteDevelopers(emails: readonly string[]): Promise<void> {
    return this.#inTurn(({ routes, call, learned }) =>
      inBatches(emails, async (batch) => {
        await call({ ...routes.remove(batch.map((email) => addressOf(learned, email))), about: batch });
      }),
    );
  }

  setIdentities(identities: readonly WritableIdentity[]): Promise<void> {
    return this.#inTurn((connection) =>
      inBatches(identities, async (batch) => {
        const { routes, call, learned } = connection;
        const sent = batch.map((one) => ({ ...one, email: addressOf(learned, one.email) }));
        const about = batch.map(({ email }) => email);
        try {
          await call({ ...routes.setIdentities(sent), about });
        } catch (error) {
          if (!(error instanceof UnsupportedMediaTypeError)) throw (await otherGeneration(connection, error)) ?? error;
          await call({ ...routes.setIdentitiesCsv(routes.identitiesFile(sent)), about });
        }
      }),
    );
  }

  /** Two calls side by side must not become two writes side by side. */
  #inTurn<T>(task: (connection: Connection) => Promise<T>): Promise<T> {
    const run = this.#last.then(() => task(this.#connection));
    this.#last = run.catch(() => undefined);
    return run;
  }
}
