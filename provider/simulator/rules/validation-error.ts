import type { Strings } from "../../roster/strings.js";
import { type Columns, columnOf } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import { keyNames } from "../shapes/key-names.js";

/** The nine of section "Error types". */
export type ErrorType =
  | "REQUIRED_FIELD_MISSING"
  | "REQUIRED_VALUE_MISSING"
  | "DUPLICATE_EMAIL"
  | "CIRCULAR_REFERENCE"
  | "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS"
  | "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING"
  | "INVALID_CSV"
  | "EMPTY_CSV"
  | "BLANK_CSV_COLUMN_NAME";

/** One error, with everybody it is about. */
export interface ValidationError {
  readonly errorType: ErrorType;
  /** An essential field, a column by its name, or null. */
  readonly field: "NAME" | "EMAIL" | "MANAGER_EMAIL" | { readonly column: string } | null;
  readonly developers: readonly Strings[];
}

/** One error as section "Error response structure" shows it: "limited to a partial list of records per error type". */
export interface ErrorJson {
  readonly errorType: ErrorType;
  readonly fieldName: string | null;
  readonly errorDeveloperCount: number;
  readonly sampleErrorDevelopers: readonly Readonly<Record<string, string>>[];
}

export function errorsJson(errors: readonly ValidationError[], columns: Columns, dialect: Dialect): ErrorJson[] {
  const names = dialect.errorSampleKeys === "snake" ? keyNames(columns, "snake") : null;
  const reported = dialect.errorsReported === "all" ? errors : errors.slice(0, 1);
  return reported.map(({ errorType, field, developers }) => ({
    errorType,
    fieldName: fieldName(field, columns, dialect),
    errorDeveloperCount: developers.length,
    sampleErrorDevelopers: developers
      .slice(0, dialect.errorSamples)
      .map((values) =>
        Object.fromEntries(Object.entries(values).map(([column, value]) => [names?.get(column) ?? column, value])),
      ),
  }));
}

const FIELD_NAMES = { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" } as const;

function fieldName(field: ValidationError["field"], columns: Columns, { errorFieldName }: Dialect): string | null {
  if (field === null) return null;
  if (typeof field === "object") return field.column;
  const column = errorFieldName === "column" ? columnOf(columns, field) : undefined;
  return column ?? FIELD_NAMES[field];
}
