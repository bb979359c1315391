import type { Columns } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import { keyNames } from "../shapes/key-names.js";

/**
 * Which key of an upsert means which column. The documents show placeholders only (section 12, line 15), so it is the
 * dialect's; a column's own name always wins over another column's spelling.
 */
export function upsertKeys(columns: Columns, { upsertKeys: taken }: Dialect): ReadonlyMap<string, string> {
  const by = (style: "columns" | "snake" | "camel" | "display", only = columns): (readonly [string, string])[] => {
    const names = keyNames(columns, style);
    return only.map(({ name }) => [names.get(name) ?? name, name]);
  };
  const essential = columns.filter(({ type }) => type !== "CUSTOM");
  const custom = columns.filter(({ type }) => type === "CUSTOM");
  switch (taken) {
    case "columns":
      return new Map(by("columns"));
    case "columnsAndFields":
      return new Map([...by("snake", essential), ...by("columns")]);
    case "fields":
      return new Map([...by("columns", custom), ...by("snake", essential)]);
    case "snake":
      return new Map(by("snake"));
    case "camel":
      return new Map(by("camel"));
    case "any":
      return new Map([...by("display"), ...by("camel"), ...by("snake"), ...by("columns")]);
  }
}
