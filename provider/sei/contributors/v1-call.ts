import type { Connection } from "../connection.js";
import { ContributorsMissingError } from "../errors/contributor-errors.js";
import { callOf, hasStatus } from "../errors/sei-error.js";
import type { Answer, SeiRequest } from "../transport/request.js";

/** How an account without v1 answers: no such path, no such path behind the gateway, no setup, not implemented. */
const MISSING = new Set([401, 404, 405, 410, 412, 501]);

/** What reading from it takes. */
export type V1Connection = Pick<Connection, "call" | "concurrency" | "rereadMs" | "wait">;

/**
 * Reads from the v1 API.
 *
 * @throws ContributorsMissingError when the answer says that there is no v1 here
 */
export async function readV1({ call }: Pick<Connection, "call">, request: SeiRequest): Promise<Answer> {
  try {
    return await call(request);
  } catch (error) {
    throw hasStatus(error, MISSING) ? new ContributorsMissingError(callOf(request), error) : error;
  }
}
