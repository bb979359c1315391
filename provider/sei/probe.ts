import type { Connection } from "./connection.js";
import { NotFoundError } from "./errors/refusals.js";
import { refusalOf, wordsOf } from "./refusal-of.js";
import { JSON_TYPE, read } from "./routes/requests.js";

/**
 * Whether a 404 of the schema means "no schema" and not "no such path". A path that no API has tells: if it gets the
 * same 404, nothing is known about the account.
 */
export async function knowsItsPaths(connection: Connection): Promise<boolean> {
  const { path } = connection.routes.schema();
  const known = await saidTo(connection, path);
  const unknown = await saidTo(connection, `${path}-of-no-api`);
  return known !== null && known !== unknown;
}

/** The words of a 404 without the path, the kind of another refusal; null for an answer. */
async function saidTo(connection: Connection, path: string): Promise<string | null> {
  const refusal = await refusalOf(connection, read(path, JSON_TYPE));
  if (refusal === null) return null;
  return refusal instanceof NotFoundError ? wordsOf(refusal, path) : refusal.name;
}
