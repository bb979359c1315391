import { type Change, changesOf } from "./change.js";

/** Something that a reviewer should look at twice. It refuses nothing. */
export interface Warning {
  readonly message: string;
  readonly people: readonly string[];
}

/** The API knows a person by the email alone, so a new address looks like one who leaves and one who joins. */
export function warningsOf(changes: readonly Change[]): readonly Warning[] {
  const leaving = new Map<string, string>();
  for (const { before, email } of changesOf(changes, "delete")) leaving.set(nameKey(before.name), email);
  return changesOf(changes, "create").flatMap(({ email, after }): Warning[] => {
    const left = leaving.get(nameKey(after.name));
    if (left === undefined || after.name.trim() === "") return [];
    return [
      {
        message:
          "is created and somebody of the same name is deleted: a new address loses the identities and the history of the old one",
        people: [email, left],
      },
    ];
  });
}

function nameKey(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
