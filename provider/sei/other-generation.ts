import type { Generation } from "../roster/generation.js";
import type { Connection } from "./connection.js";
import { WrongGenerationError } from "./errors/generation-errors.js";
import {
  isMethodMissing,
  NotFoundError,
  RefusedError,
  SetupRequiredError,
  TooLargeError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
} from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { refusalOf, wordsOf } from "./refusal-of.js";
import { listCall, ROUTES } from "./routes/generations.js";
import type { SeiRequest } from "./transport/request.js";

/**
 * Why a path is not there: when the list of this connection's generation is missing and the list of the other one
 * answers, the account speaks the other one. Both lists only read.
 *
 * @param error what a request got; only that of a path or a method that is missing is looked into
 * @returns the error that says so; null when it is something else
 */
export async function otherGeneration(connection: Connection, error: unknown): Promise<WrongGenerationError | null> {
  const isMissing = error instanceof NotFoundError || error instanceof UnauthorizedError || isMethodMissing(error);
  if (!isMissing || connection.learned.generation === "settled") return null;
  const spoken: Generation = connection.generation === "v2" ? "previous" : "v2";
  const page = { index: 0, size: 1 };
  const [ours, theirs] = [connection.routes.list(page), ROUTES[spoken].list(page)];
  if ((await isThere(connection, ours)) === false && (await isThere(connection, theirs)) === true) {
    return new WrongGenerationError(spoken, listCall(connection.routes), listCall(ROUTES[spoken]));
  }
  connection.learned.generation = "settled";
  return null;
}

/**
 * null: the answer does not say. A path that no API has tells whether a 404 is of the path or of what it names. The API
 * answers 401 to a path that it does not know: the other list is asked with the same key.
 */
async function isThere(connection: Connection, request: SeiRequest): Promise<boolean | null> {
  const refusal = await refusalOf(connection, request);
  if (refusal === null) return true;
  if (isMethodMissing(refusal) || refusal instanceof UnauthorizedError) return false;
  if (refusal instanceof NotFoundError) {
    const nowhere = { ...request, path: `${request.path}-of-no-api` };
    const other = await refusalOf(connection, nowhere);
    return other instanceof NotFoundError ? wordsOf(refusal, request.path) !== wordsOf(other, nowhere.path) : true;
  }
  // It was read, and something in it refused.
  const read = [RefusedError, SetupRequiredError, TooLargeError, UnsupportedMediaTypeError, ValidationError];
  return read.some((kind) => refusal instanceof kind) ? true : null;
}
