import { byText } from "../strings.js";
import { editDistance } from "./edit-distance.js";

/** Longer words are not typed by hand, and comparing them costs. */
const LONGEST = 100;

/**
 * The word of a short list that somebody most likely meant, or null when none is near. Case does not count. A short
 * word is near only when one letter differs, else "Lane" would be near to "name".
 *
 * @example
 * nearest("manger", ["name", "manager"]); // "manager"
 * nearest("Team", ["name", "manager"]); // null
 */
export function nearest(word: string, words: readonly string[]): string | null {
  if (word.length > LONGEST) return null;
  const most = word.length <= 4 ? 1 : 2;
  const typed = word.toLowerCase();
  let found: string | null = null;
  let best = most + 1;
  for (const candidate of [...words].sort(byText)) {
    const distance = editDistance(typed, candidate.toLowerCase(), most);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found;
}
