// Control characters, direction marks, characters without width, halves of characters, and spaces that are no
// space or that HTML would join.
// The joiners stay where scripts and emoji need them: between characters that are not ASCII.
const JOINER =
  /(?<=(?!\p{ASCII})[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d](?=\P{ASCII})|(?<=\p{Extended_Pictographic})\ufe0f/u;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?![ \u3000])\p{Zs}|^ |(?<= ) | $/u;
const JOINER_OR_UNSEEN = new RegExp(`(${JOINER.source})|${UNSEEN.source}`, "gu");

/**
 * A text in which everything that can't be seen is written out, on one line: a reader can tell two texts apart that
 * differ in it, and nothing is shown in another order than it stands.
 *
 * @example
 * visible("Ada\u202eevil "); // "Ada[U+202E]evil[U+0020]"
 */
export function visible(text: string): string {
  return text.replace(JOINER_OR_UNSEEN, (sign, joiner: string | undefined) =>
    joiner === undefined ? named(sign) : sign,
  );
}

/** A character by its number. */
export function named(sign: string): string {
  return `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}]`;
}
