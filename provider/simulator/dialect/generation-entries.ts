/**
 * The open choices of the two other generations: the previous form of the v2 API (tabs "Previous" of both documents) and
 * the v1 API of contributors (apidocs "Contributors", section 7 of reference/sei-api.md).
 *
 * SDK and SRC are the reference's words: how a published client types the answers, and how an older server behaved.
 */
export interface GenerationEntries {
  // ---- previous generation ----

  /**
   * Which generations of the v2 API answer. `previous`: an account that has not moved; what both share (upsert, delete,
   * schema) is there in all three.
   */
  readonly generations: "both" | "current" | "previous";
  /** The name of the version in the answers of the previous generation, whose paths call it `uploadId`. */
  readonly previousVersionName: "uploadId" | "versionId";
  /** An `applicationType` that no integration of the account has: gets an integration of its own, or 400. */
  readonly unlistedApplicationType: "assign" | "badRequest";
  /** An `applicationType` that several integrations have: the cloud id is set for all, for the first by id, or 400. */
  readonly sharedApplicationType: "all" | "first" | "badRequest";

  // ---- v1 contributors ----

  /**
   * Whom the v1 API speaks of: the developers of v2, a list of its own, or nobody (an account without it: its paths are
   * unknown).
   */
  readonly contributors: "same" | "apart" | "none";
  /**
   * How a PUT finds its record. `byId`: by `id` alone, 404 for others, answered with a message (documented).
   * `byEmailOrId`: by `id`, else by the email, now or in an older version, else it is a new contributor; answered `ok` (SRC).
   */
  readonly contributorPut: "byId" | "byEmailOrId";
  /** Two contributors of one email: 400, or the later is left out and its users go to the first (SRC). */
  readonly contributorDuplicates: "badRequest" | "firstWins";
  /** A PUT with another email: the manager email of the reports stays as it is, or goes with it. */
  readonly contributorRename: "managersStay" | "managersFollow";
  /** A version in the list of versions: `{id, name, version}` (SDK), or `{id, type, version, active, created_at, ...}` (SRC). */
  readonly contributorVersions: "sdk" | "source";
  /** `has_next`: true when there is more, or whenever the total is more than this page holds (SRC). */
  readonly contributorHasNext: "right" | "totalOverRows";
  /** Where `non_users_count` stands: in `_metadata` (SDK), at the top (SRC), or nowhere. */
  readonly nonUsersCount: "metadata" | "top" | "none";
  /** So many users of integrations that are nobody's are in the list, with `id` "0". */
  readonly danglingUsers: number;
  /** The page size without `page_size`. */
  readonly contributorPageSize: number;
  /** The largest page; a larger `page_size` is answered with that many. Null: there is none. */
  readonly contributorPageMax: number | null;
  /** Whether the `filter` of a list is looked at. */
  readonly contributorFilter: "applied" | "ignored";
}
