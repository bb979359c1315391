const LONGEST = 300;
/** White space, control characters and the separators that break lines. */
const BREAKS = /[\s\p{Cc}\p{Zl}\p{Zp}]+/gu;
const ADDRESSES = /[^\s@"'<>()[\]{},;:]+@[^\s@"'<>()[\]{},;:]+/g;

/**
 * Text from outside, fit for a message of ours: one line, cut short, without addresses of people.
 *
 * @example
 * quote("No developer\n bob@example.com"); // "No developer <email>"
 */
export function quote(text: string): string {
  const line = text
    .slice(0, 4 * LONGEST)
    .replace(BREAKS, " ")
    .trim()
    .replace(ADDRESSES, "<email>");
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}...` : line;
}

/**
 * Makes a function that takes a secret out of text, as it is and as JSON, URLs, HTML and base64 spell it.
 *
 * @example
 * scrubber("s3cret")("key s3cret refused"); // "key [key] refused"
 */
export function scrubber(secret: string): (text: string) => string {
  const spellings = new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    secret.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;"),
    Buffer.from(secret).toString("base64"),
  ]);
  const longestFirst = [...spellings].filter((one) => one !== "").sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((rest, spelling) => rest.split(spelling).join("[key]"), text);
}
