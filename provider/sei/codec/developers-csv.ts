import type { Developer } from "../../roster/developer.js";
import { columnsOf, type FieldMapping, type FieldType } from "../../roster/field-mapping.js";
import { writeTable } from "./csv.js";

/** The CSV of an upload or a re-upload: the columns of the mapping, a row a developer, in the order given. */
export function developersCsv(developers: readonly Developer[], mapping: FieldMapping): string {
  const columns = columnsOf(mapping);
  return writeTable({
    header: columns.map(([column]) => column),
    rows: developers.map((developer) => columns.map(([column, type]) => valueIn(developer, column, type))),
  });
}

/** What a developer has in a column; "" for nothing. */
export function valueIn(developer: Developer, column: string, type: FieldType): string {
  switch (type) {
    case "NAME":
      return developer.name;
    case "EMAIL":
      return developer.email;
    case "MANAGER_EMAIL":
      return developer.managerEmail;
    case "ATTRIBUTE":
      return developer.attributes[column] ?? "";
  }
}
