import type { Identity } from "../../roster/developer.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import type { Table } from "../codec/csv.js";
import type { ListFilter } from "../routes/list-filter.js";
import type { JsonObject } from "../shape/json.js";

/** A page to ask for. */
export interface PageQuery {
  /** From 0. Default 0. */
  readonly pageIndex?: number | undefined;
  /** Records a page. Left out: the server's own size. Servers cap it. */
  readonly pageSize?: number | undefined;
}

/** What `GET /v2/developers` may be asked for: the documented query parameters. */
export interface DeveloperQuery extends Omit<ListFilter, "integrationIds">, PageQuery {}

/** What `GET /v2/developers/identities` may be asked for. */
export interface IdentityQuery extends ListFilter, PageQuery {}

/** One page of developers. */
export interface DeveloperPage {
  /** As the server writes them: the documents show no body, so their keys differ from account to account. */
  readonly records: readonly JsonObject[];
  /** How many there are on all pages; null when the answer does not say. */
  readonly total: number | null;
}

/** One page of identities. */
export interface IdentityPage {
  readonly identities: readonly Identity[];
  /** How many records there are on all pages; null when the answer does not say. */
  readonly total: number | null;
}

/**
 * One function for each documented request that reads: one call is one request (and its retries), and nothing is
 * compared or proven. For whole rosters use `client.reader`, which reads every page and knows whether it saw everybody.
 *
 * Every function throws a {@link SeiError}: {@link UnauthorizedError} (401), {@link ForbiddenError} (403),
 * {@link RefusedError} (400, 422), {@link NotFoundError} (404), {@link SetupRequiredError} (412),
 * {@link RateLimitedError} (429), {@link UnreadableAnswerError}, and the errors of the network.
 */
export interface SeiApi {
  /**
   * One page of developers, filtered and sorted.
   *
   * `GET /v2/developers`, in the previous generation `POST /v2/developers/list`. Source: Upload and Manage Developer
   * Records, "List and download developers". A server may ignore what it does not know, so look at what came back.
   *
   * @returns the records as the server writes them, and the total
   * @throws RefusedError for a query that the server does not take
   * @example
   * const { records, total } = await client.api.listDevelopers({ emails: ["ada@example.com"], pageSize: 50 });
   * console.log(records.length, total); // 1 1
   */
  listDevelopers(query?: DeveloperQuery): Promise<DeveloperPage>;

  /**
   * Everybody, as CSV.
   *
   * `GET /v2/developers` with `Accept: text/csv`, in the previous generation `GET /v2/developers/download`. Source: Upload
   * and Manage Developer Records, "List and download developers".
   *
   * @returns the column names and the rows, every cell as text
   * @throws UnreadableAnswerError when the answer is no CSV
   * @example
   * const { header, rows } = await client.api.downloadDevelopers();
   * console.log(header.join(", "), rows.length); // Name, Email, Manager Email, Team 3
   */
  downloadDevelopers(): Promise<Table>;

  /**
   * The field mapping of the account.
   *
   * `GET /v2/developers/schema`. Source: Upload and Manage Developer Records, "Developer endpoints". The documents show
   * no body: it is recognised in every form that servers are known or likely to use.
   *
   * @returns the columns; null when there is no schema yet
   * @throws NotFoundError or SetupRequiredError by servers that say so before the initial setup
   * @example
   * const mapping = await client.api.schema();
   * console.log(mapping?.email, mapping?.attributes); // Email [ 'Team' ]
   */
  schema(): Promise<FieldMapping | null>;

  /**
   * One page of identities, filtered and sorted.
   *
   * `GET /v2/developers/identities`. Source: Upload Developer Cloud IDs, "Overview": "with filtering, sorting, and
   * pagination"; the parameters are those of `listDevelopers`.
   *
   * @returns the identities (email as its key: trimmed, lower case) and the total
   * @throws UnreadableAnswerError when a record is no identity
   * @example
   * const { identities } = await client.api.listIdentities({ emails: ["ada@example.com"] });
   * for (const { integrationId, identity } of identities) console.log(integrationId, identity); // 102 ada-jira
   */
  listIdentities(query?: IdentityQuery): Promise<IdentityPage>;

  /**
   * Every identity, by the CSV download.
   *
   * `GET /v2/developers/identities` with `Accept: text/csv`. Source: Upload Developer Cloud IDs, "Overview".
   *
   * @throws UnreadableAnswerError when the answer is no CSV of identities
   * @example
   * const identities = await client.api.downloadIdentities();
   * console.log(identities.length); // 1
   */
  downloadIdentities(): Promise<readonly Identity[]>;
}
