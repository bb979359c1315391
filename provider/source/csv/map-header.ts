import { columnKey, type FieldMapping } from "../../roster/field-mapping.js";
import type { Finding } from "../finding.js";
import { columnsByFields } from "./columns-by-fields.js";
import { columnsByUsage } from "./columns-by-usage.js";
import type { CsvTable } from "./csv-table.js";
import { type HeaderColumn, headerColumns } from "./header-columns.js";
import { isUsualEmail, type Role } from "./usual-columns.js";

/** What a source says about columns. */
export interface KnownColumns {
  /** null: the source has no field mapping, and the usual names count. */
  readonly fields: FieldMapping | null;
  /** The keys of the columns that `ignoreFields` names. */
  readonly ignored: ReadonlySet<string>;
}

/** The position of each column that counts. */
export interface MappedColumns {
  readonly roles: Readonly<Partial<Record<Role, number>>>;
  /** Names as the account shows them. */
  readonly attributes: readonly HeaderColumn[];
  readonly findings: readonly Finding[];
}

/** A header, and every name in it. */
export interface HeaderMap extends MappedColumns {
  readonly names: readonly string[];
}

/** Finds out what the columns of a CSV are. Without a column for the email there is nobody to read. */
export function mapHeader(table: CsvTable, known: KnownColumns): HeaderMap {
  const { columns, findings } = headerColumns(table);
  const mapped =
    known.fields === null
      ? columnsByUsage(table, columns, known.ignored)
      : columnsByFields(table, columns, known.fields, known.ignored);
  return { ...mapped, names: columns.map(({ name }) => name), findings: [...findings, ...mapped.findings] };
}

/** Tells whether a column name is that of the email. */
export function emailColumnTest({ fields }: KnownColumns): (column: string) => boolean {
  if (fields === null) return isUsualEmail;
  const email = columnKey(fields.email);
  return (column) => columnKey(column.trim()) === email;
}
