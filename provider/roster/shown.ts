/** So many letters of a value say which one it is. */
const LONGEST = 60;
/** An address is cut later: two people of one company may begin alike. */
const LONGEST_NAME = 100;

/** Characters that would move the cursor, colour the terminal, reverse the text of a report, or that nobody sees. */
const UNPRINTABLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to look for.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/**
 * A text in quotes for a message: on one line, harmless to a terminal, and not too long.
 *
 * @example
 * quoted("ada"); // '"ada"'
 */
export function quoted(text: string): string {
  return printable(JSON.stringify(cut(text, LONGEST)));
}

/**
 * An address, a path or a name as it is, unless it is so long that nobody would read on.
 *
 * @example
 * brief("ada@example.com"); // "ada@example.com"
 * brief("a".repeat(10_000)).length; // 103
 */
export function brief(text: string, longest = LONGEST_NAME): string {
  return cut(text, longest);
}

/**
 * Names in a row, the first ones of them.
 *
 * @example
 * listed(["Team", "Site"], quoted); // '"Team", "Site"'
 */
export function listed(names: readonly string[], show: (name: string) => string, most = 10): string {
  const more = names.length > most ? `, ... (${names.length - most} more)` : "";
  const shown = names.slice(0, most).map((name) => show(cut(name, 30)));
  return `${shown.join(", ")}${more}`;
}

/** A text with every unprintable character escaped. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Never inside of a character of two halves. */
function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const whole = /[\ud800-\udbff]$/.test(text.slice(0, longest)) ? longest - 1 : longest;
  return `${text.slice(0, whole)}...`;
}
