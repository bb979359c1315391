import type { SeiRequest } from "../transport/request.js";
import type { WritableIdentity } from "../writer.js";

/** A page to ask for; size null leaves the size to the server. */
export interface PageWish {
  readonly index: number;
  readonly size: number | null;
}

/** One developer to look for. A server may ignore it, or show others too. */
export interface SearchWish {
  /** As the server spells it. */
  readonly email: string;
  /** The EMAIL column. */
  readonly column: string;
}

/**
 * The requests of one generation of the API, as data. The current one is in current.ts, the one before it in
 * previous.ts, and everything that reads answers is the same for both.
 */
export interface Routes {
  upload(csv: string): SeiRequest;
  /** @param versionId of an upload; the previous generation calls it uploadId */
  saveFieldMapping(versionId: string, body: unknown): SeiRequest;
  reupload(csv: string): SeiRequest;
  approve(versionId: string): SeiRequest;
  list(page: PageWish, one?: SearchWish): SeiRequest;
  download(): SeiRequest;
  upsert(records: unknown): SeiRequest;
  remove(emails: readonly string[]): SeiRequest;
  schema(): SeiRequest;
  /** @throws ApplicationTypeMissingError in the previous generation */
  setIdentities(identities: readonly WritableIdentity[]): SeiRequest;
  /** The CSV file of them. @throws ApplicationTypeMissingError in the previous generation */
  identitiesFile(identities: readonly WritableIdentity[]): string;
  /** The same as {@link setIdentities}, by a CSV file. */
  setIdentitiesCsv(csv: string): SeiRequest;
  identities(page: PageWish, email?: string): SeiRequest;
  identitiesCsv(): SeiRequest;
}
