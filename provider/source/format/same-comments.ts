import { Lexer } from "yaml";
import { byText } from "../../roster/strings.js";
import { trimmedLine } from "./lines.js";

/**
 * Whether two YAML texts that mean the same have the same comments, each as often, in whatever order.
 *
 * @example
 * sameComments("a: 1 # x\nb: 2\n", "b: 2\na: 1 # x\n"); // true
 */
export function sameComments(a: string, b: string): boolean {
  if (!a.includes("#") && !b.includes("#")) return true;
  // Two texts of the same lines, with the same values in them, have nothing else that could differ.
  return same(linesOf(a), linesOf(b)) || same(commentsOf(a), commentsOf(b));
}

/** The lines that are not blank. A dash of a list may stand at another line of its item. */
function linesOf(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => trimmedLine(line.replace(/^[ \t]*(- +)?/, "")))
    .filter((line) => line !== "");
}

/** The lexer puts this before a scalar, which may begin with anything. */
const SCALAR = "\u001f";

function commentsOf(text: string): readonly string[] {
  const comments: string[] = [];
  let before = "";
  for (const token of new Lexer().lex(text)) {
    if (token.startsWith("#") && before !== SCALAR) comments.push(trimmedLine(token));
    before = token;
  }
  return comments;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const others = [...b].sort(byText);
  return [...a].sort(byText).every((line, at) => line === others[at]);
}
