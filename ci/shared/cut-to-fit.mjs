/** GitHub takes 65,536 characters in a comment. Counted in UTF-16 units, of which there are never fewer. */
export const MOST_CHARACTERS = 65_536;

/**
 * Markdown that fits: cut after a whole line, with what the cut left open closed again, and a last line that says so.
 *
 * @param {string} text
 * @param {number} [most] characters
 * @returns {string} the text itself when it fits
 */
export function cutToFit(text, most = MOST_CHARACTERS) {
  if (text.length <= most) return text;
  const note = "\n\n_Cut here: the rest does not fit into a comment. The log of the run has it all._\n";
  // Room for the fence and the tags that are closed below.
  const end = text.lastIndexOf("\n", most - note.length - 400);
  const kept = text.slice(0, Math.max(0, end)).replace(/[\ud800-\udbff]$/, "");
  const fence = openFence(kept);
  const tags = (kept.match(/<details\b/g)?.length ?? 0) - (kept.match(/<\/details>/g)?.length ?? 0);
  return `${kept}${fence === "" ? "" : `\n${fence}`}${"\n\n</details>".repeat(Math.max(0, Math.min(tags, 16)))}${note}`;
}

/** The fence of the code block that is still open at the end of a text; "" when none is. */
function openFence(/** @type {string} */ text) {
  let open = "";
  for (const [, marks = "", info = ""] of text.matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (open === "") open = marks;
    else if (info.trim() === "" && marks[0] === open[0] && marks.length >= open.length) open = "";
  }
  return open.length > 200 ? "" : open;
}
