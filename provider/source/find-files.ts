import { realpath, stat } from "node:fs/promises";
import { relative, resolve, sep } from "node:path";
import { glob, isDynamicPattern } from "tinyglobby";
import { byText } from "../roster/strings.js";
import type { Finding } from "./finding.js";
import { fileFinding } from "./origin.js";
import { systemFinding } from "./read-text.js";
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
 * left out. What cannot be read is a finding and never skipped.
 */
export async function findFiles(source: string | readonly string[], cwd: string): Promise<FoundFiles> {
  const entries = typeof source === "string" ? [source] : source;
  if (entries.length === 0) {
    return {
      files: [],
      findings: [fileFinding(".", "NO_FILES", "the source is an empty list", "name a file, a folder or a glob")],
    };
  }
  const found = await Promise.all(entries.map((entry) => filesOf(entry, cwd)));
  const files = new Map<string, SourceFile>();
  const findings = found.flatMap((one) => one.findings);
  for (const path of found.flatMap((one) => one.paths)) {
    const file = shown(path, cwd);
    const finding = unsupported(file);
    if (finding === null) files.set(path, { path, file });
    else findings.push(finding);
  }
  return { files: await onceEach([...files.values()].sort((a, b) => byText(a.file, b.file))), findings };
}

/** A file that links lead to under several names is one file. */
async function onceEach(files: readonly SourceFile[]): Promise<readonly SourceFile[]> {
  // What has no real path cannot be read either, and reading says why.
  const real = await Promise.all(files.map(({ path }) => realpath(path).catch(() => path)));
  const first = new Map([...real.entries()].reverse().map(([at, path]) => [path, at]));
  return files.filter((_, at) => first.get(real[at] ?? "") === at);
}

interface Found {
  readonly paths: readonly string[];
  readonly findings: readonly Finding[];
}

async function filesOf(entry: string, cwd: string): Promise<Found> {
  const path = resolve(cwd, entry);
  const file = shown(path, cwd);
  try {
    const stats = await stat(path);
    if (stats.isFile()) return { paths: [path], findings: [] };
    if (stats.isDirectory()) return await search(IN_FOLDER, path, file, cwd, "the folder has no YAML and no CSV file");
    return { paths: [], findings: [fileFinding(file, "FILE_NOT_READABLE", `${file} is neither a file nor a folder`)] };
  } catch (error) {
    if (!isDynamicPattern(entry)) return { paths: [], findings: [systemFinding(file, error)] };
    return search(entry, cwd, entry, cwd, "the glob matches no file");
  }
}

/** @param label what the finding is about when there is no file */
async function search(pattern: string, folder: string, label: string, cwd: string, nothing: string): Promise<Found> {
  const findings: Finding[] = [];
  const paths = await glob(pattern, {
    cwd: folder,
    absolute: true,
    expandDirectories: false,
    caseSensitiveMatch: pattern !== IN_FOLDER,
    fs: watchedFileSystem((path, error) => {
      if (!isHidden(relative(folder, path))) findings.push(systemFinding(shown(path, cwd), error));
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
