import { coreTypeOf } from "../shape/names.js";
import { type Call, callText, SeiError, sentences } from "./sei-error.js";

/** One entry of the API's `errors` list ("Error response structure"). */
export interface ValidationIssue {
  /** One of the nine documented names, or whatever else the API says. */
  readonly errorType: string;
  readonly fieldName: string | null;
  /** `errorDeveloperCount`; null when the API does not say. */
  readonly count: number | null;
  /** Keys of people, from `sampleErrorDevelopers`. Not enumerable: printing the error must not print people. */
  readonly sampleEmails: readonly string[];
}

/** Makes an issue whose people do not show when it is printed. */
export function validationIssue(facts: ValidationIssue): ValidationIssue {
  const { sampleEmails, ...shown } = facts;
  return Object.defineProperty({ ...shown } as ValidationIssue, "sampleEmails", {
    value: sampleEmails,
    enumerable: false,
  });
}

/** Source: Upload and Manage Developer Records, "Error types". */
const EXPLAINED: Readonly<Record<string, string>> = {
  REQUIRED_FIELD_MISSING:
    "a required column is missing: name, email, the manager's email, or one that an org tree filters or groups by. Add it to the fields of the roster",
  REQUIRED_VALUE_MISSING: "a required value is blank: everybody needs a name and an email. Fill it in",
  DUPLICATE_EMAIL: "several developers share one email. Keep one of them",
  CIRCULAR_REFERENCE: "managers report to each other in a circle. Break it: someone at the top has no manager",
  MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS:
    "a manager is not a developer. Add the manager, or leave the manager blank",
  MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING:
    "the name, the email or the manager's email is mapped to no column. Check the fields of the roster",
  INVALID_CSV: "the API could not read the CSV. Look for text that is not UTF-8",
  EMPTY_CSV: "the CSV has no rows. There must be at least one developer",
  BLANK_CSV_COLUMN_NAME: "a column has no name. Check the fields of the roster",
};

/** The name of an error type that the documents list. */
export function isDocumentedErrorType(name: string): boolean {
  return Object.hasOwn(EXPLAINED, name);
}

/**
 * The API validated the records and saved nothing. The message has types, fields and counts, never people; who is
 * meant stands in `errors[].sampleEmails`.
 *
 * @example
 * try {
 *   await client.apiWriter.upsert([{ Name: "Nia", Email: "nia@example.com", "Manager Email": "mo@example.com" }]);
 * } catch (error) {
 *   if (!(error instanceof ValidationError)) throw error;
 *   for (const { errorType, count, sampleEmails } of error.errors) console.log(errorType, count, sampleEmails);
 * }
 */
export class ValidationError extends SeiError {
  readonly errors: readonly ValidationIssue[];

  constructor(call: Call, status: number, errors: readonly ValidationIssue[]) {
    super(
      sentences(
        `${callText(call)}: the API found ${errors.length === 1 ? "an error" : `${errors.length} errors`} in the records and saved nothing.`,
        ...errors.map(explain),
      ),
      { call, status, todo: errors.some((issue) => usedByOrgTree(issue) !== null) ? ORG_TREE_TODO : "" },
    );
    this.errors = errors;
  }
}

function explain(issue: ValidationIssue): string {
  const field = issue.fieldName === null ? "" : ` (field ${issue.fieldName})`;
  const count = issue.count === null ? "" : `, ${issue.count} ${issue.count === 1 ? "developer" : "developers"}`;
  const known = Object.hasOwn(EXPLAINED, issue.errorType) ? EXPLAINED[issue.errorType] : undefined;
  return `${issue.errorType}${field}${count}: ${usedByOrgTree(issue) ?? known ?? "not an error that the documents describe"}.`;
}

const ORG_TREE_TODO =
  "The account needs a column that would be missing, most likely for the filter or the grouping of an org tree: keep it in the fields of the roster, or change that org tree first";

/** null: it is not about a column of the account's own. */
function usedByOrgTree({ errorType, fieldName }: ValidationIssue): string | null {
  if (errorType !== "REQUIRED_FIELD_MISSING" || fieldName === null || coreTypeOf(fieldName) !== null) return null;
  return "an org tree of the account filters or groups by this column, or it is the name, the email or the manager's email. Keep it in the fields of the roster, or change that org tree first";
}
