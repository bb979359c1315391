import { resolve } from "node:path";
import type { DesiredRoster } from "../roster/desired-roster.js";
import { emailKey } from "../roster/email.js";
import type { DeclaredRoster } from "./declared.js";
import { findFiles, type SourceFile } from "./find-files.js";
import type { Finding, Place } from "./finding.js";
import { InvalidSourceError } from "./invalid-source-error.js";
import type { LoadOptions, SourceOptions } from "./load-options.js";
import { type MergedRoster, mergeDocuments, type Spot } from "./merge-documents.js";
import { codeOrigin } from "./origin.js";
import { readDocument } from "./read-document.js";
import { readDocuments } from "./read-documents.js";
import { LARGEST_FILE } from "./read-text.js";
import { sortFindings } from "./sort-findings.js";
import type { MapTree, Tree } from "./tree.js";
import { treeOfCode } from "./tree-of-code.js";

export { InvalidSourceError } from "./invalid-source-error.js";

/** A roster that is valid, and where it comes from. */
export interface LoadedRoster {
  readonly roster: DesiredRoster;
  /** The files, relative to the working directory and sorted; none for code. */
  readonly files: readonly string[];
  /** What somebody should look at, sorted by place. */
  readonly warnings: readonly Finding[];
  /** The text of each file, by its name in {@link Finding.place}. */
  readonly sources: ReadonlyMap<string, string>;
  /** Where a developer is declared; null for code and for who is not declared. */
  placeOf(email: string): Place | null;
  /** Where the guards and the prune mode stand, when the source has them. */
  readonly governs: { readonly guards?: Place; readonly prune?: Place };
}

/**
 * Loads a source: a YAML or CSV file, a folder (all .yaml, .yml and .csv files below it), a glob, or a list of these,
 * merged into one roster.
 *
 * @throws InvalidSourceError with everything that is wrong
 * @example
 * const { roster } = await loadRoster("roster/", { asOf: "2026-12-01" });
 */
export async function loadRoster(source: string | readonly string[], options: SourceOptions): Promise<LoadedRoster> {
  const cwd = resolve(options.cwd ?? ".");
  const { files, findings } = await findFiles(source, cwd);
  const largest = options.maxFileSize ?? LARGEST_FILE;
  const { documents, findings: reading, texts } = await readDocuments(files, largest, options.onParsing);
  const whole = findings.length === 0 && documents.length === files.length;
  return loaded(mergeDocuments(documents, whole, options), [...findings, ...reading], texts, files);
}

/**
 * Takes a roster that is declared in code.
 *
 * @throws InvalidSourceError with everything that is wrong; its findings have no places, and their messages begin with
 * the key path, such as `developers["ada@example.com"].manager`
 * @example
 * const developers = { "ada@example.com": { name: "Ada Lovelace", manager: null } };
 * rosterFromCode({ developers }, { asOf: "2026-12-01" });
 */
export function rosterFromCode(declared: DeclaredRoster, options: LoadOptions): LoadedRoster {
  const document = readDocument(withVersion(treeOfCode(declared, "")), codeOrigin);
  return loaded(mergeDocuments([document], true, options), [], new Map(), []);
}

/** Code has no version of a file format: it is checked by the types of this package. */
function withVersion(tree: Tree): Tree {
  if (tree.kind !== "map") return tree;
  const version = {
    key: "version",
    mark: "version",
    value: { kind: "text", mark: "version", text: "1", value: 1 },
  } as const;
  const entries = tree.entries.some(({ key }) => key === "version") ? tree.entries : [version, ...tree.entries];
  return { ...tree, entries } satisfies MapTree;
}

function loaded(
  merged: MergedRoster,
  before: readonly Finding[],
  texts: ReadonlyMap<string, string>,
  files: readonly SourceFile[],
): LoadedRoster {
  const findings = sortFindings([...before, ...merged.findings]);
  if (findings.some(({ severity }) => severity === "error")) throw new InvalidSourceError(findings, texts);
  const guards = placeOf(merged.governs.get("guards"));
  const prune = placeOf(merged.governs.get("prune"));
  return {
    roster: merged.roster,
    files: files.map(({ file }) => file),
    warnings: findings,
    sources: texts,
    placeOf: (email) => placeOf(merged.spotOf(emailKey(email))),
    governs: { ...(guards === null ? {} : { guards }), ...(prune === null ? {} : { prune }) },
  };
}

function placeOf(spot: Spot | undefined): Place | null {
  return spot === undefined ? null : spot.origin.placeOf(spot.mark);
}
