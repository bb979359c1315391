import type { Identity } from "../roster/developer.js";
import { emailKey } from "../roster/email.js";
import type { IdentityCompleteness, LiveRoster } from "../roster/live-roster.js";
import type { Connection } from "./connection.js";
import type { Contributor } from "./contributors/contributor.js";
import type { ContributorReader } from "./contributors/contributors.js";
import { ContributorsMissingError, UnprovenListError } from "./errors/contributor-errors.js";
import {
  ForbiddenError,
  isMethodMissing,
  NotFoundError,
  RefusedError,
  SetupRequiredError,
  UnauthorizedError,
} from "./errors/refusals.js";
import { callText, SeiError } from "./errors/sei-error.js";
import { UnreadableAnswerError } from "./errors/transport-errors.js";
import { contradicted, difference, type IdentitiesRead } from "./prove-identities.js";

/** What to do where no request reads identities. */
const TODO =
  "take `identities` out of the roster (people are managed without them), or use a key that may read POST /v1/org/users/list";

const V1 = "POST /v1/org/users/list";

/**
 * Every identity of an account of the previous generation, whose documents have no request that reads them. In this
 * order: the current `GET /v2/developers/identities`, if it is there; the v1 contributors, where every record has its
 * `integration_user_ids`; nothing, and then nothing is known: `unavailable`.
 *
 * @param current reads the current form
 */
export async function readPreviousIdentities(
  connection: Connection,
  current: () => Promise<IdentitiesRead>,
): Promise<IdentitiesRead> {
  const { learned, contributors, routes } = connection;
  const first = learned.identitySource === "v1" ? "" : await answerOf(current);
  if (typeof first !== "string") {
    learned.identitySource = "v2";
    return first;
  }
  const second = await answerOf(() => readContributors(contributors));
  if (typeof second !== "string") {
    learned.identitySource = "v1";
    return second;
  }
  const currentText = callText(routes.identities({ index: 0, size: null }));
  const tried = [...(first === "" ? [] : [`${currentText}: ${first}`]), `${V1}: ${second}`];
  const reason = `the previous generation of the API has no request for it, and no other answers (${tried.join("; ")})`;
  return { identities: [], completeness: { proven: false, contradicted: true, reason, unavailable: TODO } };
}

/** A text: it is not there for us, and why. */
async function answerOf(read: () => Promise<IdentitiesRead>): Promise<IdentitiesRead | string> {
  try {
    const found = await read();
    return found.absent === 404 ? "404" : found;
  } catch (error) {
    const none = [
      ContributorsMissingError,
      ForbiddenError,
      NotFoundError,
      RefusedError,
      SetupRequiredError,
      UnauthorizedError,
    ];
    const isMissing = isMethodMissing(error) || none.some((kind) => error instanceof kind);
    if (error instanceof SeiError && isMissing) return String(error.status);
    if (error instanceof UnprovenListError) return contradicted([], error.flaw);
    if (error instanceof UnreadableAnswerError) return `${error.status}, in a form that is not known: ${error.message}`;
    throw error;
  }
}

/** The same people must come twice with the same identities. */
async function readContributors(contributors: ContributorReader): Promise<IdentitiesRead> {
  const people = await contributors.list();
  const again = await contributors.list();
  const [identities, second] = [people.flatMap(identitiesOf), again.flatMap(identitiesOf)];
  const covers = new Set(people.map(({ email }) => emailKey(email)));
  const odd = people
    .flatMap(({ integrationUsers }) => integrationUsers)
    .filter(({ integrationId }) => !isId(integrationId));
  const flaw =
    difference(identities, second, `${V1} read again`) ??
    (odd.length > 0 ? `${V1} shows ${odd.length} identities of integrations without a number` : null);
  return flaw === null ? { identities, completeness: { proven: true }, covers } : contradicted(identities, flaw);
}

/** The identities of one v1 record. */
export function identitiesOf({ email, integrationUsers }: Contributor): readonly Identity[] {
  return integrationUsers.flatMap(({ integrationId, userId }) =>
    isId(integrationId) ? [{ email: emailKey(email), integrationId: Number(integrationId), identity: userId }] : [],
  );
}

function isId(text: string): boolean {
  return /^\d+$/.test(text) && Number.isSafeInteger(Number(text));
}

/** An API that knows only some of the developers says nothing of the others' identities. */
export function covering(
  { completeness, covers }: IdentitiesRead,
  { developers }: Pick<LiveRoster, "developers">,
): IdentityCompleteness {
  if (!completeness.proven || covers === undefined) return completeness;
  const missing = [...developers.keys()].filter((email) => !covers.has(email)).length;
  if (missing === 0) return completeness;
  const reason = `POST /v1/org/users/list, the only request that reads them here, does not have ${missing} of the ${developers.size} developers`;
  return { proven: false, contradicted: true, reason };
}
