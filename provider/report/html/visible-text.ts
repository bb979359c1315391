// Control characters, direction marks and overrides, and characters without width: a reader can't see them, and they can
// make one text look like another. The joiners U+200C and U+200D stay: scripts and emoji need them.
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu;

/**
 * A text in which what can't be seen is written out.
 *
 * @example
 * visibleText("Ada\u202eevil"); // "Ada[U+202E]evil"
 */
export function visibleText(text: string): string {
  return text.replace(UNSEEN, (sign) => `[U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}]`);
}
