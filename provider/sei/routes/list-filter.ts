import { SeiError } from "../errors/sei-error.js";
import type { SeiRequest } from "../transport/request.js";

/**
 * What a list is asked for besides its page. The names are those of the documents (List and download developers); how
 * several values are written is not documented, so each is a parameter of its own.
 */
export interface ListFilter {
  readonly emails?: readonly string[] | undefined;
  /** The server's own numbers of developers. */
  readonly developerRefIds?: readonly (string | number)[] | undefined;
  /** Of identities: only these integrations. */
  readonly integrationIds?: readonly number[] | undefined;
  /** A column of the account; of identities `email`, `integrationId` or `identity`. Only with `searchValue`. */
  readonly searchKey?: string | undefined;
  readonly searchValue?: string | undefined;
  readonly sortKey?: string | undefined;
  readonly sortOrder?: "asc" | "desc" | undefined;
}

/**
 * The request of a list with a filter: in the query, or in the body of the previous generation's POST.
 *
 * @throws SeiError for `emails` in the previous generation, whose body has none
 */
export function withFilter(request: SeiRequest, filter: ListFilter): SeiRequest {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  if (given.length === 0) return request;
  if (request.body?.kind === "json") {
    const { emails, developerRefIds, ...rest } = Object.fromEntries(given);
    if (emails !== undefined) {
      throw new SeiError(
        "The list of the previous generation has no filter by emails. Search by the column: searchKey, searchValue.",
      );
    }
    const ids = developerRefIds === undefined ? {} : { developerRefIds: [developerRefIds].flat().map(asNumber) };
    const value = { ...(request.body.value as object), ...rest, ...ids };
    return { ...request, body: { kind: "json", value } };
  }
  const added = given.flatMap(([name, value]) =>
    [value].flat().map((one): readonly [string, string] => [name, String(one)]),
  );
  return { ...request, query: [...added, ...(request.query ?? [])] };
}

/** The documented body has numbers. */
function asNumber(id: unknown): unknown {
  return typeof id === "string" && /^\d+$/.test(id) ? Number(id) : id;
}
