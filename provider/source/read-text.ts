import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { type DecodedText, decodeText } from "./decode-text.js";
import type { Finding } from "./finding.js";
import { fileFinding } from "./origin.js";

/** A roster of 100,000 developers is about 20 MiB; more is not a roster. */
export const LARGEST_FILE = 32 * 1024 * 1024;

/** The text of a file, or why there is none. */
export type ReadText = { readonly decoded: DecodedText } | { readonly finding: Finding };

/**
 * Reads a text file: UTF-8, or UTF-16 with a byte order mark.
 *
 * @param path on this machine
 * @param file as it is shown in findings
 * @param largest the size in bytes from which it is too large to be a roster
 */
export async function readText(path: string, file: string, largest: number): Promise<ReadText> {
  let handle: FileHandle | undefined;
  try {
    // A link in a pull request may lead to a pipe or a device: opening one must not wait, and reading one never ends.
    handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) return { finding: fileFinding(file, "FILE_NOT_READABLE", `${file} is not a file`) };
    const { size } = stats;
    if (size > largest) return { finding: tooLarge(file, size, largest) };
    const bytes = await handle.readFile();
    return bytes.length > largest ? { finding: tooLarge(file, bytes.length, largest) } : { decoded: decodeText(bytes) };
  } catch (error) {
    return { finding: systemFinding(file, error) };
  } finally {
    await handle?.close();
  }
}

/** A finding for what the operating system says about a path. */
export function systemFinding(file: string, error: unknown): Finding {
  const code = (error as { readonly code?: unknown } | null)?.code ?? error;
  switch (code) {
    case "ENOENT":
      return fileFinding(
        file,
        "FILE_NOT_FOUND",
        `there is no file or folder ${file}`,
        "check the path; it is relative to the working directory",
      );
    case "EACCES":
    case "EPERM":
      return fileFinding(
        file,
        "FILE_NOT_READABLE",
        `${file} may not be read: permission denied`,
        "allow it to be read; it is not skipped, because that would lose people",
      );
    default:
      return fileFinding(file, "FILE_NOT_READABLE", `${file} cannot be read: ${String(code)}`);
  }
}

function tooLarge(file: string, size: number, largest: number): Finding {
  // A file that is a byte too large must not look as if it were not.
  const show = sizeText(size) === sizeText(largest) ? (bytes: number): string => `${bytes} bytes` : sizeText;
  return fileFinding(
    file,
    "FILE_TOO_LARGE",
    `${file} has ${show(size)}; the limit is ${show(largest)}`,
    "split it, as several files make one roster; or raise the limit with --max-file-size",
  );
}

/**
 * A size in the unit that suits it.
 *
 * @example
 * sizeText(1536); // "1.5 KiB"
 */
function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const kibibytes = bytes / 1024;
  const [size, unit] = kibibytes < 1024 ? [kibibytes, "KiB"] : [kibibytes / 1024, "MiB"];
  return `${Number(size.toFixed(1))} ${unit}`;
}
