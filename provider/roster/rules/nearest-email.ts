import { byText } from "../strings.js";
import { editDistance } from "./edit-distance.js";

/** Longer addresses are not typed by hand, and indexing them costs. */
const LONGEST = 100;
/** So many candidates are compared; more of them means that nothing stands out. */
const COMPARED = 50;

/**
 * Finds, for one address after another, the declared one that was most likely meant: at most two letters away, or the
 * same mailbox in another domain. The candidates are found through an index of every mailbox with one letter left out,
 * made at the first question, so that many questions on a large roster stay linear.
 *
 * @example
 * const near = nearestEmail(["grace@example.com"]);
 * near("grcae@example.com"); // "grace@example.com"
 * near("grace@example.org"); // "grace@example.com"
 * near("linus@example.com"); // null
 */
export function nearestEmail(emails: Iterable<string>): (email: string) => string | null {
  let index: ReadonlyMap<string, readonly string[]> | undefined;
  return (email) => {
    if (email.length > LONGEST) return null;
    index ??= indexOf([...emails].sort(byText));
    const candidates = new Set<string>();
    for (const key of keysOf(email)) {
      for (const candidate of index.get(key) ?? []) {
        if (candidates.size >= COMPARED) break;
        candidates.add(candidate);
      }
    }
    return pick(email, [...candidates].sort(byText));
  };
}

function pick(email: string, candidates: readonly string[]): string | null {
  let found: string | null = null;
  let best = 3;
  for (const candidate of candidates) {
    const distance = editDistance(email, candidate, 2);
    if (distance < best) {
      best = distance;
      found = candidate;
    }
  }
  return found ?? candidates.find((candidate) => mailbox(candidate) === mailbox(email)) ?? null;
}

function indexOf(emails: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const email of emails) {
    if (email.length > LONGEST) continue;
    for (const key of keysOf(email)) {
      const same = index.get(key);
      if (same === undefined) index.set(key, [email]);
      else same.push(email);
    }
  }
  return index;
}

/**
 * The address with and without its `@`, its mailbox, and the mailbox with each letter left out. A slip in the domain is
 * found by the mailbox: to leave out the letters of the domain as well would double the index.
 */
function keysOf(email: string): ReadonlySet<string> {
  const box = mailbox(email);
  const keys = new Set([email, email.replace("@", ""), box]);
  for (let letter = 0; letter < box.length - 1; letter++) keys.add(box.slice(0, letter) + box.slice(letter + 1));
  return keys;
}

function mailbox(email: string): string {
  return email.slice(0, email.lastIndexOf("@") + 1);
}
