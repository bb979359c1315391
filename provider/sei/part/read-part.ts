import type { LiveRoster } from "../../roster/live-roster.js";
import type { Connection } from "../connection.js";
import { covering } from "../previous-identities.js";
import { readAllIdentities } from "../read-identities.js";
import type { PartWish } from "./part-wish.js";
import { readHolders } from "./read-holders.js";
import { readRecords } from "./read-records.js";

/**
 * Reads some people alone: the schema, a page of the list, and a request for each of them and of everybody above them.
 *
 * @returns null when the server or the account does not allow it: then everybody has to be read
 */
export async function readPart(
  connection: Connection,
  wish: PartWish,
  want: { readonly identities: boolean },
): Promise<LiveRoster | null> {
  const roster = await readRecords(connection, wish.people);
  if (roster === null) return null;
  if (!want.identities) return { ...roster, identities: null, part: true };
  const held = await readHolders(connection, wish);
  if (held !== null) return { ...roster, identities: held, identityCompleteness: { proven: true }, part: true };
  const all = await readAllIdentities(connection);
  return { ...roster, identities: all.identities, identityCompleteness: covering(all, roster), part: true };
}
