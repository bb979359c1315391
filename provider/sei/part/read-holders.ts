import type { Identity } from "../../roster/developer.js";
import { readIdentityRecords } from "../codec/identities.js";
import type { Connection } from "../connection.js";
import { addressOf } from "../learned.js";
import { withFilter } from "../routes/list-filter.js";
import { mapLimited } from "../transport/limiter.js";
import { type FullPage, fullPage, narrowPage, otherCase, type PageRequest } from "./narrow-page.js";
import type { Claim, PartWish } from "./part-wish.js";

/**
 * Reads the identities of some developers, and who holds the ones that they are to get. Nobody is believed to hold none
 * unless the server was seen to find an identity of somebody else by the same filter.
 *
 * @returns null when this server does not allow it: then every identity has to be read
 */
export async function readHolders(
  connection: Connection,
  { identitiesOf, claims }: PartWish,
): Promise<readonly Identity[] | null> {
  // The documents of the previous generation have no filter.
  if (connection.generation !== "v2") return null;
  const { routes, learned } = connection;
  const full = await fullPage(connection, learned.identityPages, (wish) => routes.identities(wish));
  if (full === null) return null;
  const [witness] = readIdentityRecords(full.records);
  if (witness === undefined) return null;
  const by = new Filters(connection, full);
  const asked = otherCase(addressOf(learned, witness.email));
  if (asked === null || !includes(await by.email(asked, witness.email), witness)) return null;
  if (claims.length > 0 && !includes(await by.claim(witness), witness)) return null;
  const answers = [
    ...(await mapLimited(identitiesOf, connection.concurrency, (email) => by.emailSurely(email))),
    ...(await mapLimited(claims, connection.concurrency, (claim) => by.claimSurely(claim))),
  ];
  const found = answers.filter((answer) => answer !== null);
  return found.length < answers.length ? null : distinct(found.flat());
}

type Found = readonly Identity[] | null;

/** What the server shows under a filter; null for no answer. One empty answer may be a broken one, so it is asked twice. */
class Filters {
  readonly #connection: Connection;
  readonly #full: FullPage;

  constructor(connection: Connection, full: FullPage) {
    this.#connection = connection;
    this.#full = full;
  }

  async emailSurely(email: string): Promise<Found> {
    const address = addressOf(this.#connection.learned, email);
    const first = await this.email(address, email);
    return first === null || first.length > 0 ? first : this.email(address, email);
  }

  async claimSurely(claim: Claim): Promise<Found> {
    const first = await this.claim(claim);
    return first === null || first.length > 0 ? first : this.claim(claim);
  }

  async email(address: string, key: string): Promise<Found> {
    const { routes } = this.#connection;
    const shown = await this.#shown((wish) => routes.identities(wish, address));
    return shown === null || shown.some(({ email }) => email !== key) ? null : shown;
  }

  /** A server may match the identity in its own way, so the very one is looked for in the answer. */
  async claim({ integrationId, identity }: Claim): Promise<Found> {
    const { routes } = this.#connection;
    const filter = { searchKey: "identity", searchValue: identity };
    const shown = await this.#shown((wish) => withFilter(routes.identities(wish), filter));
    return shown?.filter((one) => one.integrationId === integrationId && one.identity === identity) ?? null;
  }

  async #shown(request: PageRequest): Promise<Found> {
    const { learned } = this.#connection;
    const records = await narrowPage(this.#connection, learned.identityPages, request, this.#full);
    return records === null ? null : readIdentityRecords(records);
  }
}

function includes(found: Found, witness: Identity): boolean {
  return found?.some((one) => textOf(one) === textOf(witness)) === true;
}

function distinct(identities: readonly Identity[]): readonly Identity[] {
  return [...new Map(identities.map((one) => [textOf(one), one])).values()];
}

function textOf({ email, integrationId, identity }: Identity): string {
  return `${integrationId} ${email} ${identity}`;
}
