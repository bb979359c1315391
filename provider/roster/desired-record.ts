import type { DesiredDeveloper, Developer } from "./developer.js";
import { columnKey, type FieldMapping } from "./field-mapping.js";
import { strings } from "./strings.js";

/**
 * The whole record that a developer should have: what is declared, over what is live, over blanks.
 *
 * @param columns the attribute columns of the mapping by {@link columnKey}
 */
export function desiredRecord(
  declared: DesiredDeveloper,
  live: Developer | undefined,
  mapping: FieldMapping,
  columns: ReadonlyMap<string, string>,
): Developer {
  const attributes = strings(mapping.attributes.map((column) => [column, live?.attributes[column] ?? ""]));
  const overlay = Object.entries(declared.attributes).flatMap(([name, value]): [string, string][] => {
    const column = columns.get(columnKey(name));
    return column === undefined ? [] : [[column, value]];
  });
  return {
    email: declared.email,
    name: declared.name ?? live?.name ?? "",
    managerEmail: declared.managerEmail ?? live?.managerEmail ?? "",
    attributes: overlay.length === 0 ? attributes : strings([...Object.entries(attributes), ...overlay]),
  };
}
