import type { Account } from "./account.js";

const answers = new WeakMap<Account, Map<string, unknown>>();

/** So many answers are remembered for one account. */
const KEPT = 8;

/**
 * Answers a question about an account once: all pages of a list come from the same account, which never changes.
 *
 * @param question what decides the answer, with a word for which list it is of
 */
export function remember<T>(account: Account, question: readonly unknown[], compute: () => readonly T[]): readonly T[] {
  const key = JSON.stringify(question);
  const known = answers.get(account) ?? new Map<string, unknown>();
  answers.set(account, known);
  const before = known.get(key);
  // One question has one compute, so what is under it is what compute returned.
  if (before !== undefined) return before as readonly T[];
  const answer = compute();
  if (known.size >= KEPT) known.clear();
  known.set(key, answer);
  return answer;
}
