import { columnKey } from "../../roster/field-mapping.js";
import type { Finding } from "../finding.js";
import { listed, quoted } from "../show.js";
import type { CsvTable } from "./csv-table.js";
import type { HeaderColumn } from "./header-columns.js";
import type { MappedColumns } from "./map-header.js";
import { noEmailColumn } from "./no-email-column.js";
import { looksLike, nameInParts, type Role, usualKey, usualNames } from "./usual-columns.js";

/** What a name that is not managed leads to, which nobody sees before a plan knows who is live. */
export const NEWCOMERS_NEED_A_NAME =
  "Without a name, who is not live yet is refused when it is applied (REQUIRED_VALUE_MISSING)";

const MEANS: Readonly<Record<Role, string>> = {
  email: "the email of developers",
  name: "the name of developers",
  manager: "the email of managers",
};

/** Maps a header by the names that such columns usually have. Every other column is an attribute. */
export function columnsByUsage(
  table: CsvTable,
  columns: readonly HeaderColumn[],
  ignored: ReadonlySet<string>,
): MappedColumns {
  const roles: Partial<Record<Role, number>> = {};
  const findings: Finding[] = [];
  const isIgnored = ({ name }: HeaderColumn): boolean => ignored.has(columnKey(name));
  for (const role of ["email", "name", "manager"] as const) {
    const candidates = candidatesFor(role, columns);
    // To ignore all but one of them is a way to say which one it is.
    const kept = candidates.length > 1 ? candidates.filter((column) => !isIgnored(column)) : candidates;
    const [first, second] = kept.length === 0 ? candidates : kept;
    if (first === undefined) continue;
    roles[role] = first.index;
    if (second !== undefined) findings.push(ambiguous(table, role, first, second));
  }
  if (roles.email === undefined) {
    findings.push(noEmailColumn(table, `the header has no column for ${MEANS.email}`, "Email", columns));
  } else findings.push(...notFound(table, columns, roles, ignored));
  const taken = new Set(Object.values(roles));
  const attributes = columns.filter((column) => !taken.has(column.index) && !isIgnored(column));
  return { roles, attributes, findings };
}

/** The columns of the first group of usual names that the header has at all. */
function candidatesFor(role: Role, columns: readonly HeaderColumn[]): readonly HeaderColumn[] {
  for (const names of usualNames(role)) {
    const found = columns.filter(({ name }) => names.includes(usualKey(name)));
    if (found.length > 0) return found;
  }
  return [];
}

function ambiguous(table: CsvTable, role: Role, first: HeaderColumn, second: HeaderColumn): Finding {
  const mark = (column: HeaderColumn): number => table.markOf(table.headerRow, column.index);
  return table.origin.finding(
    mark(second),
    "AMBIGUOUS_COLUMN",
    `${quoted(second.name)} and ${quoted(first.name)} (${table.origin.says(mark(first))}) can both be ${MEANS[role]}`,
    "say which one it is with `fields` in a YAML file of the source, or list the other under `ignoreFields`",
  );
}

/** COLUMN_NOT_FOUND: an export that calls its columns otherwise manages less than somebody thinks. */
function notFound(
  table: CsvTable,
  columns: readonly HeaderColumn[],
  roles: MappedColumns["roles"],
  ignored: ReadonlySet<string>,
): readonly Finding[] {
  const missing = (["name", "manager"] as const).filter((role) => roles[role] === undefined && !ignored.has(role));
  if (missing.length === 0) return [];
  const taken = new Set(Object.values(roles));
  const free = columns.filter(({ index }) => !taken.has(index)).map(({ name }) => name);
  const guesses = missing.flatMap((role) => {
    const parts = role === "name" ? nameInParts(free) : null;
    if (parts !== null) {
      const [firstName, lastName] = parts.map((column) => quoted(column));
      return [`the API has one NAME column: make one of ${firstName} and ${lastName} in the export;`];
    }
    const meant = looksLike(role, free);
    return meant === null ? [] : [`is the ${role} ${quoted(meant)}?`];
  });
  const unmanaged = missing.length === 1 ? "so it is not managed" : "so they are not managed";
  const message = `no column is ${missing.map((role) => MEANS[role]).join(", and none ")}, ${unmanaged} from here; columns: ${listed(
    columns.map(({ name }) => name),
    quoted,
  )}`;
  const ignore = missing.map((role) => `\`${role}\``).join(" and ");
  const say = `say which column it is with \`fields\` in a YAML file of the source, or list ${ignore} under \`ignoreFields\` if there is none`;
  const hint = [...guesses, missing.includes("name") ? `${say}. ${NEWCOMERS_NEED_A_NAME}` : say].join(" ");
  return [table.origin.warning(table.markOf(table.headerRow, 0), "COLUMN_NOT_FOUND", message, hint)];
}
