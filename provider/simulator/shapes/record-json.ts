import type { StoredDeveloper } from "../account/account.js";
import type { Columns } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import { keyNames } from "./key-names.js";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A developer in JSON. Without `refId` (a row that is not stored yet) the record has no id. */
export function recordJson(
  { values, refId }: Omit<StoredDeveloper, "refId"> & { readonly refId?: number },
  columns: Columns,
  dialect: Dialect,
): Json {
  const { recordKeys, refIdName } = dialect;
  const id = refId === undefined || refIdName === null ? [] : [[refIdName, refIdJson(refId, dialect)] as const];
  const cell = (name: string): Json => blankJson(values[name] ?? "", dialect);
  switch (recordKeys) {
    case "columns":
    case "snake":
    case "camel":
    case "display": {
      const keys = keyNames(columns, recordKeys);
      return present([...id, ...columns.map(({ name }) => [keys.get(name) ?? name, cell(name)] as const)]);
    }
    case "attributes":
    case "customFields": {
      const keys = keyNames(columns, "camel");
      const essential = columns.filter(({ type }) => type !== "CUSTOM");
      const custom = columns.filter(({ type }) => type === "CUSTOM");
      const top = essential.map(({ name }) => [keys.get(name) ?? name, cell(name)] as const);
      if (recordKeys === "attributes") {
        return present([...id, ...top, ["attributes", present(custom.map(({ name }) => [name, cell(name)]))]]);
      }
      const fields = custom
        .map(({ name }) => ({ key: name, value: cell(name) }))
        .filter(({ value }) => value !== ABSENT);
      return present([...id, ...top, ["customFields", fields]]);
    }
  }
}

export function refIdJson(refId: number, { refIdType }: Dialect): Json {
  return refIdType === "string" ? String(refId) : refId;
}

/** Stands for a key that is left out; no string of a user can be this very object. */
const ABSENT: Json = [];

/** A value, or what the dialect has for a blank one; {@link present} knows which one is left out. */
export function blankJson(value: string, { blankValues }: Dialect): Json {
  if (value !== "") return value;
  switch (blankValues) {
    case "empty":
      return "";
    case "null":
      return null;
    case "absent":
      return ABSENT;
  }
}

/** An object of the entries that are not left out. */
export function present(entries: readonly (readonly [string, Json])[]): Json {
  const made: Record<string, Json> = Object.create(null);
  for (const [key, value] of entries) if (value !== ABSENT) made[key] = value;
  return made;
}
