import { stringify } from "csv-stringify/sync";
import { columnsOf } from "../../roster/field-mapping.js";
import { byText } from "../../roster/strings.js";
import { declarableColumns } from "./declarable-columns.js";
import type { Managers, SetUpRoster } from "./declarable-roster.js";

/**
 * The developers of a live roster as CSV (RFC 4180, LF), sorted by email: the columns of the account in its order, and
 * every value as it is. Identities have no place in it, and managers only when they are known.
 */
export function csvOfRoster({ mapping, developers }: SetUpRoster, managers: Managers = "known"): string {
  const { attributes } = declarableColumns(mapping);
  const header = columnsOf({ ...mapping, attributes: attributes.map(({ live }) => live) })
    .filter(([, type]) => type !== "MANAGER_EMAIL" || managers === "known")
    .map(([column]) => column);
  const sorted = [...developers.values()].sort((a, b) => byText(a.email, b.email));
  const rows = sorted.map(({ name, email, managerEmail, attributes: values }) => [
    name,
    email,
    ...(managers === "known" ? [managerEmail] : []),
    ...attributes.map(({ live }) => values[live] ?? ""),
  ]);
  return stringify([header, ...rows], { record_delimiter: "\n", quoted_match: NEEDS_QUOTES });
}

/** Besides quotes, commas and LF: a lone CR ends a line for some, and spaces at the ends are trimmed by others. */
const NEEDS_QUOTES = /\r|^\s|\s$/;
