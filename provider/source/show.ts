import type { Tree } from "./tree.js";

const LONGEST = 60;

/** Characters that would move the cursor, colour the terminal or reverse the text of a report. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * A text in quotes for a message: on one line, harmless to a terminal, and not too long.
 *
 * @example
 * quoted("ada"); // '"ada"'
 */
export function quoted(text: string): string {
  const short = text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
  return printable(JSON.stringify(short));
}

/** A text with every unprintable character escaped. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** What a tree is, to end a sentence with "it is ...". */
export function describe(tree: Tree): string {
  switch (tree.kind) {
    case "text":
      return typeof tree.value === "string" ? quoted(tree.text) : printable(tree.text.slice(0, LONGEST));
    case "null":
      return "empty";
    case "list":
      return "a list";
    case "map":
      return "a mapping";
    case "odd":
      return tree.what;
  }
}
