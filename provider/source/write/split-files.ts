import type { DeclarableDeveloper, DeclarableRoster } from "./declarable-roster.js";
import { fileNames } from "./file-names.js";
import { type IntegrationNames, yamlOfGoverning, yamlOfPart, yamlOfRoster } from "./yaml-of-roster.js";

/** A file to write: its name inside of a folder, and its text. */
export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/** The name, without its ending, of the file that governs. */
export const GOVERNING_FILE = "roster";

/**
 * A roster as one YAML file for each value of a column, sorted by name. `roster.yaml` holds what governs everybody, and
 * the people without a value.
 *
 * @param column an attribute column, spelled as the account spells it
 */
export function splitFiles(
  roster: DeclarableRoster,
  column: string,
  integrations: IntegrationNames,
): readonly WrittenFile[] {
  const groups = new Map<string, DeclarableDeveloper[]>();
  for (const developer of roster.developers) {
    const value = developer.live.attributes[column] ?? "";
    const key = value.trim() === "" ? "" : value;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [developer]);
    else group.push(developer);
  }
  const without = groups.get("") ?? [];
  groups.delete("");
  const names = fileNames(groups.keys(), [GOVERNING_FILE]);
  const parts = [...groups].map(([value, developers]) => ({
    name: `${names.get(value)}.yaml`,
    text: yamlOfPart(roster, developers, integrations),
  }));
  const governing = {
    name: `${GOVERNING_FILE}.yaml`,
    text:
      without.length === 0
        ? yamlOfGoverning(roster, integrations)
        : yamlOfRoster({ ...roster, developers: without }, integrations),
  };
  return [...parts.sort((a, b) => (a.name < b.name ? -1 : 1)), governing];
}
