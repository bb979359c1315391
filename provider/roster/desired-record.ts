import type { DesiredDeveloper, Developer } from "./developer.js";
import { columnKey, type FieldMapping } from "./field-mapping.js";
import type { IsManaged } from "./managed-fields.js";
import { strings } from "./strings.js";

/**
 * The whole record that a developer should have: what is declared, over what is live, over blanks.
 *
 * @param columns the attribute columns of the mapping by {@link columnKey}
 * @param isManaged which fields may change of somebody who is live
 */
export function desiredRecord(
  declared: DesiredDeveloper,
  live: Developer | undefined,
  mapping: FieldMapping,
  columns: ReadonlyMap<string, string>,
  isManaged: IsManaged,
): Developer {
  const kept = (field: string): boolean => live !== undefined && !isManaged(field);
  const values = mapping.attributes.map((column): [string, string] => [column, live?.attributes[column] ?? ""]);
  for (const [name, value] of Object.entries(declared.attributes)) {
    const column = columns.get(columnKey(name));
    if (column !== undefined && !kept(column)) values.push([column, value]);
  }
  return {
    email: declared.email,
    name: (kept("name") ? undefined : declared.name) ?? live?.name ?? "",
    managerEmail: (kept("manager") ? undefined : declared.managerEmail) ?? live?.managerEmail ?? "",
    attributes: strings(values),
  };
}
