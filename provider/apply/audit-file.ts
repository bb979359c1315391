import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from "node:fs";
import { codeOf } from "./private-file.js";

/** A file of JSON lines, which only grows. */
export interface AuditFile {
  /** Writes whole lines; they are on the disk when this returns. */
  write(lines: readonly object[]): void;
  close(): void;
}

/** The audit file cannot be used. */
export class AuditError extends Error {
  override readonly name = "AuditError";
}

/**
 * Opens an audit file for appending; a new one is private (0600).
 *
 * @throws AuditError when it cannot be opened; nothing may be sent then
 */
export function openAudit(file: string): AuditFile {
  const handle = attempt(file, () => openForAppending(file));
  return {
    write(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
      attempt(file, () => {
        // One write per call: lines of runs side by side do not mix.
        writeWhole(handle, Buffer.from(text));
        sync(handle);
      });
    },
    close: () => closeSync(handle),
  };
}

function openForAppending(file: string): number {
  const handle = openSync(file, "a+", 0o600);
  try {
    // A run that was killed in the middle of a line must not spoil the first line of this one.
    const { size } = fstatSync(handle);
    const last = Buffer.alloc(1);
    if (size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a) writeSync(handle, "\n");
    return handle;
  } catch (error) {
    closeSync(handle);
    throw error;
  }
}

function writeWhole(handle: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(handle, bytes, done);
}

/** What is no file on a disk, such as a pipe, cannot be synchronised, and needs not be. */
function sync(handle: number): void {
  try {
    fsyncSync(handle);
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EROFS"].includes(codeOf(error))) throw error;
  }
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new AuditError(`the audit file ${file} cannot be written: ${codeOf(error)}`, { cause: error });
  }
}
