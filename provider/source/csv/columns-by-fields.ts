import { columnKey, columnsOf, type FieldMapping, type FieldType } from "../../roster/field-mapping.js";
import { nearest } from "../../roster/rules/nearest.js";
import type { Finding } from "../finding.js";
import { quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";
import type { HeaderColumn } from "./header-columns.js";
import type { MappedColumns } from "./map-header.js";
import { noEmailColumn } from "./no-email-column.js";
import { type Role, usualKey, usualNames } from "./usual-columns.js";

const ROLE: Readonly<Record<Exclude<FieldType, "ATTRIBUTE">, Role>> = {
  NAME: "name",
  EMAIL: "email",
  MANAGER_EMAIL: "manager",
};

/** Maps a header as the `fields` of the source say. A column that they do not know is wrong, unless it is ignored. */
export function columnsByFields(
  table: CsvTable,
  columns: readonly HeaderColumn[],
  fields: FieldMapping,
  ignored: ReadonlySet<string>,
): MappedColumns {
  const known = new Map(columnsOf(fields).map(([name, type]) => [columnKey(name), { name, type }] as const));
  const missing = new Map(columnsOf(fields));
  const roles: Partial<Record<Role, number>> = {};
  const attributes: HeaderColumn[] = [];
  const strangers: HeaderColumn[] = [];
  for (const column of columns) {
    const found = known.get(columnKey(column.name));
    if (found === undefined) {
      if (!ignored.has(columnKey(column.name))) strangers.push(column);
      continue;
    }
    missing.delete(found.name);
    if (found.type === "ATTRIBUTE") attributes.push({ name: found.name, index: column.index });
    else roles[ROLE[found.type]] = column.index;
  }
  const findings = strangers.map((column) => unknownColumn(table, column, missing));
  if (roles.email === undefined) {
    const message = `the header has no column ${quoted(fields.email)}, which \`fields\` names as the email`;
    findings.push(noEmailColumn(table, message, fields.email, strangers));
  }
  return { roles, attributes, findings };
}

function unknownColumn(
  table: CsvTable,
  { name, index }: HeaderColumn,
  missing: ReadonlyMap<string, FieldType>,
): Finding {
  const meant = nearest(name, [...missing.keys()]) ?? namedAsUsual(name, missing);
  const otherwise = "add it to fields.attributes, or list it under `ignoreFields`";
  return table.origin.finding(
    table.markOf(table.headerRow, index),
    "UNKNOWN_COLUMN",
    `${quoted(name)} is no column of \`fields\``,
    meant === null ? otherwise : `did you mean ${quoted(meant)}? Else ${otherwise}`,
  );
}

/** The missing column that is usually called so: `Name` where `fields` say `Employee Name`. */
function namedAsUsual(name: string, missing: ReadonlyMap<string, FieldType>): string | null {
  const found = [...missing].find(
    ([, type]) => type !== "ATTRIBUTE" && usualNames(ROLE[type]).flat().includes(usualKey(name)),
  );
  return found?.[0] ?? null;
}
