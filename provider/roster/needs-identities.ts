import type { DesiredRoster } from "./desired-roster.js";
import type { RenameEntry } from "./rename-entry.js";

/**
 * Whether a plan needs the live identities: somebody declares one, or may be renamed. They cost requests, so nobody else
 * asks for them.
 */
export function needsIdentities(desired: DesiredRoster, journal: readonly RenameEntry[] = []): boolean {
  const isBegun = journal.some(({ email, previousEmail }) =>
    [email, previousEmail].some((address) => desired.developers.has(address)),
  );
  if (isBegun) return true;
  for (const { identities, previousEmails } of desired.developers.values()) {
    if (identities.size > 0 || (previousEmails !== undefined && previousEmails.length > 0)) return true;
  }
  return false;
}
