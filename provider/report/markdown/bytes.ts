/** The length of a text in UTF-8, which no other way of counting exceeds. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, "utf8");
}

/**
 * The beginning of a text, of at most so many bytes, with "…" in place of the rest; never half a character.
 *
 * @example
 * cutTo("Lovelace", 6); // "Lov…"
 */
export function cutTo(text: string, most: number): string {
  // A unit of UTF-16 is three bytes at most.
  if (text.length * 3 <= most || bytesOf(text) <= most) return text;
  let room = most - bytesOf("…");
  let kept = "";
  for (const sign of text) {
    room -= bytesOf(sign);
    if (room < 0) break;
    kept += sign;
  }
  return `${kept}…`;
}
