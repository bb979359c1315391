import { setTimeout as pause } from "node:timers/promises";
import { type People, showEmail } from "../report/people.js";
import { checksum } from "../roster/checksum.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { ConflictError, NotFoundError, RefusedError, ValidationError } from "../sei/errors.js";
import { refuseUnapproved } from "./before-writing.js";
import { CleanError, messageOf } from "./clean-error.js";
import type { Survey, Surveys } from "./identity-survey.js";
import { inPublic } from "./in-public.js";
import type { IdentityInputs } from "./inputs.js";
import type { Session } from "./session.js";

/** How long answers may lag behind a write. */
const REREAD_MS = [100, 300, 1_000, 3_000, 5_000];
/** How long a read may lag behind a roster that was applied, and verified, a moment ago. */
const PATIENCE_MS = [0, 300, 1_000];

/** The live identities of the developer in the integration, sorted: some servers hold several. */
export async function liveIdentities({ reader }: Session, wanted: IdentityInputs): Promise<readonly string[]> {
  const identities = await reader.readIdentities([wanted.email]);
  return identities
    .filter(({ integrationId }) => integrationId === wanted.integrationId)
    .map(({ identity }) => identity)
    .sort();
}

/** Whether the declared identity is live as declared. */
export async function isLiveIdentity(session: Session, wanted: IdentityInputs): Promise<boolean> {
  return (await liveIdentities(session, wanted)).includes(wanted.identity);
}

/**
 * Whether setting the identity takes it from nobody but who was named: `moveFrom`, or the address that this resource had
 * before. The guard `maxIdentityMove` of a roster allows some moves; a single resource has to say the one that it means.
 *
 * @param before the address that the resource had; null: it is new
 * @throws CleanError that says who holds it, as far as people may be named
 */
export async function mayBeSet(
  session: Session,
  surveys: Surveys,
  wanted: IdentityInputs,
  before: string | null = null,
): Promise<Survey> {
  const survey = await surveys.of(session, wanted);
  if (strangerAmong(survey.live, wanted, before) === null) return survey;
  // What was read for another resource may be old by now.
  const fresh = survey.isFresh ? survey : await surveys.of(session, wanted, { fresh: true });
  const stranger = strangerAmong(fresh.live, wanted, before);
  if (stranger === null) return fresh;
  throw new CleanError(movedWords(stranger, wanted, session.settings.people));
}

/**
 * Sets the identity where it is not live yet, and reads until it is: a 200 does not say that it was kept.
 *
 * @throws CleanError when nobody has this address, somebody else holds the identity, or the API refuses it
 */
export async function setIdentity(
  session: Session,
  surveys: Surveys,
  wanted: IdentityInputs,
  before: string | null,
): Promise<void> {
  if (await isLiveIdentity(session, wanted)) return;
  const first = await mayBeSet(session, surveys, wanted, before);
  const found = await surveyWithDeveloper(session, surveys, wanted, first);
  const holders = holdersIn(found.live, wanted);
  // The backup must hold whoever loses something, too.
  const isShort = holders.some((holder) => found.live.part === true && !found.live.developers.has(holder));
  const survey = isShort ? await surveys.of(session, wanted, { fresh: true, also: holders }) : found;
  const { email, integrationId, identity } = wanted;
  const [movedFrom] = holders;
  const change = {
    kind: "setIdentity",
    email,
    integrationId,
    identity,
    ...(movedFrom === undefined ? {} : { movedFrom }),
  };
  const sum = checksum({ target: session.settings.target, changes: [change] });
  refuseUnapproved(session.settings.approvedPlans, { changes: [change], checksum: sum });
  await survey.backUp([email, ...(movedFrom === undefined ? [] : [movedFrom])]);
  try {
    await session.writer.setIdentities([typed(wanted)]);
  } catch (error) {
    throw refusalOf(error, session.settings.people);
  }
  for (const ms of [0, ...REREAD_MS]) {
    await pause(ms);
    if (!(await isLiveIdentity(session, wanted))) continue;
    survey.noteSet(wanted);
    return;
  }
  throw new CleanError(
    `the API took the identity, but a read does not show it. Is ${developerIn(wanted, session)} live? ${DEPENDS_ON}`,
  );
}

const DEPENDS_ON = "Use `dependsOn` when a roster of this program creates them";

/** @throws CleanError when nobody has this address */
async function surveyWithDeveloper(
  session: Session,
  surveys: Surveys,
  wanted: IdentityInputs,
  first: Survey,
): Promise<Survey> {
  let survey = first;
  for (const ms of PATIENCE_MS) {
    const { developers, completeness, mapping } = survey.live;
    // A read that proves nothing is no reason to refuse: the API will say.
    if (developers.has(wanted.email) || (!completeness.proven && mapping !== null)) return survey;
    await pause(ms);
    survey = await surveys.of(session, wanted, { fresh: true });
  }
  if (survey.live.developers.has(wanted.email)) return survey;
  throw new CleanError(`nothing was sent: ${developerIn(wanted, session)} is not on the live roster. ${DEPENDS_ON}`);
}

function holdersIn({ identities }: LiveRoster, wanted: IdentityInputs): readonly string[] {
  return (identities ?? [])
    .filter((one) => one.integrationId === wanted.integrationId && one.identity === wanted.identity)
    .map(({ email }) => email)
    .filter((email) => email !== wanted.email)
    .sort();
}

/** Who would lose the identity, and was not named; null: nobody. */
function strangerAmong(live: LiveRoster, wanted: IdentityInputs, before: string | null): string | null {
  return holdersIn(live, wanted).find((email) => email !== wanted.moveFrom && email !== before) ?? null;
}

function movedWords(holder: string, { integrationId, moveFrom }: IdentityInputs, people: People): string {
  const who = people === "none" ? "another developer" : showEmail(holder, people);
  const todo =
    people === "names"
      ? `If it is to move, say from whom: moveFrom: ${JSON.stringify(holder)}`
      : "If it is to move, say from whom: `moveFrom` takes their email";
  const named = moveFrom === undefined ? "" : ", which is not whom `moveFrom` names";
  return `the identity in integration ${integrationId} is held by ${who}${named}, and would be taken from them. Nothing was changed. ${todo}. Else correct the identity`;
}

function developerIn({ email }: IdentityInputs, { settings }: Session): string {
  return settings.people === "none" ? "the developer" : showEmail(email, settings.people);
}

function refusalOf(error: unknown, people: People): unknown {
  if (error instanceof ConflictError) {
    const hint =
      "To the API somebody else holds this identity, perhaps somebody who was deleted: give them another one first, or free it in the web application";
    return new CleanError(`${messageOf(inPublic(error, people))} ${hint}`);
  }
  const isRefusal = [RefusedError, ValidationError, NotFoundError].some((kind) => error instanceof kind);
  return isRefusal ? new CleanError(`the API refuses the identity: ${messageOf(inPublic(error, people))}`) : error;
}

/** Only what the API takes. */
function typed({ email, integrationId, identity, applicationType }: IdentityInputs) {
  return { email, integrationId, identity, ...(applicationType === undefined ? {} : { applicationType }) };
}
