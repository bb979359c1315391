import type { RenameEntry } from "../roster/rename-entry.js";
import type { EntryFolder } from "./entry-folder.js";
import type { ValuesJournal } from "./values-journal.js";

/**
 * Remembers the renames that an apply began, until they are done: where they were killed, nothing else tells that two
 * live records are one person, or which identities an old record had.
 */
export interface RenameJournal extends EntryFolder<RenameEntry> {
  /** Where the values are remembered that upserts send along. Left out: only in memory. */
  readonly values?: ValuesJournal;
}

/** The journal cannot be kept or read. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

/** A journal that ends with the process: for plans that rename nobody, and for tests. */
export function memoryJournal(): RenameJournal {
  let kept: readonly RenameEntry[] = [];
  return {
    entries: async () => kept,
    async add(entries) {
      kept = [...without(kept, entries), ...entries];
    },
    async remove(entries) {
      kept = without(kept, entries);
    },
  };
}

/** The entries that are not among the others. */
export function without(entries: readonly RenameEntry[], others: readonly RenameEntry[]): readonly RenameEntry[] {
  const gone = new Set(others.map(textOf));
  return entries.filter((entry) => !gone.has(textOf(entry)));
}

/** The same text for the same entry, in whatever order its identities come. */
function textOf({ email, previousEmail, identities }: RenameEntry): string {
  const values = identities.map(({ integrationId, identity }) => JSON.stringify([integrationId, identity])).sort();
  return JSON.stringify([email, previousEmail, values]);
}
