import { withoutMarkers } from "./marker.mjs";

/**
 * A text that nobody vouches for, as a code block: in it there are no links, images, mentions or HTML. Invisible and
 * direction-changing characters are shown as `�`.
 *
 * @param {string} text
 * @param {number} [most] characters of the text; the rest is cut
 */
export function codeBlock(text, most = 50_000) {
  const visible = withoutMarkers(text)
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, "\ufffd");
  const shown = visible.length <= most ? visible : `${visible.slice(0, most).replace(/[\ud800-\udbff]$/, "")}\n[cut]`;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  // A fence of thousands of marks would not leave room for what it fences.
  const safe = longest > 20 ? shown.replaceAll("`", "'") : shown;
  const fence = "`".repeat(longest > 20 ? 3 : longest + 1);
  return `${fence}text\n${safe.trimEnd()}\n${fence}`;
}
