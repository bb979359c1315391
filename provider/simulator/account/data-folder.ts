import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Account, Draft } from "./account.js";
import { type AccountPatch, applyPatch, patchOf } from "./account-patch.js";
import { lockFolder } from "./folder-lock.js";
import { Journal } from "./journal.js";
import { replaceFile } from "./replace-file.js";
import type { Persistence } from "./store.js";
import { freeze, revive, type StoredAccount } from "./stored-account.js";

/** account.json: the account as it was once, and the file with what was written since. */
interface Snapshot extends StoredAccount {
  readonly format: 2;
  readonly journal: string;
}

/** A journal is begun anew, with a new snapshot, when it is larger than the snapshot and than this. */
const JOURNAL_BYTES = 1024 * 1024;

const ACCOUNT = "account.json";
const OURS = /^(journal-\d+\.jsonl|rows-[\w-]*\.json|account\.json\.new|rows-[\w-]*\.json\.new)$/;
const journalName = (number: number) => `journal-${number}.jsonl`;
const rowsName = (id: string) => `rows-${Buffer.from(id).toString("base64url")}.json`;

/**
 * Keeps an account in a folder: a snapshot (`account.json`), a journal of the writes since, and the rows of each version that
 * waits. A write costs what it changes: one line, synced before it is answered.
 *
 * A process that is killed at any point leaves a whole account, with the write under way or without it. The snapshot names
 * its journal, so that both are replaced at once; rows are there before the write that speaks of them and removed after the one
 * that does not; what nothing speaks of is removed at the next start.
 */
export function dataFolder(folder: string): Persistence {
  const pathOf = (name: string) => join(folder, name);
  let release = async () => {};
  let number = 0;
  let journal = Journal.empty(pathOf(journalName(0)));
  let snapshotBytes = 0;
  // Until a snapshot is written: at first there is none, and after one that failed it is not known which one there is.
  let snapshotNeeded = true;

  async function load(): Promise<Account | null> {
    const snapshot = await readSnapshot(pathOf(ACCOUNT));
    if (snapshot === null) {
      await removeOthers(folder, new Set());
      return null;
    }
    const { text, stored, journalFile } = snapshot;
    const account = revive(stored);
    if (journalFile !== null) {
      const read = await Journal.read(pathOf(journalFile));
      // The folder is the simulator's own, and what is in it was written by append below.
      for (const entry of read.entries) applyPatch(account, entry as AccountPatch);
      journal = read.journal;
      number = Number(/\d+/.exec(journalFile)?.[0] ?? 0);
      snapshotBytes = Buffer.byteLength(text);
      snapshotNeeded = false;
    }
    const waiting = account.drafts.filter(({ rows }) => rows).map(({ id }) => rowsName(id));
    await removeOthers(folder, new Set([...waiting, ...(journalFile === null ? [] : [journalFile])]));
    const drafts = new Map<string, Draft>();
    for (const draft of account.drafts) {
      const rows = draft.rows ? JSON.parse(await readFile(pathOf(rowsName(draft.id)), "utf8")) : null;
      drafts.set(draft.id, { ...draft, rows });
    }
    const { small, columns, developers, identities } = account;
    return { ...small, columns, developers, identities, drafts };
  }

  async function writeSnapshot(account: Account): Promise<void> {
    snapshotNeeded = true;
    const name = journalName(number + 1);
    // A journal of this name is left from a snapshot that failed: nothing speaks of it.
    await rm(pathOf(name), { force: true });
    const snapshot: Snapshot = { format: 2, journal: name, ...freeze(account) };
    const text = JSON.stringify(snapshot);
    await replaceFile(pathOf(ACCOUNT), text);
    const old = journal.path;
    number += 1;
    journal = Journal.empty(pathOf(name));
    snapshotBytes = Buffer.byteLength(text);
    snapshotNeeded = false;
    await rm(old, { force: true });
  }

  return {
    async load() {
      await mkdir(folder, { recursive: true });
      release = await lockFolder(folder);
      try {
        return await load();
      } catch (error) {
        await release();
        throw error;
      }
    },
    async save(next, before) {
      for (const { id, rows } of next.drafts.values()) {
        if (rows !== null && rows !== before.drafts.get(id)?.rows) {
          await replaceFile(pathOf(rowsName(id)), JSON.stringify(rows));
        }
      }
      const patch = snapshotNeeded ? null : patchOf(before, next);
      const line = patch === null ? "" : JSON.stringify(patch);
      if (patch === null || journal.size + line.length > Math.max(JOURNAL_BYTES, snapshotBytes)) {
        await writeSnapshot(next);
      } else await journal.append(line);
      for (const { id, rows } of before.drafts.values()) {
        if (rows !== null && (next.drafts.get(id)?.rows ?? null) === null)
          await rm(pathOf(rowsName(id)), { force: true });
      }
    },
    close: () => release(),
  };
}

/** What account.json holds; null when there is none. @throws Error for one that is not ours */
async function readSnapshot(path: string) {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  let read: { readonly format: number; readonly journal?: string } & StoredAccount;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const { format, journal, ...stored } = read;
  // Format 1 had no journal: every write was a snapshot.
  if (format !== 1 && format !== 2) throw new Error(`${path}: a newer version wrote this (format ${format})`);
  return { text, stored, journalFile: journal ?? null };
}

/** Removes what a process left that was killed: files that nothing speaks of. Files of other names are not ours. */
async function removeOthers(folder: string, kept: ReadonlySet<string>): Promise<void> {
  for (const name of await readdir(folder)) {
    if (OURS.test(name) && !kept.has(name)) await rm(join(folder, name), { force: true });
  }
}
