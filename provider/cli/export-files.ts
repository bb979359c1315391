import { constants } from "node:fs";
import { access, mkdir, realpath, stat } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import type { Governing, RosterDocument } from "../source/document.js";
import type { WrittenFile } from "../source/write/split-files.js";

/** Where an export goes, besides stdout. */
export type ExportTarget =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "folder"; readonly path: string };

/** People's names and managers are nobody else's business until their owner says so. */
const FILE_MODE = 0o600;
const FOLDER_MODE = 0o700;

/** What an export writes itself, and so can replace. */
const WRITTEN: readonly Governing[] = ["fields", "integrations"];

/**
 * Refuses a target that is not free, before anything is asked of the account.
 *
 * @throws Error that names what is there
 */
export async function checkTarget({ kind, path }: ExportTarget, force: boolean): Promise<void> {
  const there = await statOf(path);
  if (kind === "file") {
    if (there === null) return;
    if (!there.isFile()) throw new Error(`${path} is not a file; without --file, the export goes to stdout`);
    if (!force) throw new Error(`${path} is there already; --force replaces it`);
    return;
  }
  if (there === null) return;
  if (!there.isDirectory()) throw new Error(`${path} is not a folder`);
  const [first] = await rosterFiles(path);
  if (first !== undefined && !force) {
    throw new Error(`${path} has roster files already, such as ${first}; --force replaces those of the same name`);
  }
}

/**
 * Writes the files, each at once or not at all. A new file is private (0600); one that is replaced keeps its mode.
 *
 * @returns the paths that were written
 * @throws Error when a file that is there holds what would be lost, or what would make another roster of it
 */
export async function writeExport(
  { kind, path }: ExportTarget,
  files: readonly WrittenFile[],
  force: boolean,
): Promise<readonly string[]> {
  const targets = files.map(({ name, text }) => ({ path: kind === "file" ? path : join(path, name), text }));
  if (force) await checkNeighbours({ kind, path }, new Set(targets.map((target) => resolve(target.path))));
  if (kind === "folder") await mkdir(path, { recursive: true, mode: FOLDER_MODE });
  const { default: writeFileAtomic } = await import("write-file-atomic");
  const written: string[] = [];
  for (const target of targets) {
    try {
      const existing = await writableTarget(target.path);
      await writeFileAtomic(target.path, target.text, existing ? {} : { mode: FILE_MODE });
    } catch (error) {
      const before = written.length === 0 ? "nothing was written" : `written before it: ${written.join(", ")}`;
      throw new Error(`${target.path} could not be written (${reasonOf(error)}); ${before}`, { cause: error });
    }
    written.push(target.path);
  }
  return written;
}

/** Whether there is a file to replace. */
async function writableTarget(path: string): Promise<boolean> {
  const there = await statOf(path);
  if (there === null) return false;
  if (!there.isFile()) throw new Error("it is not a file");
  const real = await realpath(path);
  await access(real, constants.W_OK);
  // Replacing a file needs no leave to write to it, and root has leave to everything: the mode is what its owner said.
  if ((there.mode & 0o222) === 0) throw new Error("it is read-only");
  return true;
}

/** What is there and would be lost, or would stand beside the export and declare more. */
async function checkNeighbours({ kind, path }: ExportTarget, replaced: ReadonlySet<string>): Promise<void> {
  const [{ findFiles }, { readDocuments }, { LARGEST_FILE }] = await Promise.all([
    import("../source/find-files.js"),
    import("../source/read-documents.js"),
    import("../source/read-text.js"),
  ]);
  if ((await statOf(path)) === null) return;
  const { files, findings } = await findFiles(path, process.cwd());
  const outside = findings.find(({ rule }) => rule === "FILE_OUTSIDE");
  if (outside !== undefined) throw new Error(`${outside.message}; it would stand beside the export: remove it`);
  const own = files.filter((file) => replaced.has(file.path));
  const others = kind === "file" ? [] : files.filter((file) => !replaced.has(file.path));
  for (const { origin, governing, developers } of (await readDocuments(own, LARGEST_FILE)).documents) {
    const lost = [...governing.keys()].filter((key) => !WRITTEN.includes(key)).map((key) => `\`${key}\``);
    if (developers.some(({ effective }) => effective !== undefined)) lost.push("`effective`");
    if (developers.some(({ previousEmails }) => previousEmails !== undefined)) lost.push("`previousEmails`");
    if (lost.length > 0) {
      throw new Error(
        `${origin.file} holds ${lost.join(", ")}, which an export does not know and --force would lose: keep it in a file of its own (\`guards\` and the like), or remove the file first`,
      );
    }
  }
  const read = await readDocuments(others, LARGEST_FILE);
  const unread = read.findings.find(({ severity }) => severity === "error");
  if (unread !== undefined) throw new Error(`${unread.message}; it would stand beside the export: repair or remove it`);
  for (const document of read.documents) {
    const why = whyInTheWay(document);
    if (why !== null) {
      throw new Error(
        `${document.origin.file} ${why}, and is no file of this export: both together would be another roster. Remove it first`,
      );
    }
  }
}

function whyInTheWay({ developers, governing, whole }: RosterDocument): string | null {
  if (!whole) return "cannot be read as a whole";
  if (developers.length > 0) return `declares ${developers.length === 1 ? "a developer" : "developers"}`;
  const doubled = WRITTEN.find((key) => governing.has(key));
  return doubled === undefined ? null : `has \`${doubled}\``;
}

/** The roster files below a folder, as they are shown; those too that are not read because they lead out of it. */
async function rosterFiles(folder: string): Promise<readonly string[]> {
  const { findFiles } = await import("../source/find-files.js");
  const { files, findings } = await findFiles(folder, process.cwd());
  const outside = findings.flatMap(({ rule, place }) => (rule === "FILE_OUTSIDE" && place ? [place.file] : []));
  return [...files.map(({ file }) => file), ...outside];
}

async function statOf(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw new Error(`${relative(process.cwd(), resolve(path)) || "."} cannot be looked at: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return typeof code === "string" ? code : error instanceof Error ? error.message : String(error);
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}
