import type { MapFieldChange } from "./change.js";
import type { Developer } from "./developer.js";
import { rowOf } from "./diff-developer.js";
import { emailKey } from "./email.js";
import type { FieldMapping } from "./field-mapping.js";
import type { LiveRoster } from "./live-roster.js";
import type { ResolvedMapping } from "./resolve-mapping.js";
import { type Strings, strings } from "./strings.js";

/** What a change of the field mapping makes of the records that are live. */
export interface MovedColumns {
  /** The same record under the new column names: no value of anybody changes. */
  relabel(developer: Developer): Developer;
  /**
   * The relabelled record as it is read once another live column is the NAME or the MANAGER_EMAIL: a person may have
   * another name or manager then. The EMAIL stays: it is the key.
   */
  reread(developer: Developer): Developer;
}

const NOTHING: MovedColumns = { relabel: (developer) => developer, reread: (developer) => developer };

/**
 * What the changes of a field mapping make of the live records.
 *
 * @param live null: the account is not set up
 * @example
 * movedColumns(live, mapping, [{ kind: "mapField", column: "Squad", before: null, after: "ATTRIBUTE", renamedFrom: "Team" }, ...])
 *   .relabel(ada).attributes["Squad"]; // what Team was
 */
export function movedColumns(
  live: FieldMapping | null,
  mapping: FieldMapping,
  changes: readonly MapFieldChange[],
): MovedColumns {
  if (live === null || changes.length === 0) return NOTHING;
  const oldNames = new Map(
    changes.flatMap(({ column, renamedFrom }) => (renamedFrom === undefined ? [] : [[column, renamedFrom]])),
  );
  const cellOf = (row: Strings, column: string): string => row[oldNames.get(column) ?? column] ?? "";
  const isOther = (field: "name" | "managerEmail") => {
    const source = oldNames.get(mapping[field]) ?? mapping[field];
    return source !== live[field] && changes.some(({ column, before }) => column === source && before !== null);
  };
  const [otherName, otherManager] = [isOther("name"), isOther("managerEmail")];
  const core = new Set([live.name, live.email, live.managerEmail]);
  const moved = mapping.attributes.filter((column) => oldNames.has(column) || core.has(column));
  return {
    relabel:
      moved.length === 0
        ? NOTHING.relabel
        : (developer) => {
            const row = rowOf(developer, live);
            const cells = moved.map((column): [string, string] => [column, cellOf(row, column)]);
            // What was an attribute before stays to be read: the name or the manager may come from it.
            return { ...developer, attributes: strings([...Object.entries(developer.attributes), ...cells]) };
          },
    reread:
      !otherName && !otherManager
        ? NOTHING.reread
        : (developer) => {
            const row = rowOf(developer, live);
            const name = otherName ? cellOf(row, mapping.name) : developer.name;
            const managerEmail = otherManager ? emailKey(cellOf(row, mapping.managerEmail)) : developer.managerEmail;
            if (name === developer.name && managerEmail === developer.managerEmail) return developer;
            const cells = mapping.attributes.map((column): [string, string] => [
              column,
              developer.attributes[column] ?? "",
            ]);
            return { ...developer, name, managerEmail, attributes: strings(cells) };
          },
  };
}

/** A live roster under a mapping that changes. */
export interface UnderNewColumns {
  /** With the records as they are under the new column names; its mapping is the old one. */
  readonly live: LiveRoster;
  /** With how many developers lose a value. */
  readonly changes: readonly MapFieldChange[];
  readonly reread: MovedColumns["reread"];
}

/** Takes a read roster to the columns that it will have. */
export function underNewColumns(read: LiveRoster, { mapping, changes }: ResolvedMapping): UnderNewColumns {
  const { relabel, reread } = movedColumns(read.mapping, mapping, changes);
  if (changes.length === 0) return { live: read, changes, reread };
  const rows = [...read.developers.values()].map((developer) => rowOf(developer, read.mapping ?? mapping));
  const counted = changes.map((change) => {
    if (change.after !== null || change.renamedTo !== undefined) return change;
    return { ...change, values: rows.filter((row) => (row[change.column] ?? "").trim() !== "").length };
  });
  const developers = new Map([...read.developers].map(([email, developer]) => [email, relabel(developer)]));
  return { live: { ...read, developers }, changes: counted, reread };
}
