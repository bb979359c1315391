import { open, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { syncFolder } from "./replace-file.js";

/**
 * A file of entries, one line of JSON each. An entry is stored once `append` is through: the line is synced, and a line that
 * a killed process left half is none.
 */
export class Journal {
  private constructor(
    readonly path: string,
    private bytes: number,
  ) {}

  /** The journal in a file, which need not exist. */
  static empty(path: string): Journal {
    return new Journal(path, 0);
  }

  /**
   * Reads a journal; a half line at its end is dropped, and written over by the next entry.
   *
   * @throws Error for a line before the last that is no JSON: the file was changed by something else
   */
  static async read(path: string): Promise<{ readonly journal: Journal; readonly entries: readonly unknown[] }> {
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return Buffer.alloc(0);
      throw error;
    });
    const entries: unknown[] = [];
    let from = 0;
    for (let end = content.indexOf(NEWLINE); end !== -1; end = content.indexOf(NEWLINE, from)) {
      try {
        entries.push(JSON.parse(content.toString("utf8", from, end)));
      } catch {
        // The power may fail between two blocks of the last line; never before it, as each is synced before the next.
        if (content.indexOf(NEWLINE, end + 1) === -1) break;
        throw new Error(`${path}:${entries.length + 1}: this line of the journal cannot be read`);
      }
      from = end + 1;
    }
    return { journal: new Journal(path, from), entries };
  }

  /** The bytes of the entries so far. */
  get size(): number {
    return this.bytes;
  }

  /** Adds an entry, as one line of JSON. When it fails, there is none. */
  async append(line: string): Promise<void> {
    const entry = Buffer.from(`${line}\n`);
    // By its name each time: in a folder that is gone, nothing is stored, and nobody must be told that it is.
    const file = await open(this.path, this.bytes === 0 ? "w" : "r+", 0o600);
    try {
      if (this.bytes > 0) await file.truncate(this.bytes);
      let written = 0;
      while (written < entry.length) {
        const { bytesWritten } = await file.write(entry, written, entry.length - written, this.bytes + written);
        written += bytesWritten;
      }
      await file.datasync();
    } catch (error) {
      await file.truncate(this.bytes).catch(() => {});
      throw error;
    } finally {
      await file.close();
    }
    if (this.bytes === 0) await syncFolder(dirname(this.path));
    this.bytes += entry.length;
  }
}

const NEWLINE = 0x0a;
