import { type Change, changesOf } from "../roster/change.js";
import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { rosterAfter } from "../roster/roster-after.js";
import type { Way } from "../roster/way.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { managersFirst, reportsFirst } from "./order.js";
import { checkReview } from "./review-check.js";
import { LiveChangedError, sameLive } from "./same-live.js";
import { identitiesToSend, StillHeldError, sendIdentities } from "./send-identities.js";

/** What is to be done, on what was read. */
export interface Work {
  readonly changes: readonly Change[];
  readonly mapping: FieldMapping;
  readonly way: Way["kind"];
  readonly live: LiveRoster;
}

/** The part of the work that a request belongs to, so that an outcome can say what was not tried. */
export type Phase = "setup" | "reupload" | "upsert" | "delete" | "setIdentity";

/** Sends the requests of one plan, in an order in which the API can accept each of them. */
export async function execute(
  work: Work,
  reader: SeiReader,
  writer: SeiWriter,
  enter: (phase: Phase) => void,
): Promise<void> {
  switch (work.way) {
    case "none":
      return;
    case "setup":
      enter("setup");
      await setUp(work, reader, writer);
      return setIdentities(work, writer, enter);
    case "reupload":
      enter("reupload");
      await reupload(work, reader, writer);
      return setIdentities(work, writer, enter);
    case "upsert":
      return upsertAndDelete(work, writer, enter);
    default:
      work.way satisfies never;
  }
}

async function setUp(work: Work, reader: SeiReader, writer: SeiWriter): Promise<void> {
  const draft = await writer.upload(everybody(work), work.mapping);
  // The upload is only a draft. Saving it replaces everybody, so nobody may have written since our read.
  await mustBeUnchanged(work, reader);
  await writer.saveFieldMapping(draft, work.mapping);
}

async function reupload(work: Work, reader: SeiReader, writer: SeiWriter): Promise<void> {
  const review = await writer.reupload(everybody(work), work.mapping);
  checkReview(review, work.changes);
  await mustBeUnchanged(work, reader);
  await writer.approve(review);
}

async function mustBeUnchanged(work: Work, reader: SeiReader): Promise<void> {
  const now = await reader.readRoster({ identities: false });
  if (!sameLive(now, work.live)) throw new LiveChangedError();
}

/**
 * Records first, so that everybody has somebody to report to; then identities, while the records that go still hold
 * theirs, so that none is ever lost on the way; those records last.
 */
async function upsertAndDelete(work: Work, writer: SeiWriter, enter: (phase: Phase) => void): Promise<void> {
  const { changes, live, mapping } = work;
  const records = [
    ...changesOf(changes, "create"),
    ...changesOf(changes, "rename").filter(({ isRest }) => isRest !== true),
    ...changesOf(changes, "update"),
  ].map((change): Developer => change.after);
  if (records.length > 0) {
    enter("upsert");
    await writer.upsert(managersFirst(records, rosterAfter(live.developers, changes)), mapping);
  }
  const stillHeld = await setIdentities(work, writer, enter).then(() => null, heldOrThrow);
  const leaving = [
    ...changesOf(changes, "delete").map(({ email }) => email),
    ...changesOf(changes, "rename").map(({ previousEmail }) => previousEmail),
  ];
  if (leaving.length > 0) {
    enter("delete");
    await writer.deleteDevelopers(reportsFirst(leaving, live.developers));
  }
  if (stillHeld !== null) await setIdentities(work, writer, enter);
}

function heldOrThrow(error: unknown): StillHeldError {
  if (error instanceof StillHeldError) return error;
  throw error;
}

async function setIdentities({ changes }: Work, writer: SeiWriter, enter: (phase: Phase) => void): Promise<void> {
  const identities = identitiesToSend(changes);
  if (identities.held.length + identities.free.length === 0) return;
  enter("setIdentity");
  await sendIdentities(identities, writer);
}

function everybody({ changes, live }: Work): readonly Developer[] {
  const after = rosterAfter(live.developers, changes);
  return managersFirst([...after.values()], after);
}
