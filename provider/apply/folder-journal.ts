import { randomUUID } from "node:crypto";
import { chmod, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RenameEntry } from "../roster/rename-entry.js";
import { JournalError, type RenameJournal, without } from "./journal.js";

/** The form of a file; its version goes up when the form changes. */
interface JournalFile {
  readonly version: 1;
  readonly renames: readonly RenameEntry[];
}

/**
 * A journal in a private folder, one for each account. Every apply writes a file of its own, whole or not at all, so
 * that several at once do not disturb each other, and a file goes when its last entry does. It names people.
 *
 * @param folder absolute; made when it is needed
 */
export function folderJournal(folder: string): RenameJournal {
  return {
    async entries() {
      const files = await Promise.all((await filesIn(folder)).map(readEntries));
      return files.flat();
    },
    async add(entries) {
      if (entries.length === 0) return;
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        // A folder that was there already may be more open than we make it.
        await chmod(folder, 0o700);
        await write(join(folder, `${randomUUID()}.json`), entries);
      } catch (error) {
        throw new JournalError(
          `the renames cannot be written down in ${folder} (${codeOf(error)}), and without that they are not safe if this run is interrupted; nothing was sent. Make that folder writable`,
          { cause: error },
        );
      }
    },
    async remove(entries) {
      for (const file of await filesIn(folder)) {
        const before = await readEntries(file);
        const after = without(before, entries);
        if (after.length === 0) await rm(file, { force: true });
        else if (after.length < before.length) await write(file, after);
      }
    },
  };
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => !name.startsWith(".") && name.endsWith(".json"))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new JournalError(`the journal of renames cannot be read: ${folder} (${codeOf(error)})`, { cause: error });
  }
}

/** None when another run has removed the file meanwhile. */
async function readEntries(file: string): Promise<readonly RenameEntry[]> {
  try {
    const written: unknown = JSON.parse(await readFile(file, "utf8"));
    if (isJournalFile(written)) return written.renames;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw unreadable(file, error);
  }
  throw unreadable(file, null);
}

function unreadable(file: string, cause: unknown): JournalError {
  return new JournalError(
    `the journal of renames cannot be read: ${file}. It remembers renames that an interrupted run began; it was changed, or written by another version of the package. Once nobody is live under two addresses, remove it`,
    { cause },
  );
}

async function write(file: string, renames: readonly RenameEntry[]): Promise<void> {
  const content: JournalFile = { version: 1, renames };
  const partial = `${file}.${randomUUID()}.partial`;
  try {
    const handle = await open(partial, "wx", 0o600);
    try {
      await handle.writeFile(JSON.stringify(content));
      // The machine may be what is interrupted.
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

function isJournalFile(value: unknown): value is JournalFile {
  if (!isObject(value) || value["version"] !== 1 || !Array.isArray(value["renames"])) return false;
  return value["renames"].every(
    (entry: unknown) =>
      isObject(entry) &&
      typeof entry["email"] === "string" &&
      typeof entry["previousEmail"] === "string" &&
      Array.isArray(entry["identities"]) &&
      entry["identities"].every(
        (one: unknown) =>
          isObject(one) && Number.isSafeInteger(one["integrationId"]) && typeof one["identity"] === "string",
      ),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function codeOf(error: unknown): string {
  const code = isObject(error) ? error["code"] : undefined;
  return typeof code === "string" ? code : "unknown error";
}
