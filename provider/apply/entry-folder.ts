import { randomUUID } from "node:crypto";
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "../sei/shape/json.js";
import { JournalError } from "./journal.js";
import { codeOf, makePrivateFolder, writePrivateFile } from "./private-file.js";

/** What is remembered in a folder, and the words for it. */
export interface EntryKind<Entry> {
  /** The key of the list in a file, which is what the journal is called too: `renames`. */
  readonly name: string;
  /** What is written down, as a sentence begins with it. */
  readonly what: string;
  /** What an unreadable file holds, and what to do about it. */
  readonly holds: string;
  readonly remedy: string;
  /** Whether something that was read is an entry. */
  readonly isEntry: (value: unknown) => value is Entry;
  readonly without: (entries: readonly Entry[], others: readonly Entry[]) => readonly Entry[];
}

/** Entries that outlast the process. */
export interface EntryFolder<Entry> {
  /** @throws JournalError when what is there cannot be read */
  entries(): Promise<readonly Entry[]>;
  /** @throws JournalError when they cannot be kept; then nothing may be written to the account */
  add(entries: readonly Entry[]): Promise<void>;
  remove(entries: readonly Entry[]): Promise<void>;
}

/** The version of the form of a file; it goes up when the form changes. */
const VERSION = 1;

/**
 * Entries in a private folder, one for each account. Every apply writes a file of its own, whole or not at all, so that
 * several at once do not disturb each other, and a file goes when its last entry does. It names people.
 *
 * @param folder absolute; made when it is needed
 */
export function entryFolder<Entry>(folder: string, kind: EntryKind<Entry>): EntryFolder<Entry> {
  const { name, what, holds, remedy, isEntry, without } = kind;

  const unreadable = (file: string, cause: unknown): JournalError =>
    new JournalError(
      `the journal of ${name} cannot be read: ${file}. ${holds}; it was changed, or written by another version of the package. ${remedy}`,
      { cause },
    );

  /** The oldest first: their names begin with the time. */
  async function files(): Promise<readonly string[]> {
    try {
      const names = await readdir(folder);
      return names
        .filter((file) => !file.startsWith(".") && file.endsWith(".json"))
        .sort()
        .map((file) => join(folder, file));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw new JournalError(`the journal of ${name} cannot be read: ${folder} (${codeOf(error)})`, { cause: error });
    }
  }

  /** None when another run has removed the file meanwhile. */
  async function read(file: string): Promise<readonly Entry[]> {
    let written: unknown;
    try {
      written = JSON.parse(await readFile(file, "utf8"));
    } catch (error) {
      if (codeOf(error) === "ENOENT") return [];
      throw unreadable(file, error);
    }
    const list = isObject(written) && written["version"] === VERSION ? written[name] : null;
    if (!Array.isArray(list) || !list.every(isEntry)) throw unreadable(file, null);
    return list;
  }

  function write(file: string, entries: readonly Entry[]): Promise<void> {
    return writePrivateFile(file, JSON.stringify({ version: VERSION, [name]: entries }));
  }

  return {
    async entries() {
      return (await Promise.all((await files()).map(read))).flat();
    },
    async add(entries) {
      if (entries.length === 0) return;
      try {
        await makePrivateFolder(folder);
        await write(join(folder, `${new Date().toISOString().replaceAll(":", "-")}-${randomUUID()}.json`), entries);
      } catch (error) {
        throw new JournalError(
          `${what} cannot be written down in ${folder} (${codeOf(error)}), and without that they are not safe if this run is interrupted; nothing was sent. Make that folder writable`,
          { cause: error },
        );
      }
    },
    async remove(entries) {
      for (const file of await files()) {
        const before = await read(file);
        const after = without(before, entries);
        if (after.length === 0) await rm(file, { force: true });
        else if (after.length < before.length) await write(file, after);
      }
    },
  };
}
