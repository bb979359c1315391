import { constants } from "node:fs";
import { access, readFile, realpath, stat } from "node:fs/promises";
import writeFileAtomic from "write-file-atomic";
import { decodeText } from "../decode-text.js";
import type { SourceFile } from "../find-files.js";
import type { Finding } from "../finding.js";
import { formatYaml, type LeftAsItIs } from "../format-yaml.js";
import { fileFinding } from "../origin.js";
import { readText } from "../read-text.js";
import { faultFindings } from "../text-findings.js";

/** What became of a file. */
export type FormattedFile =
  /** `text` is the formatted one, whether it was written or not. `source` is the one before. */
  | {
      readonly kind: "formatted";
      readonly changed: boolean;
      readonly text: string;
      readonly source: string;
      readonly left: readonly LeftAsItIs[];
    }
  /** Left as it is, because of what stands in it; `source` is null when it could not be read. */
  | { readonly kind: "refused"; readonly findings: readonly Finding[]; readonly source: string | null }
  /** Left as it is, for another reason. */
  | { readonly kind: "failed"; readonly message: string; readonly hint: string };

/** How a file is formatted. */
export interface FormatFileOptions {
  /** false only says what would change. */
  readonly write: boolean;
  /** In bytes. */
  readonly maxFileSize: number;
}

/**
 * Formats a file in its place, at once or not at all: nobody ever sees half of it. A file that needs no change is not
 * touched. The mode stays, and a link stays a link.
 */
export async function formatFile({ path, file }: SourceFile, options: FormatFileOptions): Promise<FormattedFile> {
  const read = await readText(path, file, options.maxFileSize);
  if ("finding" in read) return refused([read.finding], null);
  const { decoded } = read;
  if (decoded.kind === "other") {
    return refused(
      [fileFinding(file, "FILE_NOT_UTF8", `${file} is no text in UTF-8: ${decoded.is}`, decoded.hint)],
      null,
    );
  }
  const source = decoded.text;
  if (decoded.kind === "faulty") {
    const words = { encodingRule: "FILE_NOT_UTF8", syntaxRule: "INVALID_YAML", where: () => "" };
    return refused(faultFindings(file, decoded, words), source);
  }
  const made = formatYaml(file, source);
  switch (made.kind) {
    case "refused":
      return refused(made.findings, source);
    case "unsafe":
      return failed(`formatting would have changed ${made.what}`, OURS);
    case "formatted":
      return finish(path, source, made.text, made.left, options.write);
  }
}

async function finish(
  path: string,
  source: string,
  text: string,
  left: readonly LeftAsItIs[],
  write: boolean,
): Promise<FormattedFile> {
  const formatted = (changed: boolean): FormattedFile => ({ kind: "formatted", changed, text, source, left });
  try {
    const bytes = await readFile(path);
    if (bytes.equals(Buffer.from(text))) return formatted(false);
    if (!write) return formatted(true);
    const now = decodeText(bytes);
    if (now.kind !== "text" || now.text !== source)
      return failed("somebody changed it at the same time", "run the command again");
    const target = await realpath(path);
    await access(target, constants.W_OK);
    // Replacing a file needs no leave to write to it, and root has leave to everything: the mode is what its owner said.
    if (((await stat(target)).mode & 0o222) === 0) return failed("it is read-only", WRITABLE);
    await writeFileAtomic(target, text);
    return formatted(true);
  } catch (error) {
    return failed(whyNotWritten(error), WRITABLE);
  }
}

function refused(findings: readonly Finding[], source: string | null): FormattedFile {
  return { kind: "refused", findings, source };
}

function failed(message: string, hint: string): FormattedFile {
  return { kind: "failed", message, hint };
}

const OURS = "this is an error of sei-roster and not of the file; please report it";
const WRITABLE = "allow the file and its folder to be written";

function whyNotWritten(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code;
  switch (code) {
    case "EACCES":
    case "EPERM":
      return "it may not be written: permission denied";
    case "EROFS":
      return "it may not be written: the file system is read-only";
    default:
      return `it cannot be written: ${String(code ?? error)}`;
  }
}
