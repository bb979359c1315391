/** What a request asked for; the two generations of v2 have the same words for the same thing. */
export type RequestKind =
  | "upload"
  | "save"
  | "reupload"
  | "approve"
  | "list"
  | "download"
  | "upsert"
  | "delete"
  | "schema"
  | "setIdentities"
  | "setIdentitiesCsv"
  | "readIdentities"
  | "downloadIdentities"
  | "contributorVersions"
  | "contributorSchema"
  | "listContributors"
  | "updateContributors"
  | "licensedContributors"
  | "unknown";

/** One request to the API. Neither headers nor bodies are kept: they hold keys and people. */
export interface RequestRecord {
  readonly method: string;
  /** The path behind the base path: `/v2/developers`. */
  readonly path: string;
  /** The base path that it came by; "" for none. */
  readonly base: string;
  /** The query with its question mark, or "". */
  readonly query: string;
  readonly kind: RequestKind;
  /** Null when no answer was sent. */
  readonly status: number | null;
  /** The kinds of the faults that it met. */
  readonly faults: readonly string[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** So many records are kept; the counts are of all. */
const KEPT = 10_000;

/** What the API was asked, counted by kind. */
export class RequestLog {
  private records: RequestRecord[] = [];
  private byKind = new Map<RequestKind, number>();

  add(record: RequestRecord): void {
    this.byKind.set(record.kind, (this.byKind.get(record.kind) ?? 0) + 1);
    this.records.push(record);
    if (this.records.length > 2 * KEPT) this.records = this.records.slice(-KEPT);
  }

  all(): RequestRecord[] {
    return this.records.slice(-KEPT);
  }

  counts(): Readonly<Partial<Record<RequestKind, number>>> {
    return Object.fromEntries(this.byKind);
  }

  get total(): number {
    return [...this.byKind.values()].reduce((sum, count) => sum + count, 0);
  }

  reset(): void {
    this.records = [];
    this.byKind.clear();
  }
}
