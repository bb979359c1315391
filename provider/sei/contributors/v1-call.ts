import type { Connection } from "../connection.js";
import { ContributorsMissingError } from "../errors/contributor-errors.js";
import { SeiError } from "../errors/sei-error.js";
import type { Answer, SeiRequest } from "../transport/request.js";

/** How an account without v1 answers: no such path, no such path behind the gateway, no setup, not implemented. */
const MISSING = new Set([401, 404, 405, 410, 412, 501]);

/**
 * Reads from the v1 API.
 *
 * @throws ContributorsMissingError when the answer says that there is no v1 here
 */
export async function readV1({ call }: Connection, request: SeiRequest): Promise<Answer> {
  try {
    return await call(request);
  } catch (error) {
    throw saysMissing(error) ? new ContributorsMissingError(error.call ?? request, error) : error;
  }
}

function saysMissing(error: unknown): error is SeiError {
  return error instanceof SeiError && error.status !== null && MISSING.has(error.status);
}
