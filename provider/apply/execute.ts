import { type Change, changesOf } from "../roster/change.js";
import type { Developer } from "../roster/developer.js";
import type { FieldMapping, FieldType } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { movedColumns } from "../roster/moved-columns.js";
import { rosterAfter } from "../roster/roster-after.js";
import type { Way } from "../roster/way.js";
import { ConflictError, RefusedError } from "../sei/errors.js";
import type { SeiReader } from "../sei/reader.js";
import type { Draft, SeiWriter } from "../sei/writer.js";
import { columnNeeded } from "./column-needed-error.js";
import type { Contributors } from "./find-contributors.js";
import { IdentitiesNotSetError } from "./identities-error.js";
import { managersFirst, reportsFirst } from "./order.js";
import { renameInPlace } from "./rename-in-place.js";
import { ReviewUnreadableError, reviewMismatch } from "./review-check.js";
import { LiveChangedError, sameLive, untouched } from "./same-live.js";
import { goingIn, identitiesToSend, sendIdentities } from "./send-identities.js";
import { type Hands, notShown } from "./shown-identities.js";

/** What is to be done, on what was read. */
export interface Work {
  readonly changes: readonly Change[];
  readonly mapping: FieldMapping;
  readonly way: Way["kind"];
  readonly live: LiveRoster;
}

/** The part of the work that a request belongs to, so that an outcome can say what was not tried. */
export type Phase = "setup" | "reupload" | "upsert" | "delete" | "setIdentity";

/** What carries out a plan; contributors: null where the v1 API is not there, or had its turn. */
export type AllHands = Hands & { readonly contributors: Contributors | null };

/**
 * Sends the requests of one plan, in an order in which the API can accept each of them.
 *
 * @returns `part`: some were renamed in place, and what is left has to be planned on a new read
 */
export async function execute(work: Work, hands: AllHands, enter: (phase: Phase) => void): Promise<"all" | "part"> {
  const { contributors } = hands;
  if (work.way === "upsert" && contributors !== null && changesOf(work.changes, "rename").length > 0) {
    enter("upsert");
    if (await renameInPlace(work, { ...hands, contributors })) return "part";
  }
  await sendAll(work, hands, enter);
  return "all";
}

function sendAll(work: Work, hands: Hands, enter: (phase: Phase) => void): Promise<void> {
  switch (work.way) {
    case "none":
      return Promise.resolve();
    case "setup":
    case "reupload":
      return replaceEverybody(work.way, work, hands, enter);
    case "upsert":
      return upsertAndDelete(work, hands, enter);
  }
}

async function replaceEverybody(
  way: "setup" | "reupload",
  work: Work,
  { reader, writer }: Hands,
  enter: (phase: Phase) => void,
): Promise<void> {
  enter(way);
  await (way === "setup" ? setUp : reupload)(work, reader, writer);
  await setIdentities(work, writer, enter);
}

async function setUp(work: Work, reader: SeiReader, writer: SeiWriter): Promise<void> {
  try {
    await uploadAndSave(work, reader, writer);
  } catch (error) {
    throw columnNeeded(error, work) ?? error;
  }
}

async function uploadAndSave(work: Work, reader: SeiReader, writer: SeiWriter): Promise<void> {
  let draft: Draft;
  try {
    draft = await writer.upload(everybody(work), work.mapping);
  } catch (error) {
    const isRefused = error instanceof ConflictError || error instanceof RefusedError;
    if (!isRefused || work.live.mapping === null || movesField(work)) throw error;
    // Some servers take an upload only once. A re-upload brings new columns and leaves others out as well.
    return reupload(work, reader, writer).catch((trouble: unknown) => {
      throw trouble instanceof ReviewUnreadableError ? error : trouble;
    });
  }
  // The upload is only a draft. Saving it replaces everybody, so nobody may have written since our read.
  await mustBeUnchanged(work, reader);
  await writer.saveFieldMapping(draft, work.mapping);
}

