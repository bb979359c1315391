import { emailKey } from "../roster/email.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import { columnsWithoutAliases, matchColumns } from "./codec/columns.js";
import type { FlatRecord } from "./codec/record.js";

/**
 * Whose record this is, as a key: by their own address, not by the manager's that stands in it too. "" when nothing in
 * it can be the email.
 *
 * @param listKeys which key of a record holds which column, when a list has shown it
 */
export function ownAddress(
  record: FlatRecord,
  mapping: FieldMapping,
  listKeys: ReadonlyMap<string, string> | null,
): string {
  const shown = record.get(listKeys?.get(mapping.email) ?? "");
  if (shown !== undefined) return emailKey(shown);
  const key = matchColumns(columnsWithoutAliases(mapping), record.keys()).get(mapping.email);
  return emailKey(record.get(key ?? "") ?? "");
}
