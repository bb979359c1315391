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
  const attributes = strings(mapping.attributes.map((column) => [column, live?.attributes[column] ?? ""]));
  const overlay = Object.entries(declared.attributes).flatMap(([name, value]): [string, string][] => {
    const column = columns.get(columnKey(name));
    return column === undefined || kept(column) ? [] : [[column, value]];
  });
  return {
    email: declared.email,
    name: (kept("name") ? undefined : declared.name) ?? live?.name ?? "",
    managerEmail: (kept("manager") ? undefined : declared.managerEmail) ?? live?.managerEmail ?? "",
    attributes: overlay.length === 0 ? attributes : strings([...Object.entries(attributes), ...overlay]),
  };
}
