import { type Change, changesOf } from "./change.js";

/** Something that a reviewer should look at twice; it refuses nothing. One who joins has the name of one who leaves. */
export interface Warning {
  readonly kind: "looksLikeRename";
  /** The key of the developer who would be created. */
  readonly joins: string;
  /** The key of the developer who would be deleted. */
  readonly leaves: string;
}

/** The API knows a person by the email alone, so a new address looks like one who leaves and one who joins. */
export function warningsOf(changes: readonly Change[]): readonly Warning[] {
  const leaving = new Map<string, string>();
  for (const { before, email } of changesOf(changes, "delete")) leaving.set(nameKey(before.name), email);
  return changesOf(changes, "create").flatMap(({ email, after }): Warning[] => {
    const left = leaving.get(nameKey(after.name));
    if (left === undefined || after.name.trim() === "") return [];
    return [{ kind: "looksLikeRename", joins: email, leaves: left }];
  });
}

function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
