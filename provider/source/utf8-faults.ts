/** Where a text in another encoding, or a damaged one, is not UTF-8. */
export interface Utf8Faults {
  /** The positions of the first bytes that are wrong, at most `most`. */
  readonly positions: readonly number[];
  /** How many there are in all. */
  readonly count: number;
}

/**
 * Finds what is not UTF-8. Each fault is what a decoder replaces by one U+FFFD: a byte that begins nothing, or the
 * beginning of a character that does not go on (Unicode, "maximal subpart").
 */
export function utf8Faults(bytes: Uint8Array, most: number): Utf8Faults {
  const positions: number[] = [];
  let count = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = lengthAt(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (positions.length < most) positions.push(at);
    count++;
    at += -length;
  }
  return { positions, count };
}

/** The length of the character at a position; negative: of what begins like one and is none. */
function lengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const more = first < 0xc2 ? -1 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : -1;
  if (more === -1) return -1;
  for (let next = 1; next <= more; next++) {
    const byte = bytes[at + next] ?? 0;
    const [low, high] = next === 1 ? secondByte(first) : ANY;
    if (byte < low || byte > high) return -next;
  }
  return more + 1;
}

type Range = readonly [low: number, high: number];
const ANY: Range = [0x80, 0xbf];

/** No longer form than needed, no half of a surrogate pair, nothing beyond U+10FFFF. */
function secondByte(first: number): Range {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return ANY;
  }
}
