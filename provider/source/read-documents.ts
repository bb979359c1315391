import { columnKey } from "../roster/field-mapping.js";
import type { KnownColumns } from "./csv/map-header.js";
import type { DecodedText } from "./decode-text.js";
import type { RosterDocument } from "./document.js";
import { isCsv, type SourceFile } from "./find-files.js";
import type { Finding } from "./finding.js";
import type { OnParsing } from "./load-options.js";
import { fileFinding } from "./origin.js";
import { readDocument } from "./read-document.js";
import { readFields } from "./read-governing.js";
import { readText } from "./read-text.js";
import { faultFindings, lostCharacters } from "./text-findings.js";
import type { Tree } from "./tree.js";

/** So many characters of YAML take about a second. */
const LARGE = 1_000_000;

/** The files of a source, each taken apart. */
export interface ReadDocuments {
  /** In the order of the files. */
  readonly documents: readonly RosterDocument[];
  /** About files that gave no document. */
  readonly findings: readonly Finding[];
  /** The text of each file, as it is shown. */
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads the files of a source: YAML first, because what a column of a CSV means may stand there.
 *
 * @param largest the size in bytes from which a file is too large to be a roster
 */
export async function readDocuments(
  files: readonly SourceFile[],
  largest: number,
  onParsing?: OnParsing,
): Promise<ReadDocuments> {
  const texts = new Map<string, string>();
  const findings: Finding[] = [];
  const documents = new Map<string, RosterDocument>();
  const tables: [file: string, decoded: Exclude<DecodedText, { kind: "other" }>][] = [];
  for (const { path, file } of files) {
    const read = await readText(path, file, largest);
    if ("finding" in read) {
      findings.push(read.finding);
      continue;
    }
    const { decoded } = read;
    if (decoded.kind === "other") {
      const rule = isCsv(file) ? "INVALID_CSV" : "FILE_NOT_UTF8";
      findings.push(fileFinding(file, rule, `${file} is no text in UTF-8: ${decoded.is}`, decoded.hint));
      continue;
    }
    texts.set(file, decoded.text);
    if (isCsv(file)) tables.push([file, decoded]);
    else {
      const document = await readYaml(file, decoded, findings, onParsing);
      if (document !== null) documents.set(file, document);
    }
  }
  const allYaml = files.every(({ file }) => isCsv(file) || documents.has(file));
  const known = knownColumns([...documents.values()], allYaml);
  if (tables.length > 0) {
    // The parsers are loaded by who needs them: to load both takes a good part of the time of a small roster.
    const { readCsv } = await import("./csv/read-csv.js");
    for (const [file, decoded] of tables) documents.set(file, readCsv(file, decoded, known));
  }
  return { documents: files.flatMap(({ file }) => documents.get(file) ?? []), findings, texts };
}

async function readYaml(
  file: string,
  decoded: Exclude<DecodedText, { kind: "other" }>,
  findings: Finding[],
  onParsing: OnParsing | undefined,
): Promise<RosterDocument | null> {
  if (decoded.kind === "faulty") {
    const words = { encodingRule: "FILE_NOT_UTF8", syntaxRule: "INVALID_YAML", where: () => "" };
    findings.push(...faultFindings(file, decoded, words));
    return null;
  }
  const { treeOfYaml } = await import("./tree-of-yaml.js");
  const { text } = decoded;
  const onLines =
    onParsing === undefined || text.length < LARGE ? undefined : (at: number) => onParsing(file, at / text.length);
  const { tree, origin, findings: syntax } = treeOfYaml(file, text, onLines);
  findings.push(...lostCharacters(file, text, () => ""), ...syntax);
  return tree === null ? null : readDocument(tree, origin);
}

/**
 * What the YAML files of a source say about columns; null when nobody knows, because it stands in a file that cannot
 * be read, or is wrong. Two files that say it are an error elsewhere: the first one counts here.
 */
function knownColumns(documents: readonly RosterDocument[], all: boolean): KnownColumns | null {
  const given = documents.find(({ governing }) => governing.has("fields"));
  const entry = given?.governing.get("fields");
  const ignoring = documents.flatMap(({ governing }) => governing.get("ignoreFields")?.value ?? [])[0];
  const ignored = new Set(ignoring === undefined ? [] : textsOf(ignoring).map(columnKey));
  if (given === undefined || entry === undefined) return all ? { fields: null, ignored } : null;
  const { value } = readFields(entry.value, given.origin);
  return value === null ? null : { fields: value, ignored };
}

function textsOf(tree: Tree): readonly string[] {
  return tree.kind === "list" ? tree.items.flatMap((item) => (item.kind === "text" ? [item.text] : [])) : [];
}
