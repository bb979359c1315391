import { showEmail } from "../report/people.js";

const MOST_NAMED = 5;

/**
 * How many people, and the first of them; masked, only how many.
 *
 * @param all out of so many; null when that makes no sense
 * @example
 * someOf(["ada@example.com"], 40, "names"); // "1 of 40: ada@example.com"
 */
export function someOf(emails: readonly string[], all: number | null, people: "names" | "masked"): string {
  const count = all === null ? String(emails.length) : `${emails.length} of ${all}`;
  if (people === "masked" || emails.length === 0) return count;
  const more = emails.length - MOST_NAMED;
  const named = emails.slice(0, MOST_NAMED).map((email) => showEmail(email, "names"));
  return `${count}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
