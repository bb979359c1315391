import { realpath, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { byText } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import { fileFinding } from "./origin.js";
import { systemFinding } from "./read-text.js";
import { type SourceRoots, sourceRoots } from "./source-roots.js";
import { watchedFileSystem } from "./watched-file-system.js";

/** A file of a source. */
export interface SourceFile {
  /** On this machine. */
  readonly path: string;
  /** As it is shown: relative to the working directory, with slashes. */
  readonly file: string;
}

/** The files of a source, sorted, each once, and what is wrong with it. */
export interface FoundFiles {
  readonly files: readonly SourceFile[];
  readonly findings: readonly Finding[];
}

const IN_FOLDER = "**/*.{yaml,yml,csv}";

/**
 * Finds the files of a source: each entry is a file, a folder (every YAML and CSV file below it) or a glob. Hidden files are
 * left out. What cannot be read is a finding and never skipped, and so is a link that leads out of the source.
 */
export async function findFiles(source: string | readonly string[], cwd: string): Promise<FoundFiles> {
  const entries = typeof source === "string" ? [source] : source;
  if (entries.length === 0) {
    return {
      files: [],
      findings: [fileFinding(".", "NO_FILES", "the source is an empty list", "name a file, a folder or a glob")],
    };
  }
  const roots = await sourceRoots(entries, cwd);
  const found = await Promise.all(entries.map((entry) => filesOf(entry, roots, cwd)));
  const files = new Map<string, SourceFile>();
  const findings = found.flatMap((one) => one.findings);
  for (const path of found.flatMap((one) => one.paths)) {
    const file = shown(path, cwd);
    const finding = unsupported(file);
    if (finding === null) files.set(path, { path, file });
    else findings.push(finding);
  }
  const real = await realFiles([...files.values()].sort((a, b) => byText(a.file, b.file)));
  const outside = real.filter(({ target }) => !roots.hold(target)).map(({ file }) => leadsOutside(file));
  return { files: onceEach(real.filter(({ target }) => roots.hold(target))), findings: [...findings, ...outside] };
}

interface RealFile extends SourceFile {
  /** Where links lead to in the end. */
  readonly target: string;
}

async function realFiles(files: readonly SourceFile[]): Promise<readonly RealFile[]> {
  // What has no real path cannot be read either, and reading says why.
  return Promise.all(files.map(async (one) => ({ ...one, target: await realpath(one.path).catch(() => one.path) })));
}

/** A file that links lead to under several names is one file. */
function onceEach(files: readonly RealFile[]): readonly SourceFile[] {
  const first = new Map([...files].reverse().map((one) => [one.target, one]));
  return files.filter((one) => first.get(one.target) === one).map(({ path, file }) => ({ path, file }));
}

interface Found {
  readonly paths: readonly string[];
  readonly findings: readonly Finding[];
}

async function filesOf(entry: string, roots: SourceRoots, cwd: string): Promise<Found> {
  const path = resolve(cwd, entry);
  const file = shown(path, cwd);
  try {
    const stats = await stat(path);
    if (stats.isFile()) return { paths: [path], findings: [] };
    if (stats.isDirectory()) {
      return await search(IN_FOLDER, path, file, roots, cwd, "the folder has no YAML and no CSV file");
    }
    return { paths: [], findings: [fileFinding(file, "FILE_NOT_READABLE", `${file} is neither a file nor a folder`)] };
  } catch (error) {
    const { isDynamicPattern } = await import("tinyglobby");
    if (!isDynamicPattern(entry)) return { paths: [], findings: [systemFinding(file, error)] };
    return search(entry, cwd, entry, roots, cwd, "the glob matches no file");
  }
}

/** @param label what the finding is about when there is no file */
async function search(
  pattern: string,
  folder: string,
  label: string,
  roots: SourceRoots,
  cwd: string,
  nothing: string,
): Promise<Found> {
  const findings: Finding[] = [];
  // Loaded by who needs it: a file that is named needs no search.
  const { glob } = await import("tinyglobby");
  const paths = await glob(pattern, {
    cwd: folder,
    absolute: true,
    expandDirectories: false,
    caseSensitiveMatch: pattern !== IN_FOLDER,
    fs: watchedFileSystem(roots, (path, error) => {
      if (isHidden(relative(folder, path))) return;
      const file = shown(path, cwd);
      findings.push(error === "outside" ? leadsOutside(file) : systemFinding(file, error));
    }),
  });
  if (paths.length === 0 && findings.length === 0) {
    findings.push(
      fileFinding(
        label,
        "NO_FILES",
        `${nothing}: ${label}`,
        "a source that declares nobody is refused; check the path",
      ),
    );
  }
  return { paths: paths.map((path) => resolve(path)), findings };
}

/**
 * Whether a file is read as CSV, by its name.
 *
 * @example
 * isCsv("roster/People.CSV"); // true
 */
export function isCsv(file: string): boolean {
  return /\.csv$/i.test(file);
}

/** A link in a pull request may lead to a file that nobody who reviews it should see a line of. */
function leadsOutside(file: string): Finding {
  return fileFinding(
    file,
    "FILE_OUTSIDE",
    `${file} is a link that leads out of the source, and is not read`,
    "put a copy there; or name what it leads to as a part of the source too",
  );
}

function unsupported(file: string): Finding | null {
  if (/\.ya?ml$/i.test(file) || isCsv(file)) return null;
  return fileFinding(
    file,
    "FILE_NOT_SUPPORTED",
    `${file} is not a roster file`,
    "a roster file ends in .yaml, .yml or .csv",
  );
}

/** Such as the lock that an editor leaves, which is a link to nowhere. */
function isHidden(path: string): boolean {
  return path.split(sep).some((name) => name.startsWith(".") && name !== "." && name !== "..");
}

function shown(path: string, cwd: string): string {
  const short = relative(cwd, path);
  return (short === "" ? "." : short).split(sep).join("/");
}
