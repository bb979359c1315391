import { type Change, changesOf } from "../roster/change.js";
import { heldIdentities } from "../roster/held-identities.js";
import type { LiveRoster } from "../roster/live-roster.js";
import { isFinished, type RenameEntry } from "../roster/rename-entry.js";
import { type RenameJournal, without } from "./journal.js";

/**
 * Writes down the renames of a plan before anything is sent.
 *
 * @param known what the journal had when the plan was made
 * @returns what it has now
 * @throws JournalError
 */
export async function beginRenames(
  journal: RenameJournal,
  changes: readonly Change[],
  known: readonly RenameEntry[],
): Promise<readonly RenameEntry[]> {
  const fresh = without(entriesOf(changes), known);
  if (fresh.length > 0) await journal.add(fresh);
  return [...known, ...fresh];
}

/**
 * Forgets the renames that a read shows to be done. What cannot be forgotten now is forgotten by the next run; it has no
 * effect until then.
 */
export async function forgetFinished(
  journal: RenameJournal,
  known: readonly RenameEntry[],
  { developers, identities, completeness }: LiveRoster,
): Promise<void> {
  if (known.length === 0 || identities === null || !completeness.proven) return;
  const live = { developers, held: heldIdentities(identities, developers) };
  const done = known.filter((entry) => isFinished(entry, live));
  if (done.length === 0) return;
  await journal.remove(done).catch(() => undefined);
}

/**
 * Forgets the renames of a run that changed nothing, where a read shows that their new records are not there: the next
 * source may be about two people.
 *
 * @param live null: nobody could look, so they may have been begun after all
 */
export async function forgetNotBegun(
  journal: RenameJournal,
  fresh: readonly RenameEntry[],
  live: LiveRoster | null,
): Promise<void> {
  if (live === null || !live.completeness.proven) return;
  const notBegun = fresh.filter(({ email }) => !live.developers.has(email));
  if (notBegun.length > 0) await journal.remove(notBegun).catch(() => undefined);
}

/** The renames of a plan, each with the identities that come from the old record, or from nobody. */
function entriesOf(changes: readonly Change[]): readonly RenameEntry[] {
  const identities = changesOf(changes, "setIdentity");
  return changesOf(changes, "rename").map(({ email, previousEmail }) => ({
    email,
    previousEmail,
    identities: identities
      .filter((one) => one.email === email && (one.movedFrom === previousEmail || one.movedFrom === null))
      .map(({ integrationId, after }) => ({ integrationId, identity: after })),
  }));
}
