import { columnKey } from "../../roster/field-mapping.js";

/** The three field types that the documents name, and every other column. */
export type ColumnType = "NAME" | "EMAIL" | "MANAGER_EMAIL" | "CUSTOM";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** The columns of an account with their types, in the order of the CSV that they came with. */
export type Columns = readonly Column[];

/** The three types without which nothing can be saved. */
export const ESSENTIAL = ["NAME", "EMAIL", "MANAGER_EMAIL"] as const;

const USUAL: Readonly<Record<string, ColumnType>> = {
  name: "NAME",
  fullname: "NAME",
  displayname: "NAME",
  email: "EMAIL",
  emailaddress: "EMAIL",
  manageremail: "MANAGER_EMAIL",
  manager: "MANAGER_EMAIL",
};

/** The name of the first column of a type; undefined when there is none. */
export function columnOf(columns: Columns, type: ColumnType): string | undefined {
  return columns.find((column) => column.type === type)?.name;
}

/**
 * Maps the columns of a CSV: as they were mapped before where the name is known, else by the usual names, of which the
 * first of each type counts. Everything else is CUSTOM.
 */
export function mapByName(header: readonly string[], known: Columns, usualNames: boolean): Columns {
  const before = new Map(known.map(({ name, type }) => [name, type]));
  const taken = new Set<ColumnType>(header.flatMap((name) => before.get(name) ?? []));
  return header.map((name) => {
    const old = before.get(name);
    if (old !== undefined) return { name, type: old };
    const usual = usualNames ? USUAL[columnKey(name)] : undefined;
    if (usual === undefined || taken.has(usual)) return { name, type: "CUSTOM" };
    taken.add(usual);
    return { name, type: usual };
  });
}

export function sameColumns(a: Columns, b: Columns): boolean {
  if (a.length !== b.length) return false;
  const types = new Map(a.map(({ name, type }) => [name, type]));
  return b.every(({ name, type }) => types.get(name) === type);
}
