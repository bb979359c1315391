import type { Account } from "./account.js";
import type { Columns } from "./columns.js";
import { mapChanges } from "./map-changes.js";
import {
  type DeveloperJson,
  type DraftJson,
  developerJson,
  developerOf,
  draftJson,
  type HeldJson,
  type Small,
  type Thawed,
} from "./stored-account.js";

/** What one write changed, as JSON: an entry of the journal. What is absent is as it was. */
export interface AccountPatch {
  readonly small: Small;
  /** Those who are gone, and those who are new or other than before; the new ones come after all others. */
  readonly developers?: MapPatch<DeveloperJson>;
  readonly identities?: MapPatch<HeldJson>;
  /** All versions. */
  readonly drafts?: readonly DraftJson[];
}

interface MapPatch<T> {
  readonly gone: readonly string[];
  readonly put: readonly T[];
}

/**
 * What makes `next` of `before`; null when a patch cannot say it: other columns, or those who stay in another order.
 *
 * What is the same object counts as the same, so that a write costs what it changed.
 */
export function patchOf(before: Account, next: Account): AccountPatch | null {
  const { columns, developers, identities, drafts, ...small } = next;
  if (!identical(before.columns, columns)) return null;
  const people = mapPatch(before.developers, developers, developerJson(columns));
  const held = mapPatch(before.identities, identities, (key, each): HeldJson => [key, [...each]]);
  if (people === null || held === null) return null;
  return {
    small,
    ...(people === "same" ? {} : { developers: people }),
    ...(held === "same" ? {} : { identities: held }),
    ...(before.drafts === drafts ? {} : { drafts: [...drafts.values()].map(draftJson) }),
  };
}

/** Lays a patch over the account that it was made for. */
export function applyPatch(account: Thawed, { small, developers, identities, drafts }: AccountPatch): void {
  const read = developerOf(account.columns);
  account.small = small;
  for (const key of developers?.gone ?? []) account.developers.delete(key);
  for (const json of developers?.put ?? []) account.developers.set(json[0], read(json));
  for (const key of identities?.gone ?? []) account.identities.delete(key);
  for (const [key, held] of identities?.put ?? []) account.identities.set(key, new Map(held));
  if (drafts !== undefined) account.drafts = drafts;
}

function identical(a: Columns | null, b: Columns | null): boolean {
  if (a === b) return true;
  if (a === null || b === null || a.length !== b.length) return false;
  return a.every(({ name, type }, index) => name === b[index]?.name && type === b[index]?.type);
}

function mapPatch<V, T>(
  before: ReadonlyMap<string, V>,
  next: ReadonlyMap<string, V>,
  write: (key: string, value: V) => T,
): MapPatch<T> | "same" | null {
  if (before === next) return "same";
  const changes = mapChanges(before, next);
  return changes && { gone: changes.gone, put: changes.put.map(([key, value]) => write(key, value)) };
}
