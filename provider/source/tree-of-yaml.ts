import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
} from "yaml";
import type { Finding } from "./finding.js";
import { conflictFindings, mergeConflicts } from "./merge-conflict.js";
import { fileOrigin, type Origin } from "./origin.js";
import { RepeatedPlaces } from "./repeated-places.js";
import { quoted } from "./show.js";
import { lineEndOf } from "./text-lines.js";
import type { Entry, Tree } from "./tree.js";
import { resolveAliases } from "./yaml-aliases.js";
import { syntaxFindings } from "./yaml-syntax.js";

/** One YAML file, read. */
export interface ParsedYaml {
  readonly origin: Origin;
  /** null when the text is not YAML: what it means is then unknown. */
  readonly tree: Tree | null;
  readonly findings: readonly Finding[];
  /** What the tree was made of, for who needs the ends of values too. */
  readonly document: Document;
}

/**
 * Parses the text of one file into a tree with offsets. Carriage returns alone are line ends too, as YAML has it; the
 * parser knows them only before line feeds.
 *
 * @param file as it is shown in findings
 * @param onLines told again and again the offset of a line that is parsed
 */
export function treeOfYaml(file: string, text: string, onLines?: (offset: number) => void): ParsedYaml {
  const lines = onLines === undefined ? new LineCounter() : new WatchedLines(onLines);
  const repeats = new RepeatedPlaces(text.length);
  const origin = repeats.hinting(fileOrigin(file, repeats.linesOver(lines)));
  const document = parseDocument(lineEndOf(text) === "\r" ? text.replaceAll("\r", "\n") : text, {
    lineCounter: lines,
    // Ours are linear; the parser compares every key of a map with every other.
    uniqueKeys: false,
    stringKeys: true,
    resolveKnownTags: false,
    prettyErrors: false,
    logLevel: "error",
  });
  const conflicts = mergeConflicts(text);
  const syntax = conflicts.length > 0 ? conflictFindings(conflicts, origin) : syntaxFindings(document, origin);
  if (syntax.length > 0) return { origin, tree: null, findings: syntax, document };
  // A text without an asterisk has no alias, and most have none.
  const aliases = text.includes("*") ? resolveAliases(document) : { targets: new Map<Alias, Node>(), problems: [] };
  if (aliases.problems.length > 0) {
    const findings = aliases.problems.map((p) => origin.finding(p.offset, p.rule, p.message, p.hint));
    return { origin, tree: null, findings, document };
  }
  const findings: Finding[] = [];
  const tree = new Converter(aliases.targets, repeats, origin, findings).tree(document.contents, 0, 0);
  return { origin, tree, findings, document };
}

/** So many lines take some 20 ms to parse. */
const SOME_LINES = 1_000;

/** The parser tells its counter of every line as it gets there. */
class WatchedLines extends LineCounter {
  constructor(onLines: (offset: number) => void) {
    super();
    const { addNewLine } = this;
    this.addNewLine = (offset) => {
      const lines = addNewLine(offset);
      if (lines % SOME_LINES === 1) onLines(offset);
      return lines;
    };
  }
}

/** Deeper values are an error wherever they stand, and need not be looked at. */
const DEEPEST = 6;

class Converter {
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #repeats: RepeatedPlaces;
  readonly #origin: Origin;
  readonly #findings: Finding[];
  /** Where the alias stands whose value is converted; of several in each other, the outermost one. */
  #alias: number | null = null;

  constructor(targets: ReadonlyMap<Alias, Node>, repeats: RepeatedPlaces, origin: Origin, findings: Finding[]) {
    this.#targets = targets;
    this.#repeats = repeats;
    this.#origin = origin;
    this.#findings = findings;
  }

  /** @param offset of the place to blame for a value that is not there */
  tree(node: unknown, offset: number, depth: number, key = ""): Tree {
    if (isAlias(node)) return this.#repeated(node, offset, depth, key);
    const at = offsetOf(node) ?? offset;
    const mark = this.#markOf(at);
    if (isScalar(node)) {
      const { value, source } = node;
      if (value === null) return { kind: "null", mark };
      const text = source ?? String(value);
      return { kind: "text", mark, text, value: plain(value, text) };
    }
    if (isMap(node)) {
      if (depth > DEEPEST) return { kind: "odd", mark, what: "nested too deep" };
      // A developer who stands twice is a DUPLICATE_EMAIL, which names both places.
      if (depth !== 1 || key !== "developers") this.#reportDoubled(node.items);
      return { kind: "map", mark, entries: node.items.map((pair) => this.#entry(pair, at, depth)) };
    }
    if (isSeq(node)) {
      if (depth > DEEPEST) return { kind: "odd", mark, what: "nested too deep" };
      return { kind: "list", mark, items: node.items.map((item) => this.tree(item, at, depth + 1)) };
    }
    return { kind: "null", mark };
  }

  #entry({ key, value }: Pair, offset: number, depth: number): Entry {
    const at = offsetOf(key) ?? offset;
    const text = keyText(key);
    return { key: text, mark: this.#markOf(at), value: this.tree(value, at, depth + 1, text) };
  }

  #repeated(alias: Alias, offset: number, depth: number, key: string): Tree {
    const outer = this.#alias;
    this.#alias ??= offsetOf(alias) ?? offset;
    const tree = this.tree(this.#targets.get(alias) ?? null, offset, depth, key);
    this.#alias = outer;
    return tree;
  }

  #markOf(offset: number): number {
    return this.#alias === null ? offset : this.#repeats.markOf(this.#alias, offset);
  }

  #reportDoubled(pairs: readonly Pair[]): void {
    // What an alias repeats is reported where it is written: it is wrong there, whoever repeats it.
    if (pairs.length < 2 || this.#alias !== null) return;
    const first = new Map<string, unknown>();
    for (const { key } of pairs) {
      const text = keyText(key);
      if (!first.has(text)) {
        first.set(text, key);
        continue;
      }
      const earlier = this.#origin.says(offsetOf(first.get(text)) ?? 0);
      const message = `the key ${quoted(text)} stands here a second time, first at ${earlier}`;
      this.#findings.push(this.#origin.finding(offsetOf(key) ?? 0, "DUPLICATE_KEY", message, "keep one of them"));
    }
  }
}

function keyText(key: unknown): string {
  return isScalar(key) ? (key.source ?? String(key.value)) : "";
}

function offsetOf(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

/** JSON has no infinity and no bigint: such a scalar is text. */
function plain(value: unknown, text: string): string | number | boolean {
  if (typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  return text;
}
