import type { SeiRequest } from "../transport/request.js";

/** A page to ask for; size null leaves the size to the server. */
export interface PageWish {
  readonly index: number;
  readonly size: number | null;
}

/**
 * The requests of one generation of the API, as data. The current one is in current.ts; another generation is another
 * object of this type, and everything that reads answers stays as it is.
 */
export interface Routes {
  upload(csv: string): SeiRequest;
  saveFieldMapping(versionId: string, body: unknown): SeiRequest;
  reupload(csv: string): SeiRequest;
  approve(versionId: string): SeiRequest;
  list(page: PageWish, emails?: readonly string[]): SeiRequest;
  download(): SeiRequest;
  upsert(records: unknown): SeiRequest;
  remove(emails: readonly string[]): SeiRequest;
  schema(): SeiRequest;
  setIdentities(identities: unknown): SeiRequest;
  /** The same as a CSV file. */
  setIdentitiesCsv(csv: string): SeiRequest;
  identities(page: PageWish, emails?: readonly string[]): SeiRequest;
  identitiesCsv(): SeiRequest;
}
