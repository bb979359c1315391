import { columnKey, type FieldMapping } from "../roster/field-mapping.js";
import { type FieldLimits, managedFields } from "../roster/managed-fields.js";
import type { ColumnsInUse } from "./columns-in-use.js";
import { NEWCOMERS_NEED_A_NAME } from "./csv/columns-by-usage.js";
import type { RosterDocument } from "./document.js";
import { isCsv } from "./find-files.js";
import type { Finding } from "./finding.js";
import type { GoverningEntry } from "./read-policy.js";
import { listed, quoted } from "./show.js";
import { entryOf } from "./tree.js";

/** The fields that a table need not have; without a column for the email it is refused. */
const FIELDS = [
  { key: "name", field: "name", what: "the name" },
  { key: "managerEmail", field: "manager", what: "the manager" },
] as const;

/**
 * Warns of columns of `fields` that no CSV file of the source has: nobody's value comes from there. What `ignoreFields`
 * leaves out is not missed, and neither is an attribute that stands in YAML.
 */
export function columnsNotFound(
  documents: readonly RosterDocument[],
  given: GoverningEntry | undefined,
  fields: FieldMapping | null,
  limits: FieldLimits,
  used: ColumnsInUse,
): readonly Finding[] {
  const tables = documents.filter(({ origin }) => origin.file !== null && isCsv(origin.file));
  if (given === undefined || fields === null || tables.length === 0) return [];
  // What one that could not be read has, nobody knows.
  if (tables.some(({ headerNames }) => headerNames === undefined)) return [];
  const names = tables.flatMap(({ headerNames = [] }) => headerNames);
  const there = new Set(names.map(columnKey));
  const isManaged = managedFields(limits, fields);
  const { origin, entry } = given;
  const findings = FIELDS.flatMap(({ key, field, what }): Finding[] => {
    if (there.has(columnKey(fields[key])) || !isManaged(field)) return [];
    const message = `no CSV file of the source has the column ${quoted(fields[key])}, which \`fields\` names as ${what}`;
    const correct = `columns there: ${listed(names, quoted)}; correct \`fields\`, or list \`${field}\` under \`ignoreFields\``;
    const hint = field === "name" ? `${correct}. ${NEWCOMERS_NEED_A_NAME}` : correct;
    return [origin.warning(entryOf(entry.value, key)?.value.mark ?? entry.mark, "COLUMN_NOT_FOUND", message, hint)];
  });
  const missing = fields.attributes.filter(
    (column) => !there.has(columnKey(column)) && !used.all.has(columnKey(column)) && isManaged(column),
  );
  if (missing.length === 0) return findings;
  const message = `no CSV file of the source has what \`fields.attributes\` lists as ${listed(missing, quoted)}; the live values stay`;
  const hint = "if that is meant, list it under `ignoreFields`; else correct the name here or in the export";
  const mark = entryOf(entry.value, "attributes")?.value.mark ?? entry.mark;
  return [...findings, origin.warning(mark, "COLUMN_NOT_FOUND", message, hint)];
}
