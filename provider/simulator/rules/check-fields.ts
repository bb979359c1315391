import { columnKey } from "../../roster/field-mapping.js";
import { type Columns, columnOf, ESSENTIAL } from "../account/columns.js";
import type { ValidationError } from "./validation-error.js";

/**
 * REQUIRED_FIELD_MISSING: a required field that no column has.
 *
 * Source: "Required fields include `name`, `email`, and `manager_email` (if configured), as well as any fields used in org
 * tree filters or group-by configurations."
 *
 * @param configured whether the account has a manager field, which it has from its setup on
 * @param orgTreeFields what the org trees of the account use: column names in any spelling
 */
export function checkRequiredFields(
  columns: Columns,
  configured: boolean,
  orgTreeFields: readonly string[],
): ValidationError[] {
  const essential = ESSENTIAL.filter(
    (type) => (type !== "MANAGER_EMAIL" || configured) && columnOf(columns, type) === undefined,
  );
  return [
    ...essential.map((field) => ({ errorType: "REQUIRED_FIELD_MISSING", field, developers: [] }) as const),
    ...checkOrgTreeFields(columns, orgTreeFields),
  ];
}

/** The same, of the org trees' fields alone. */
export function checkOrgTreeFields(columns: Columns, orgTreeFields: readonly string[]): ValidationError[] {
  const present = new Set(columns.map(({ name }) => columnKey(name)));
  return orgTreeFields
    .filter((field) => !present.has(columnKey(field)))
    .map((column) => ({ errorType: "REQUIRED_FIELD_MISSING", field: { column }, developers: [] }));
}

/** MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING, one for each of the three that is missing. */
export function checkEssentialMapping(columns: Columns): ValidationError[] {
  return ESSENTIAL.filter((type) => columnOf(columns, type) === undefined).map((field) => ({
    errorType: "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING",
    field,
    developers: [],
  }));
}
