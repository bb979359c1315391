import type { Identity } from "../roster/developer.js";
import { emailKey } from "../roster/email.js";
import { readIdentityRecords } from "./codec/identities.js";
import { readPage } from "./codec/list.js";
import type { Connection } from "./connection.js";
import { IdentitiesUnavailableError } from "./errors/generation-errors.js";
import { NotFoundError, RefusedError, SetupRequiredError, TooLargeError } from "./errors/refusals.js";
import { UnreadableAnswerError } from "./errors/transport-errors.js";
import { addressOf } from "./learned.js";
import { firstPage } from "./paging.js";
import { identitiesOf, readPreviousIdentities } from "./previous-identities.js";
import { type IdentitiesRead, readIdentitiesOnce } from "./prove-identities.js";
import { mapLimited } from "./transport/limiter.js";

/** More developers than this, and everything is read at once. */
const FEW = 5;

/** Every identity of the account. Reads again while the answers disagree: they may lag, or pages may have shifted. */
export async function readAllIdentities(connection: Connection): Promise<IdentitiesRead> {
  const once = (walk: boolean): Promise<IdentitiesRead> =>
    connection.generation === "previous"
      ? readPreviousIdentities(connection, () => readIdentitiesOnce(connection, walk))
      : readIdentitiesOnce(connection, walk);
  let read = await once(false);
  for (const ms of connection.rereadMs) {
    const { completeness } = read;
    if (completeness.proven || !completeness.contradicted || completeness.unavailable !== undefined) return read;
    await connection.wait(ms);
    read = await once(true);
  }
  return read;
}

/**
 * The identities of a few developers. How several values of `emails` are written is not documented, so each request asks
 * for one; a server that ignores or refuses the filter is asked for everything, and the answer is filtered here.
 *
 * @throws IdentitiesUnavailableError in the previous generation, where nothing reads them
 * @throws UnreadableAnswerError also when the answers still disagree after they were read again
 */
export async function readIdentitiesOf(
  connection: Connection,
  emails: readonly string[],
): Promise<readonly Identity[]> {
  const wanted = new Set(emails.map(emailKey));
  const [first, ...rest] = wanted;
  if (first === undefined) return [];
  const { learned, contributors } = connection;
  if (learned.identitySource === "v1" && wanted.size <= FEW) {
    return (await contributors.list({ emails: [...wanted] })).flatMap(identitiesOf);
  }
  // Where nobody knows yet what can be asked, a 404 is no "nobody has any".
  const isKnown = connection.generation === "v2" || learned.identitySource === "v2";
  const asked = isKnown && wanted.size <= FEW && learned.identityFilter !== "ignored";
  const found = asked ? await filtered(connection, first, rest) : null;
  const all = found ?? (await everyIdentity(connection));
  return all.filter(({ email }) => wanted.has(email));
}

async function everyIdentity(connection: Connection): Promise<readonly Identity[]> {
  const { identities, completeness } = await readAllIdentities(connection);
  if (completeness.proven || !completeness.contradicted) return identities;
  if (completeness.unavailable !== undefined) {
    throw new IdentitiesUnavailableError(completeness.reason, completeness.unavailable);
  }
  throw unreadable(connection, `the identities are not all there: ${completeness.reason}`);
}

/**
 * The first alone, to learn whether the filter works at all, and then the others.
 *
 * @returns null when it does not work here
 */
async function filtered(
  connection: Connection,
  first: string,
  rest: readonly string[],
): Promise<readonly Identity[] | null> {
  const firstOnes = await surelyOfOne(connection, first);
  if (firstOnes === null) return null;
  const found = [...firstOnes];
  const others = await mapLimited(rest, connection.concurrency, (email) => surelyOfOne(connection, email));
  for (const identities of others) {
    if (identities === null) return null;
    found.push(...identities);
  }
  return found;
}

/** That somebody has none is believed when two answers in a row say so: one empty answer may be a broken one. */
async function surelyOfOne(connection: Connection, email: string): Promise<readonly Identity[] | null> {
  const first = await identitiesOfOne(connection, email);
  return first === null || first.length > 0 ? first : identitiesOfOne(connection, email);
}

async function identitiesOfOne(connection: Connection, email: string): Promise<readonly Identity[] | null> {
  const { learned, routes } = connection;
  if (learned.identityFilter === "ignored") return null;
  try {
    const page = await firstPage(
      async (wish) => readPage(await connection.call(routes.identities(wish, addressOf(learned, email)))),
      learned.identityPages,
    );
    const identities = readIdentityRecords(page.records);
    const others = identities.some((one) => one.email !== email);
    const more = page.total !== null && page.total > page.records.length;
    if (!others && !more) {
      learned.identityFilter = "works";
      return identities;
    }
  } catch (error) {
    if (error instanceof NotFoundError || error instanceof SetupRequiredError) return [];
    if (!(error instanceof RefusedError) && !(error instanceof TooLargeError)) throw error;
  }
  learned.identityFilter = "ignored";
  return null;
}

function unreadable({ routes }: Connection, problem: string): UnreadableAnswerError {
  const { method, path } = routes.identities({ index: 0, size: null });
  return new UnreadableAnswerError({ method, path }, 200, problem);
}
