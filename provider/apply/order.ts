import type { Developer } from "../roster/developer.js";
import { byText } from "../roster/strings.js";

/**
 * How far each developer is from the top of their reporting line; 0 has no manager on the roster. Linear: every line is
 * walked once. On a circle (which no plan that passes its guards has) the walk stops where it started.
 */
export function depths(roster: ReadonlyMap<string, Developer>): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const start of roster.keys()) {
    const path: string[] = [];
    const seen = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !known.has(at) && !seen.has(at)) {
      path.push(at);
      seen.add(at);
      const manager: string | undefined = roster.get(at)?.managerEmail;
      at = manager !== undefined && roster.has(manager) ? manager : undefined;
    }
    let depth = at === undefined ? -1 : (known.get(at) ?? -1);
    for (const email of path.reverse()) known.set(email, ++depth);
  }
  return known;
}

/**
 * Orders records so that the API can accept every batch of them, wherever the batches are cut: from the top of the
 * *new* reporting lines down. A record that is sent has its whole new line above it in place already, so no batch
 * makes a circle or names a manager who is not there yet; a swap of manager and report needs nothing special.
 */
export function managersFirst(
  records: readonly Developer[],
  after: ReadonlyMap<string, Developer>,
): readonly Developer[] {
  const depth = depthIn(after);
  return [...records].sort((a, b) => depth(a.email) - depth(b.email) || byText(a.email, b.email));
}

/** Orders keys so that reports go before their managers: the API refuses to leave a report without one. */
export function reportsFirst(emails: readonly string[], before: ReadonlyMap<string, Developer>): readonly string[] {
  const depth = depthIn(before);
  return [...emails].sort((a, b) => depth(b) - depth(a) || byText(a, b));
}

/** Who is not on the roster counts as the top. */
function depthIn(roster: ReadonlyMap<string, Developer>): (email: string) => number {
  const known = depths(roster);
  return (email) => known.get(email) ?? 0;
}
