import { type Document, visit } from "yaml";
import type { Finding, Place } from "./finding.js";
import { arrange } from "./format/arrange.js";
import { checkBasics } from "./format/check-basics.js";
import { meaningOf } from "./format/meaning.js";
import { sameComments } from "./format/same-comments.js";
import { lineEndOf } from "./text-lines.js";
import { treeOfYaml } from "./tree-of-yaml.js";

/** A part of a file that could not be brought into order. */
export interface LeftAsItIs {
  /** In the text before. */
  readonly place: Place | null;
  readonly message: string;
  readonly hint?: string;
}

interface Refused {
  readonly kind: "refused";
  readonly findings: readonly Finding[];
}

/** What became of the text of a roster file. */
export type FormattedYaml =
  | { readonly kind: "formatted"; readonly text: string; readonly left: readonly LeftAsItIs[] }
  /** It is no YAML, or no roster file; nothing is known about its order. */
  | Refused
  /** What we made of it is not the same roster: an error of ours. `what` is what would have changed. */
  | { readonly kind: "unsafe"; readonly what: string };

/**
 * Formats one roster file: developers by email, keys in the order of the documentation, at most one blank line, no
 * white space at the ends of lines, `\n` as newline, no byte order mark. Values and comments keep every letter.
 * Formatting what was formatted changes nothing.
 *
 * @param file as it is shown in findings
 * @param arrangeWith for tests of the check that guards the result
 * @example
 * formatYaml("team.yaml", "version: 1\ndevelopers:\n  b@example.com: {}\n  a@example.com: {}\n");
 * // { kind: "formatted", text: "version: 1\ndevelopers:\n  a@example.com: {}\n  b@example.com: {}\n", left: [] }
 */
export function formatYaml(file: string, text: string, arrangeWith = arrange): FormattedYaml {
  const made = arrangedText(file, text, true, arrangeWith);
  if ("kind" in made) return made;
  const change = changeBetween(file, text, made);
  if (change === null) return { kind: "formatted", text: made.text, left: made.left };
  if (made.alias === null || change.kind === "comments") return { kind: "unsafe", what: change.what };

  const unsorted = arrangedText(file, text, false, arrangeWith);
  if ("kind" in unsorted) return unsorted;
  const still = changeBetween(file, text, unsorted);
  if (still !== null) return { kind: "unsafe", what: still.what };
  return { kind: "formatted", text: unsorted.text, left: [leftForAlias(made.alias)] };
}

/** A file, arranged and not yet checked. */
interface Made {
  readonly text: string;
  /** What the text before meant; "" when nothing changed. */
  readonly meaning: string;
  readonly left: readonly LeftAsItIs[];
  /** The first alias of the text before. */
  readonly alias: Place | null;
}

/** The parsed text is let go of at the end: for a large roster it is hundreds of megabytes, and it is parsed once more. */
function arrangedText(file: string, text: string, order: boolean, arrangeWith: typeof arrange): Made | Refused {
  const read = treeOfYaml(file, text);
  const findings = [...read.findings, ...(read.tree === null ? [] : checkBasics(read.tree, read.origin))];
  if (read.tree === null || findings.some(({ severity }) => severity === "error")) return { kind: "refused", findings };

  const source = withNewlines(text);
  const { tree, document, origin, findings: late } = source === text ? read : treeOfYaml(file, source);
  if (tree === null) return { kind: "refused", findings: late };
  const arranged = arrangeWith(source, document, tree, order);
  const alias = firstAlias(document);
  return {
    text: arranged.text,
    meaning: arranged.text === text ? "" : meaningOf(read.tree),
    left: arranged.left.map(({ offset, why }) => ({
      place: origin.placeOf(offset),
      message: `the order of this part is left as it is: ${why}`,
    })),
    alias: alias === null ? null : origin.placeOf(alias),
  };
}

function withNewlines(text: string): string {
  const lines = lineEndOf(text) === "\r" ? text.replaceAll("\r", "\n") : text;
  const ended = lines.endsWith("\n") ? lines : `${lines}\n`;
  return ended.replace(/^\uFEFF/, "").replaceAll("\r\n", "\n");
}

interface Change {
  readonly kind: "meaning" | "comments";
  readonly what: string;
}

/** Reads what was made as if it came from the disk, and compares it with what was there. */
function changeBetween(file: string, text: string, made: Made): Change | null {
  if (made.text === text) return null;
  const after = treeOfYaml(file, made.text).tree;
  if (after === null || made.meaning !== meaningOf(after)) return { kind: "meaning", what: "what the file declares" };
  return sameComments(withNewlines(text), made.text) ? null : { kind: "comments", what: "its comments" };
}

function firstAlias(document: Document): number | null {
  let offset: number | null = null;
  visit(document, {
    Alias: (_, alias) => {
      offset = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

function leftForAlias(place: Place): LeftAsItIs {
  return {
    place,
    message: "the order of this file is left as it is: sorting would move an alias before its anchor",
    hint: "write the value out, or put the anchor into a part that comes first, such as `defaults`",
  };
}
