import { type Change, changesOf } from "../roster/change.js";
import type { Developer, Identity } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { rosterAfter } from "../roster/roster-after.js";
import type { Way } from "../roster/way.js";
import type { SeiReader } from "../sei/reader.js";
import type { SeiWriter } from "../sei/writer.js";
import { managersFirst, reportsFirst } from "./order.js";
import { checkReview } from "./review-check.js";
import { LiveChangedError, sameLive } from "./same-live.js";

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
      break;
    case "reupload":
      enter("reupload");
      await reupload(work, reader, writer);
      break;
    case "upsert":
      await upsert(work, writer, enter);
      break;
    default:
      work.way satisfies never;
  }
  const identities = changesOf(work.changes, "setIdentity").map(
    ({ email, integrationId, after }): Identity => ({ email, integrationId, identity: after }),
  );
  if (identities.length === 0) return;
  enter("setIdentity");
  await writer.setIdentities(identities);
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

async function upsert(work: Work, writer: SeiWriter, enter: (phase: Phase) => void): Promise<void> {
  const after = rosterAfter(work.live.developers, work.changes);
  const records = [...changesOf(work.changes, "create"), ...changesOf(work.changes, "update")].map(
    (change): Developer => change.after,
  );
  if (records.length > 0) {
    enter("upsert");
    await writer.upsert(managersFirst(records, after), work.mapping);
  }
  const leaving = changesOf(work.changes, "delete").map(({ email }) => email);
  if (leaving.length > 0) {
    enter("delete");
    await writer.deleteDevelopers(reportsFirst(leaving, work.live.developers));
  }
}

function everybody({ changes, live }: Work): readonly Developer[] {
  const after = rosterAfter(live.developers, changes);
  return managersFirst([...after.values()], after);
}
