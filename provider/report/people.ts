/**
 * How far a report names people. `names`: email and name. `masked`: `a***@example.com`. `none`: counts only. Pulumi Cloud
 * and public pull requests keep what is printed.
 */
export type People = "names" | "masked" | "none";

/**
 * An address as a report may show it.
 *
 * @example
 * showEmail("ada@example.com", "masked"); // "a***@example.com"
 */
export function showEmail(email: string, people: People): string {
  switch (people) {
    case "names":
      return oneLine(email);
    case "masked": {
      const at = email.lastIndexOf("@");
      return oneLine(`${email.slice(0, 1)}***${at < 0 ? "" : email.slice(at)}`);
    }
    case "none":
      return "somebody";
  }
}

/**
 * A value from a user on one line, without control characters, quoted, and not longer than a line should be.
 *
 * @example
 * showValue("Staff\nEngineer"); // '"Staff\\nEngineer"'
 */
export function showValue(value: string): string {
  const shown = value.length > 80 ? `${value.slice(0, 79)}…` : value;
  return oneLine(JSON.stringify(shown));
}

/** Control characters and line separators could forge lines of a log. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]/gu, " ");
}
