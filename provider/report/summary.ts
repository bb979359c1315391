import { type Change, countChanges } from "../roster/change.js";

/**
 * The changes in one line of counts, without people.
 *
 * @example
 * summaryOf([]); // "no changes"
 */
export function summaryOf(changes: readonly Change[]): string {
  const counts = countChanges(changes);
  const parts = [
    [counts.create, "to create"],
    [counts.rename, "to rename"],
    [counts.update, "to update"],
    [counts.delete, "to delete"],
    [counts.setIdentity, counts.setIdentity === 1 ? "identity to set" : "identities to set"],
    [counts.mapField, counts.mapField === 1 ? "column to map" : "columns to map"],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, words]) => `${count} ${words}`);
  return said.length === 0 ? "no changes" : said.join(", ");
}
