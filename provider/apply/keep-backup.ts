import { randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { extname, join } from "node:path";
import { checksum } from "../roster/checksum.js";
import { byText } from "../roster/strings.js";
import { type Backup, BackupError, backupText, parseBackup } from "./backup.js";
import { cacheFolder } from "./cache-folder.js";
import { describe } from "./describe.js";
import { codeOf, makePrivateFolder, writePrivateFile } from "./private-file.js";

/** So many backups of one account stay in the cache folder. */
const MOST_KEPT = 20;

/** How the names of backups of some people alone end. */
const PART = ".part.json";

/** Where a backup went. */
export interface KeptBackup {
  readonly file: string;
  /** An earlier backup that had this name, under its new one. */
  readonly earlier?: string;
}

/**
 * Keeps a backup: in the file that was asked for, else in the private cache folder, which keeps the last 20 of each
 * account. An earlier backup of the same name is never overwritten: what it holds may be what somebody will want back.
 *
 * @throws BackupError when it cannot be written; nothing may be sent then
 */
export async function keepBackup(backup: Backup, asked: string | undefined): Promise<KeptBackup> {
  try {
    return asked === undefined ? await inCacheFolder(backup) : await inFile(backup, asked);
  } catch (error) {
    const where = asked ?? `${cacheFolder()} (PULUMI_HARNESS_SEI_CACHE, else the user's cache folder)`;
    const why = error instanceof BackupError ? error.message : codeOf(error);
    throw new BackupError(
      `the backup of the live roster cannot be written to ${where}: ${why}. Nothing was sent. Make room or make it writable${asked === undefined ? ", or say --backup FILE" : ""}`,
      { cause: error },
    );
  }
}

/**
 * Reads the backup in a file.
 *
 * @throws BackupError
 */
export async function readBackup(file: string): Promise<Backup> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new BackupError(`${file} cannot be read: ${codeOf(error)}`, { cause: error });
  }
  try {
    return parseBackup(text);
  } catch (error) {
    throw new BackupError(`${file} cannot be restored: ${describe(error)}`, { cause: error });
  }
}

async function inCacheFolder(backup: Backup): Promise<KeptBackup> {
  const folder = join(cacheFolder(), "backups", checksum(backup.target));
  await makePrivateFolder(folder);
  // Backups of somebody alone are many and small: they must not push those of everybody out.
  const isOfSome = backup.people !== undefined;
  const file = join(folder, `${nameOf(backup)}-${randomUUID().slice(0, 8)}${isOfSome ? PART : ".json"}`);
  await writePrivateFile(file, backupText(backup));
  // Their names begin with the time.
  const kept = (await readdir(folder))
    .filter((name) => name.endsWith(".json") && name.endsWith(PART) === isOfSome)
    .sort(byText);
  for (const name of kept.slice(0, -MOST_KEPT)) await rm(join(folder, name), { force: true });
  return { file };
}

async function inFile(backup: Backup, file: string): Promise<KeptBackup> {
  const earlier = await earlierBackup(file);
  if (earlier === null) {
    await writePrivateFile(file, backupText(backup));
    return { file };
  }
  const extension = extname(file);
  const moved = `${file.slice(0, file.length - extension.length)}.${nameOf(earlier)}${extension}`;
  await rename(file, moved);
  await writePrivateFile(file, backupText(backup));
  return { file, earlier: moved };
}

/** null: nothing has this name. */
async function earlierBackup(file: string): Promise<Backup | null> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
  try {
    return parseBackup(text);
  } catch (error) {
    throw new BackupError("something else has this name; say another", { cause: error });
  }
}

/** The time of a backup as a part of a file name. */
function nameOf({ time }: Backup): string {
  return time.replaceAll(":", "-");
}
