import type { Identity } from "../../roster/developer.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import { isTable, readTable, type Table } from "../codec/csv.js";
import { identityRows, readIdentityRecords } from "../codec/identities.js";
import { readPage } from "../codec/list.js";
import { readSchema } from "../codec/schema.js";
import type { Connection } from "../connection.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { withFilter } from "../routes/list-filter.js";
import type { PageWish } from "../routes/routes.js";
import type { SeiRequest } from "../transport/request.js";
import type { DeveloperPage, DeveloperQuery, IdentityPage, IdentityQuery, PageQuery, SeiApi } from "./api.js";

/** The documented reads over HTTP. Holds the connection where no print of the object shows it. */
export class LiveApi implements SeiApi {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async listDevelopers({ pageIndex, pageSize, ...filter }: DeveloperQuery = {}): Promise<DeveloperPage> {
    const { routes, call } = this.#connection;
    return readPage(await call(withFilter(routes.list(wishOf({ pageIndex, pageSize })), filter)));
  }

  async downloadDevelopers(): Promise<Table> {
    return this.#table(this.#connection.routes.download());
  }

  async schema(): Promise<FieldMapping | null> {
    const { routes, call } = this.#connection;
    return readSchema(await call(routes.schema()))?.mapping ?? null;
  }

  async listIdentities({ pageIndex, pageSize, ...filter }: IdentityQuery = {}): Promise<IdentityPage> {
    const { routes, call } = this.#connection;
    const page = readPage(await call(withFilter(routes.identities(wishOf({ pageIndex, pageSize })), filter)));
    return { identities: readIdentityRecords(page.records), total: page.total };
  }

  async downloadIdentities(): Promise<readonly Identity[]> {
    return readIdentityRecords(identityRows(await this.#table(this.#connection.routes.identitiesCsv())));
  }

  async #table(request: SeiRequest): Promise<Table> {
    const answer = await this.#connection.call(request);
    if (answer.text.trim() === "") return { header: [], rows: [] };
    if (!isTable(answer)) throw new UnreadableAnswerError(answer.call, answer.status, "it is no CSV");
    return readTable(answer);
  }
}

function wishOf({ pageIndex = 0, pageSize }: PageQuery): PageWish {
  return { index: pageIndex, size: pageSize ?? null };
}
