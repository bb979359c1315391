import type { Connection } from "./connection.js";
import { NotFoundError } from "./errors/refusals.js";
import { SeiError } from "./errors/sei-error.js";

/**
 * Whether a 404 of the schema means "no schema" and not "no such path". A path that no API has tells: if it gets the
 * same 404, nothing is known about the account.
 */
export async function knowsItsPaths(connection: Connection): Promise<boolean> {
  const { path } = connection.routes.schema();
  const known = await refusalOf(connection, path);
  const unknown = await refusalOf(connection, `${path}-of-no-api`);
  return known !== null && known !== unknown;
}

/** The words of a 404 without the path; null for an answer that is no 404. */
async function refusalOf(connection: Connection, path: string): Promise<string | null> {
  try {
    await connection.call({ method: "GET", path, accept: "application/json", effect: "read" });
    return null;
  } catch (error) {
    if (!(error instanceof SeiError)) throw error;
    if (!(error instanceof NotFoundError)) return error.name;
    return error.message.replaceAll(path, "").replace(/[\d:.TZ-]+/g, "");
  }
}
