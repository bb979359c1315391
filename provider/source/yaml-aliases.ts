import { type Alias, type Document, isAlias, isCollection, isPair, type Node } from "yaml";
import { brief } from "./show.js";

/** So many nodes may come out of aliases, in a document of any size. */
const LEAST_ALLOWED = 10_000;
/** And so many for each node that stands in the document. */
const ALLOWED_PER_NODE = 10;

/** What is wrong with the aliases of a document. */
export interface AliasProblem {
  readonly offset: number;
  readonly rule: "INVALID_YAML" | "ALIASES_EXPLODE";
  readonly message: string;
  readonly hint?: string;
}

/** The aliases of a document: what each stands for. */
export interface Aliases {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly problems: readonly AliasProblem[];
}

/**
 * Resolves every alias in one walk. Nothing is copied, so a document whose aliases multiply ("billion laughs") costs
 * no more than its text; it is refused by the size that it would have, and so is an alias inside of itself.
 */
export function resolveAliases(document: Document): Aliases {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  const sizes = new Map<Node, number>();
  const open = new Set<Node>();
  const problems: AliasProblem[] = [];
  let written = 0;
  let firstAlias: number | undefined;

  const sizeOfAlias = (alias: Alias): number => {
    const target = anchors.get(alias.source);
    const offset = alias.range?.[0] ?? 0;
    firstAlias ??= offset;
    if (target === undefined) {
      problems.push({
        offset,
        rule: "INVALID_YAML",
        message: `there is no anchor &${brief(alias.source)} before this alias`,
        hint: "a value that begins with * must be in quotes",
      });
      return 1;
    }
    if (open.has(target)) {
      problems.push({
        offset,
        rule: "ALIASES_EXPLODE",
        message: `the alias *${brief(alias.source)} stands inside of what it repeats`,
      });
      return 1;
    }
    targets.set(alias, target);
    return sizes.get(target) ?? 1;
  };

  const sizeOf = (node: unknown): number => {
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (isAlias(node)) return sizeOfAlias(node);
    written++;
    if (!isCollection(node)) {
      remember(node as Node | null, anchors);
      return 1;
    }
    remember(node, anchors);
    open.add(node);
    let size = 1;
    for (const item of node.items) size += sizeOf(item);
    open.delete(node);
    if (node.anchor !== undefined) sizes.set(node, size);
    return size;
  };

  const size = sizeOf(document.contents);
  if (size > Math.max(LEAST_ALLOWED, written * ALLOWED_PER_NODE)) {
    problems.push({
      offset: firstAlias ?? 0,
      rule: "ALIASES_EXPLODE",
      message: `the aliases of this file would make ${written} values into ${size > 1e9 ? "more than a thousand million" : size}`,
      hint: "write the values out, or use `defaults`",
    });
  }
  return { targets, problems };
}

function remember(node: Node | null, anchors: Map<string, Node>): void {
  const anchor = node === null || isAlias(node) || !("anchor" in node) ? undefined : node.anchor;
  if (typeof anchor === "string" && node !== null) anchors.set(anchor, node);
}
