import { SetupUnfinishedError } from "../sei/errors/setup-errors.js";
import { PartialWriteError, UncertainWriteError, UpsertNotUnderstoodError } from "../sei/errors.js";
import type { SeiWriter } from "../sei/writer.js";
import type { Contributors } from "./find-contributors.js";

/** What ended a write, also one of several requests. */
export function stoppedBy(trouble: unknown): unknown {
  return trouble instanceof PartialWriteError ? trouble.cause : trouble;
}

/** Whether a write may have been received, or was, although no read shows it yet. */
export function isUncertain(trouble: unknown): boolean {
  const cause = stoppedBy(trouble);
  return cause instanceof UncertainWriteError || cause instanceof SetupUnfinishedError;
}

/** Whether a write that failed may have taken effect, in whole or in part. */
function tookEffect(trouble: unknown): boolean {
  if (trouble instanceof UpsertNotUnderstoodError) return true;
  return isUncertain(trouble) || (trouble instanceof PartialWriteError && trouble.batches > 0);
}

/** The same writer, which says when something may have changed. Uploads only make drafts. */
export function watched(writer: SeiWriter, onTaken: () => void): SeiWriter {
  const watch = (write: Promise<void>) => watchedWrite(write, onTaken);
  return {
    upload: (developers, mapping) => writer.upload(developers, mapping),
    reupload: (developers, mapping) => writer.reupload(developers, mapping),
    saveFieldMapping: (draft, mapping) => watch(writer.saveFieldMapping(draft, mapping)),
    approve: (draft) => watch(writer.approve(draft)),
    upsert: (developers, mapping) => watch(writer.upsert(developers, mapping)),
    deleteDevelopers: (emails) => watch(writer.deleteDevelopers(emails)),
    setIdentities: (identities) => watch(writer.setIdentities(identities)),
  };
}

/** The same for the v1 API. */
export function watchedContributors({ reader, writer }: Contributors, onTaken: () => void): Contributors {
  return { reader, writer: { update: (contributors) => watchedWrite(writer.update(contributors), onTaken) } };
}

async function watchedWrite(write: Promise<void>, onTaken: () => void): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (tookEffect(error)) onTaken();
    throw error;
  }
  onTaken();
}
