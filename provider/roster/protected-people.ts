import type { DesiredRoster } from "./desired-roster.js";

/**
 * Whom the guards protect, under their new addresses too: who was renamed is still the one who is protected.
 *
 * @example
 * protectedPeople(roster); // ["ada.byron@example.com", "ada@example.com"]
 */
export function protectedPeople({ guards, developers }: DesiredRoster): readonly string[] {
  const written = guards.protect ?? [];
  if (written.length === 0) return written;
  const protect = new Set(written);
  for (const { email, previousEmails = [] } of developers.values()) {
    if (previousEmails.some((previous) => protect.has(previous))) protect.add(email);
  }
  return [...protect];
}
