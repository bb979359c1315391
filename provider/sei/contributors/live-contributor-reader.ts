import { emailKey } from "../../roster/email.js";
import { RefusedError, TooLargeError } from "../errors/refusals.js";
import { ServerError, UnreadableAnswerError } from "../errors/transport-errors.js";
import type { PageMemory } from "../paging.js";
import type { PageWish } from "../routes/routes.js";
import type { SeiRequest } from "../transport/request.js";
import type { Contributor, ContributorSchema, ContributorVersion, LicensedContributors } from "./contributor.js";
import type { ContributorReader, ContributorWish } from "./contributors.js";
import { readEveryPage } from "./every-page.js";
import { askLicensed, readLicensed } from "./licensed.js";
import { askList, CONTRIBUTORS, readContributors, withoutNobodies } from "./list.js";
import { readContributorPage } from "./page.js";
import { askContributorSchema, readContributorSchema } from "./schema.js";
import { readV1, type V1Connection } from "./v1-call.js";
import { readEach, type V1List } from "./v1-list.js";
import { askVersions, sortedVersions, VERSIONS } from "./versions.js";

/** The documents' own command asks for so many versions at once. */
const PAGE_SIZE = 999;
/** More emails than this are found sooner by reading everybody. */
const MOST_FILTERED = 20;

/** The reader of the v1 API over HTTP. */
export class LiveContributorReader implements ContributorReader {
  readonly #connection: V1Connection;
  readonly #listPages: PageMemory = { size: PAGE_SIZE, base: 0 };
  readonly #versionPages: PageMemory = { size: PAGE_SIZE, base: 0 };
  /** No document says how to filter: once it has not worked, it is not tried again. */
  #filters = true;

  constructor(connection: V1Connection) {
    this.#connection = connection;
  }

  async versions(): Promise<readonly ContributorVersion[]> {
    return sortedVersions(await this.#everyPage(VERSIONS, this.#versionPages, askVersions));
  }

  async schema(): Promise<ContributorSchema> {
    return readContributorSchema(await readV1(this.#connection, askContributorSchema()));
  }

  async list({ version, emails }: ContributorWish = {}): Promise<readonly Contributor[]> {
    if (emails === undefined) return this.#everybody(version ?? null);
    const wanted = new Set(emails.map(emailKey));
    if (wanted.size === 0) return [];
    const filtered = await this.#filtered(version ?? null, wanted);
    if (filtered !== null) return filtered;
    return (await this.#everybody(version ?? null)).filter(({ email }) => wanted.has(emailKey(email)));
  }

  async licensed(): Promise<LicensedContributors> {
    return readLicensed(await readV1(this.#connection, askLicensed()));
  }

  async #everybody(version: string | null): Promise<readonly Contributor[]> {
    const ask = (wish: PageWish) => askList(wish, version);
    return withoutNobodies(await this.#everyPage(CONTRIBUTORS, this.#listPages, ask));
  }

  /**
   * One page with a filter by email. It is believed only when it gives every one of these people and nobody else: who is
   * not in it may be there all the same. null: it says nothing.
   */
  async #filtered(version: string | null, wanted: ReadonlySet<string>): Promise<readonly Contributor[] | null> {
    if (!this.#filters || wanted.size > MOST_FILTERED) return null;
    try {
      const request = askList({ index: 0, size: PAGE_SIZE }, version, { email: [...wanted] });
      const answer = await readV1(this.#connection, request);
      const found = readContributors(readContributorPage(answer).records, answer);
      const keys = new Set(found.map(({ email }) => emailKey(email)));
      if ([...keys].some((key) => !wanted.has(key))) this.#filters = false;
      const isProven = keys.size === wanted.size && [...wanted].every((key) => keys.has(key));
      return isProven && found.length === keys.size ? found : null;
    } catch (error) {
      const kinds = [RefusedError, TooLargeError, ServerError, UnreadableAnswerError];
      if (!kinds.some((kind) => error instanceof kind)) throw error;
      this.#filters = false;
      return null;
    }
  }

  async #everyPage<T>(list: V1List<T>, memory: PageMemory, ask: (wish: PageWish) => SeiRequest): Promise<readonly T[]> {
    const { concurrency, rereadMs, wait } = this.#connection;
    const { call, keyOf } = list;
    const fetch = async (wish: PageWish) => {
      const answer = await readV1(this.#connection, ask(wish));
      const page = readContributorPage(answer);
      // Here, before a record that is not recognised can look like one that came twice.
      readEach(list, page.records, answer);
      return page;
    };
    const records = await readEveryPage(fetch, { memory, concurrency, keyOf, rereadMs, wait, call });
    return records.map(list.from).filter((one) => one !== null);
  }
}
