import { byText } from "../strings.js";
import { editDistance } from "./edit-distance.js";

/** Longer words are not typed by hand, and comparing them costs. */
const LONGEST = 100;
/** Among more words nothing stands out, and comparing each unknown word with all of them costs. */
const MOST_WORDS = 100;
/** In a word of so many letters, one other letter is a slip and two are another word. */
const SHORT = 5;
/** In a word of so many letters, one other letter is another word already: "P" is no slip of "Q". */
const SHORTEST = 2;

/**
 * The word of a short list that somebody most likely meant, or null when none is near. Case does not count. A short
 * word is near only when one letter differs, else "Frame" would be near to "name".
 *
 * @example
 * nearest("manger", ["name", "manager"]); // "manager"
 * nearest("Team", ["name", "manager"]); // null
 */
export function nearest(word: string, words: readonly string[]): string | null {
  if (word.length > LONGEST || words.length > MOST_WORDS) return null;
  const typed = word.toLowerCase();
  let found: string | null = null;
  let best = 3;
  for (const candidate of [...words].sort(byText)) {
    const most = mostSlips(Math.min(word.length, candidate.length));
    const distance = editDistance(typed, candidate.toLowerCase(), most);
    if (distance <= most && distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}

function mostSlips(length: number): number {
  if (length <= SHORTEST) return 0;
  return length <= SHORT ? 1 : 2;
}
