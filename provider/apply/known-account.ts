import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { checksum } from "../roster/checksum.js";
import type { Target } from "../roster/target.js";
import { cacheFolder } from "./cache-folder.js";
import { makePrivateFolder, writePrivateFile } from "./private-file.js";

/**
 * The file that remembers of one account that an apply of this machine left people there. An account that suddenly
 * looks empty, or as if it had never been set up, is suspicious then. It names nobody.
 */
export function knownAccountFile(target: Target): string {
  return join(cacheFolder(), "accounts", checksum(target));
}

/** Whether an apply of this machine left people in the account. */
export function isKnownAccount(target: Target): boolean {
  return existsSync(knownAccountFile(target));
}

/**
 * Remembers what an apply left: people, or nobody. It is a second look at what the API says, so an apply that was done is
 * not called failed when this cannot be written.
 *
 * @param people how many are live after it
 */
export async function rememberAccount(target: Target, people: number): Promise<void> {
  const file = knownAccountFile(target);
  try {
    if (people === 0) return await rm(file, { force: true });
    await makePrivateFolder(join(cacheFolder(), "accounts"));
    await writePrivateFile(file, "");
  } catch {
    // As if there had been no apply.
  }
}
