import { type Document, isCollection, isMap, isScalar, type Node, type YAMLError } from "yaml";
import type { Finding } from "./finding.js";
import type { Origin } from "./origin.js";
import { brief } from "./show.js";

/** One slip makes many errors further down: the first ones say it. */
const SHOWN = 10;

/** What the YAML parser says, in our words where ours are better. */
export function syntaxFindings(document: Document, origin: Origin): readonly Finding[] {
  const errors = [...document.errors, ...document.warnings].slice(0, SHOWN);
  return errors.map((error) => {
    const open = neverClosed(document, error);
    if (open !== null) {
      return origin.finding(open.offset, "INVALID_YAML", "this is opened and not closed", `close it with ${open.end}`);
    }
    const { rule, message, hint } = words(error);
    // The parser repeats what it found, however long it is.
    return origin.finding(error.pos[0], rule, brief(message, 300), hint);
  });
}

/** Where a quote or bracket that is never closed was opened; the parser only notices at the end of the text. */
function neverClosed(document: Document, { code, message, pos }: YAMLError): Open | null {
  const isQuote = code === "MISSING_CHAR" && message.includes("quote");
  const isBracket = (code === "BAD_INDENT" || code === "MISSING_CHAR") && /end with a [}\]]/.test(message);
  if (!isQuote && !isBracket) return null;
  let found: Open | null = null;
  let node: unknown = document.contents;
  while (node !== null && node !== undefined) {
    const { range } = node as Node;
    const fits = isQuote ? isScalar(node) : isCollection(node) && node.flow === true;
    if (fits && range && range[0] < pos[0] && range[1] >= pos[0])
      found = { offset: range[0], end: endOf(node as Node) };
    node = lastChild(node);
  }
  return found;
}

/** What was opened: where, and what closes it. */
interface Open {
  readonly offset: number;
  readonly end: string;
}

function endOf(node: Node): string {
  if (isScalar(node)) return node.type === "QUOTE_SINGLE" ? "'" : '"';
  return isMap(node) ? "}" : "]";
}

function lastChild(node: unknown): unknown {
  if (!isCollection(node)) return undefined;
  const last: unknown = node.items.at(-1);
  if (!isMap(node)) return last;
  const pair = node.items.at(-1);
  return pair?.value ?? pair?.key;
}

interface Words {
  readonly rule: string;
  readonly message: string;
  readonly hint?: string;
}

function words({ code, message }: YAMLError): Words {
  const rule = "INVALID_YAML";
  switch (code) {
    case "TAB_AS_INDENT":
      return { rule, message: "a tab stands where the line is indented", hint: "YAML is indented with spaces" };
    case "MULTIPLE_DOCS":
      return {
        rule: "MULTIPLE_DOCUMENTS",
        message: "a second document begins here; a roster file holds one",
        hint: "put it into a file of its own; several files make one roster",
      };
    case "RESOURCE_EXHAUSTION":
      return { rule, message: "this is nested too deep", hint: "a roster file is never more than five levels deep" };
    case "MISSING_CHAR":
      if (/Sequence item/.test(message)) {
        return { rule, message, hint: "begin the item with a dash and a space, or indent the line as the item above" };
      }
      return /quote/.test(message)
        ? {
            rule,
            message: "a quote is opened and not closed",
            hint: "close it; a quote inside of quotes is doubled or escaped",
          }
        : { rule, message, hint: "a key is followed by a colon and a space" };
    case "MULTILINE_IMPLICIT_KEY":
      return { rule, message: "a key or a colon is missing here", hint: "a key is followed by a colon and a space" };
    case "UNEXPECTED_TOKEN":
      return /block-seq-ind on same line/.test(message)
        ? {
            rule,
            message: "a list begins on the line of its key",
            hint: "begin it on a line of its own, below the key",
          }
        : { rule, message };
    case "BAD_SCALAR_START":
      return { rule, message, hint: "put the value in quotes" };
    case "BLOCK_AS_IMPLICIT_KEY":
      return { rule, message, hint: "put a value with a colon in quotes, and each key on a line of its own" };
    case "BAD_INDENT":
      return { rule, message, hint: "keys of one mapping begin in the same column" };
    case "NON_STRING_KEY":
      return { rule, message: "a key must be plain text", hint: "write it out; an alias cannot stand for a key" };
    case "TAG_RESOLVE_FAILED":
      return {
        rule,
        message: message.replace("Unresolved tag", "unknown tag"),
        hint: "take the tag out; a value that begins with ! must be in quotes",
      };
    default:
      return { rule, message };
  }
}
