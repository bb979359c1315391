import type { DesiredDeveloper } from "../developer.js";

/** Where each developer of a list stands first, by key. */
export type Positions = ReadonlyMap<string, number>;

/**
 * Makes the index that several rules look developers up in. On a large roster it costs more than the rules do, so it
 * is made once.
 */
export function positionsOf(developers: readonly DesiredDeveloper[]): Positions {
  const positions = new Map<string, number>();
  for (const [index, { email }] of developers.entries()) if (!positions.has(email)) positions.set(email, index);
  return positions;
}
