const MARK = /^released by \S+: /;

/**
 * What a record that goes holds in place of an identity that moves away from it. Some servers refuse to set an identity
 * that somebody holds, and keep it for who is deleted, so it has to be freed before the record goes. The mark says whose
 * it was, should a run be killed in between, and no two of them are alike.
 *
 * @example
 * releasedText("ada@example.com", "ada-gh"); // "released by ada@example.com: ada-gh"
 */
export function releasedText(holder: string, identity: string): string {
  return `released by ${holder}: ${identity}`;
}

/** The identity that was freed; null: the text is no such mark. */
export function releasedFrom(text: string): string | null {
  const mark = MARK.exec(text);
  return mark === null ? null : text.slice(mark[0].length);
}
