import { type FileHandle, open, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** What a file is called until it is complete. */
export const UNFINISHED = ".new";

/**
 * Puts a text in a file at once and for good: who reads it later, even after the process was killed or the power failed, finds
 * the old content or all of the new.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const file = await open(`${path}${UNFINISHED}`, "w", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}${UNFINISHED}`, path);
  await syncFolder(dirname(path));
}

/** Makes the names in a folder last; where folders cannot be synced, the system does it in its own time. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder);
    await handle.sync();
  } catch (error) {
    if (!(error instanceof Error) || !NO_SYNC.has((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle?.close();
  }
}

/** What systems answer that do not open or sync folders. */
const NO_SYNC = new Set(["EISDIR", "EPERM", "EACCES", "EINVAL", "ENOTSUP"]);
