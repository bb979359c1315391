/** Letters, and what names, addresses and roles have besides. It begins with a letter and does not end in a space. */
const PLAIN = /^\p{L}[\p{L}\p{M}\p{N}_ .,@+/()&'-]*(?<! )$/u;

/** Words that some parser takes for something else than text (YAML 1.1 has more of them than 1.2). */
const TAKEN = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i;

/** What cannot stand in a YAML file, what ends a line in one, and what nobody sees; the joiners of emoji may stay. */
const ESCAPED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
  /["\\\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200b\u200e\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff9-\uffff\u{e0000}-\u{e007f}]/gu;

const SHORT: Readonly<Record<string, string>> = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A longer key needs a question mark before it: a parser looks only so far for the colon (1,024). */
const LONGEST_KEY = 1000;

/**
 * A text as a YAML scalar on one line. Every parser reads it as this very text, and as text: what looks like a number,
 * a date or yes/no is in quotes.
 *
 * @example
 * yamlText("Ada Lovelace"); // Ada Lovelace
 * yamlText("007"); // "007"
 */
export function yamlText(text: string): string {
  return PLAIN.test(text) && !TAKEN.test(text) ? text : quotedText(text);
}

/**
 * A text in double quotes, with everything escaped that would end the line or that nobody sees. Half of a surrogate
 * pair has an escape too, and our loader reads it back.
 */
export function quotedText(text: string): string {
  return `"${text.replace(ESCAPED, (found) => SHORT[found] ?? escaped(found.codePointAt(0) ?? 0))}"`;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  return code > 0xffff ? `\\U${hex.padStart(8, "0")}` : `\\u${hex.padStart(4, "0")}`;
}

/**
 * The line of a key with a value that stands on it, or the line of a key whose value follows, indented deeper.
 *
 * @param key a scalar, as {@link yamlText} writes it
 * @param value likewise, with a comment behind it or not; left out: the value follows
 */
export function yamlEntry(indent: string, key: string, value?: string): string {
  const after = value === undefined ? "" : ` ${value}`;
  return key.length > LONGEST_KEY ? `${indent}? ${key}\n${indent}:${after}\n` : `${indent}${key}:${after}\n`;
}
