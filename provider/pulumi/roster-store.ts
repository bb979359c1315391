import { createHash, randomUUID } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../apply/cache-folder.js";

const UNUSED_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Hands a roster from the program to the provider, which is another process, without sending it through the engine:
 * a private file named by its content. Several runs at once may write the same file; each writes it whole.
 */
export interface RosterStore {
  /** Keeps the text and returns its fingerprint: the SHA-256 of its bytes, in hexadecimal digits. */
  put(text: string): Promise<string>;
  /** The text of a fingerprint; null when it is not on this machine, or not what its name says. */
  get(fingerprint: string): Promise<string | null>;
}

/** The store in the user's cache folder. */
export function rosterStore(folder: string = join(cacheFolder(), "rosters")): RosterStore {
  const fileOf = (fingerprint: string) => join(folder, `${fingerprint}.json`);
  return {
    async put(text) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // A folder that was there already may be more open than we make it.
      await chmod(folder, 0o700);
      const fingerprint = fingerprintOf(text);
      const partial = join(folder, `.${fingerprint}.${randomUUID()}`);
      await writeFile(partial, text, { mode: 0o600 });
      await rename(partial, fileOf(fingerprint));
      await removeUnused(folder);
      return fingerprint;
    },
    async get(fingerprint) {
      if (!/^[0-9a-f]{64}$/.test(fingerprint)) return null;
      try {
        const text = await readFile(fileOf(fingerprint), "utf8");
        if (fingerprintOf(text) !== fingerprint) return null;
        const now = new Date();
        await utimes(fileOf(fingerprint), now, now);
        return text;
      } catch {
        return null;
      }
    },
  };
}

function fingerprintOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function removeUnused(folder: string): Promise<void> {
  const before = Date.now() - UNUSED_MS;
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    try {
      if ((await stat(file)).mtimeMs < before) await rm(file, { force: true });
    } catch {
      // Another run removed it first.
    }
  }
}
