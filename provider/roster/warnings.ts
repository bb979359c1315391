import { type Change, changesOf } from "./change.js";

/**
 * Something that a reviewer should look at twice; it refuses nothing. One who joins has the name or an
 * identity of one who leaves.
 */
export interface Warning {
  readonly kind: "looksLikeRename";
  /** The key of the developer who would be created. */
  readonly joins: string;
  /** The key of the developer who would be deleted. */
  readonly leaves: string;
}

/** The API knows a person by the email alone, so a new address looks like one who leaves and one who joins. */
export function warningsOf(changes: readonly Change[]): readonly Warning[] {
  const deletes = changesOf(changes, "delete");
  const leaving = new Set(deletes.map(({ email }) => email));
  const byName = new Map(deletes.map(({ before, email }) => [nameKey(before.name), email]));
  const moved = changesOf(changes, "setIdentity").filter(({ movedFrom }) => leaving.has(movedFrom ?? ""));
  const byIdentity = new Map(moved.map(({ email, movedFrom }) => [email, movedFrom]));
  return changesOf(changes, "create").flatMap(({ email, after }): Warning[] => {
    const name = nameKey(after.name);
    const left = byIdentity.get(email) ?? (name === "" ? undefined : byName.get(name));
    if (left === undefined) return [];
    return [{ kind: "looksLikeRename", joins: email, leaves: left }];
  });
}

function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
