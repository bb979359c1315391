import { type Change, changesOf } from "../roster/change.js";
import { type KeptValues, keptValuesOf, withLostValues } from "../roster/kept-values.js";
import type { LiveRoster } from "../roster/live-roster.js";
import type { Way } from "../roster/way.js";
import type { Seen } from "./settle.js";
import type { ValuesJournal } from "./values-journal.js";

/**
 * Writes down what the upserts of a plan send along, before anything is sent. A CSV has a documented form, so only
 * upserts can lose any.
 *
 * @param known what the journal had when the plan was made
 * @returns what it has now
 * @throws JournalError
 */
export async function beginValues(
  journal: ValuesJournal,
  { changes, way }: { readonly changes: readonly Change[]; readonly way: Way },
  known: readonly KeptValues[],
): Promise<readonly KeptValues[]> {
  // A re-upload may turn out to go by upsert.
  const isSentAlong = way.kind === "upsert" || way.kind === "reupload";
  // What an interrupted run took from somebody is theirs under the next address too, and their manager's.
  const fresh = isSentAlong ? [...renamed(known, changes), ...keptValuesOf(changes)] : [];
  await journal.add(fresh);
  return [...known, ...fresh];
}

function renamed(known: readonly KeptValues[], changes: readonly Change[]): readonly KeptValues[] {
  const newAddress = new Map(changesOf(changes, "rename").map(({ email, previousEmail }) => [previousEmail, email]));
  if (newAddress.size === 0) return [];
  const both = (address: string) => [...new Set([address, newAddress.get(address) ?? address])];
  return known.flatMap((one) =>
    both(one.email)
      .flatMap((email) => both(one.managerEmail).map((managerEmail) => ({ ...one, email, managerEmail })))
      .filter(({ email, managerEmail }) => email !== one.email || managerEmail !== one.managerEmail),
  );
}

/**
 * Forgets values, once a plan on a whole read has nothing to put back: they are there, or are declared to be blank. What
 * cannot be forgotten now is forgotten by the next run.
 */
export async function forgetValues(journal: ValuesJournal, values: readonly KeptValues[]): Promise<void> {
  if (values.length > 0) await journal.remove(values).catch(() => undefined);
}

/** Forgets the values of a run that seems to have sent nothing, when a read shows them all. */
export async function forgetNotSent(
  journal: ValuesJournal,
  values: readonly KeptValues[],
  live: LiveRoster | null,
): Promise<void> {
  if (live !== null && withLostValues(values, live.developers).length === 0) await forgetValues(journal, values);
}

/** Whether a whole read shows that a value is blank which was only sent along, and that a plan puts it back. */
export function isDamaged({ live, left }: Pick<Seen, "live" | "left">, kept: readonly KeptValues[]): boolean {
  if (left.length === 0 || !live.completeness.proven) return false;
  return withLostValues(kept, live.developers).length > 0;
}