/** Whether another column becomes the NAME, EMAIL or MANAGER_EMAIL: only a field mapping can say so. */
function movesField({ changes }: Work): boolean {
  const isField = (type: FieldType | null) => type !== null && type !== "ATTRIBUTE";
  return changesOf(changes, "mapField").some(({ before, after }) => isField(before) || isField(after));
}

async function reupload(work: Work, reader: SeiReader, writer: SeiWriter): Promise<void> {
  const review = await writer.reupload(everybody(work), work.mapping);
  const mismatch = reviewMismatch(review, work.changes);
  await mustBeUnchanged(work, reader);
  if (mismatch !== null) throw mismatch;
  await writer.approve(review);
}

async function mustBeUnchanged(work: Work, reader: SeiReader): Promise<void> {
  const now = await reader.readRoster({ identities: false });
  if (!sameLive(now, work.live)) throw new LiveChangedError();
}

/**
 * Records first, so that everybody has somebody to report to; then identities, while the records that go are still
 * there, so that none is ever lost on the way; those records last, and only those of which every identity is live with
 * whom it goes to.
 */
async function upsertAndDelete(work: Work, hands: Hands, enter: (phase: Phase) => void): Promise<void> {
  const { changes, live, mapping } = work;
  const { writer } = hands;
  const records = [
    ...changesOf(changes, "create"),
    ...changesOf(changes, "rename").filter(({ isRest }) => isRest !== true),
    ...changesOf(changes, "update"),
  ].map((change): Developer => change.after);
  if (records.length > 0) {
    enter("upsert");
    await writer.upsert(managersFirst(records, rosterAfter(live.developers, changes)), mapping);
  }
  const { held, free } = identitiesToSend(changes);
  if (held.length + free.length > 0) enter("setIdentity");
  const refused = await sendIdentities({ held, free }, writer);
  const moved = held.filter((one) => refused?.changes.includes(one) !== true);
  const unseen = await notShown(moved, hands);
  const stay = [...(refused?.changes ?? []), ...unseen].map(({ movedFrom }) => movedFrom);
  const leaving = leavingWithout(stay, goingIn(changes), live.developers);
  if (leaving.length > 0) {
    enter("delete");
    // The writes before took their time, and whoever was moved meanwhile may be somebody else's now.
    if (records.length > 0) await mustBeUntouched(leaving, work, hands.reader);
    await writer.deleteDevelopers(reportsFirst(leaving, live.developers));
  }
  if (refused === null && unseen.length === 0) return;
  throw new IdentitiesNotSetError({ refused, unseen, staying: goingIn(changes).length - leaving.length });
}

async function mustBeUntouched(leaving: readonly string[], { live }: Work, reader: SeiReader): Promise<void> {
  const now = await reader.readRoster({ identities: false });
  if (!untouched(leaving, live, now))
    throw new LiveChangedError("and somebody who was to be deleted is another record now, so nobody was deleted");
}

/** Whoever stays keeps their managers: the API refuses to leave a report without one. */
function leavingWithout(
  stay: readonly (string | null)[],
  going: readonly string[],
  live: ReadonlyMap<string, Developer>,
): readonly string[] {
  const leaving = new Set(going);
  for (const email of stay) {
    let at: string | null | undefined = email;
    while (typeof at === "string" && leaving.delete(at)) at = live.get(at)?.managerEmail;
  }
  return [...leaving];
}

async function setIdentities({ changes }: Work, writer: SeiWriter, enter: (phase: Phase) => void): Promise<void> {
  const identities = identitiesToSend(changes);
  if (identities.held.length + identities.free.length === 0) return;
  enter("setIdentity");
  const refused = await sendIdentities(identities, writer);
  if (refused !== null) throw new IdentitiesNotSetError({ refused, unseen: [], staying: 0 });
}

function everybody({ changes, live, mapping }: Work): readonly Developer[] {
  const { relabel } = movedColumns(live.mapping, mapping, changesOf(changes, "mapField"));
  const before = new Map([...live.developers].map(([email, developer]) => [email, relabel(developer)]));
  const after = rosterAfter(before, changes);
  return managersFirst([...after.values()], after);
}
