import { cutTo } from "./bytes.js";
import { named, visible } from "./visible.js";

/**
 * A word that is a word wherever it stands: letters with an apostrophe or a hyphen in between, or a number. No markup,
 * no link, no reference to a person, an issue or an emoji can be made of several of them.
 */
const WORD =
  /^(?:\(?(?:\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*(?:\(s\))?|[0-9]+(?:[.,-][0-9]+)*%?)\)?[.,;:]?)$/u;
/** What GitHub takes for the name of a commit, and the beginning of a link. */
const REFERENCE = /[0-9a-f]{7}|^www\b/i;
/** What begins an item of a list at the beginning of a line. */
const ITEM = /^\d+[.)]$/;

/**
 * A text of somebody's own as a code span: in it nothing is markup, a link, a mention, a reference or an emoji. A pipe
 * in it splits no cell after {@link cell}.
 *
 * @param most bytes of the text; the rest is cut
 * @example
 * code("a`b"); // "``a`b``"
 */
export function code(text: string, most = 160): string {
  const shown = shownWithin(text, most)
    // The hidden comment by which a bot finds its own words again must not be somebody else's, not even in a code span.
    .replace(/<!/g, `<${named("!")}`)
    // Renderers disagree whether the backslash or the pipe is the escaped one.
    .replace(/\\\|/g, `\\${named("|")}`);
  if (shown === "") return "_blank_";
  const runs = new Set([...shown.matchAll(/`+/g)].map(([run]) => run.length));
  let marks = 1;
  while (runs.has(marks)) marks++;
  const fence = "`".repeat(marks);
  const pad = /^`|`$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/**
 * A text in which words stay words, and everything that could be more is a code span.
 *
 * @param most bytes of the text; the rest is cut
 * @example
 * prose("Ada Lovelace"); // "Ada Lovelace"
 * prose("Ada @everyone"); // "Ada `@everyone`"
 */
export function prose(text: string, most = 160): string {
  const words = shownWithin(text, most).split(" ");
  const plain = words.map(
    (word, index) => WORD.test(word) && !REFERENCE.test(word) && !(index === 0 && ITEM.test(word)),
  );
  // A single word between two spans belongs to them.
  const isCode = plain.map((one, index) => !one || (plain[index - 1] === false && plain[index + 1] === false));
  const parts: string[] = [];
  let span: string[] = [];
  const close = () => {
    if (span.length > 0) parts.push(code(span.join(" "), Number.POSITIVE_INFINITY));
    span = [];
  };
  words.forEach((word, index) => {
    if (isCode[index] === true) span.push(word);
    else {
      close();
      parts.push(word);
    }
  });
  close();
  return parts.join(" ");
}

/** Markdown of {@link code} and {@link prose} as a cell of a table. */
export function cell(markdown: string): string {
  return markdown.replaceAll("|", "\\|");
}

/** What is seen of a text; of a very long one, no more is looked at than can be shown. */
function shownWithin(text: string, most: number): string {
  return cutTo(visible(text.slice(0, 2 * most)), most);
}
