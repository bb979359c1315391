import { stat } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { codeOf } from "../apply/private-file.js";

/** Whoever makes a report public says so by what they do with the file. */
const FILE_MODE = 0o600;

/**
 * Writes a report to a file, whole or not at all. A new file is private (0600); one that is replaced keeps its mode.
 *
 * @throws Error of one sentence
 */
export async function writeReport(file: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(file, text, (await isThere(file)) ? {} : { mode: FILE_MODE });
  } catch (error) {
    throw new Error(`the report cannot be written to ${file}: ${codeOf(error)}`, { cause: error });
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return false;
    throw error;
  }
}
