import { changesOf } from "../roster/change.js";
import { columnKey } from "../roster/field-mapping.js";
import { failureOf, SeiError, ValidationError } from "../sei/errors.js";
import type { Work } from "./execute.js";

/** The API does not let go of a column that an org tree of the account uses. Nothing was saved. */
export class ColumnNeededError extends Error {
  override readonly name = "ColumnNeededError";
  /** The same: a column is nobody's name. */
  readonly withoutPeople: string;

  constructor(columns: readonly string[], options?: ErrorOptions) {
    const names = columns.map((column) => JSON.stringify(column)).join(", ");
    super(
      `the API refuses to go without ${columns.length === 1 ? "the column" : "one of the columns"} ${names} (REQUIRED_FIELD_MISSING): an org tree of the account filters or groups by it. Nothing was saved. Change the filter or the grouping of that org tree first, and run it again; or keep the column under the name that it has`,
      options,
    );
    this.withoutPeople = this.message;
  }
}

/** The error that a refusal to change the field mapping means; null: it is about something else. */
export function columnNeeded(error: unknown, { changes }: Pick<Work, "changes">): ColumnNeededError | null {
  if (!(error instanceof SeiError)) return null;
  const failure = failureOf(error);
  if (!(failure instanceof ValidationError)) return null;
  const missing = failure.errors.filter(({ errorType }) => errorType === "REQUIRED_FIELD_MISSING");
  if (missing.length === 0) return null;
  const gone = changesOf(changes, "mapField").flatMap(({ column, after }) => (after === null ? [column] : []));
  const named = missing.flatMap(({ fieldName }) => (fieldName === null ? [] : [columnKey(fieldName)]));
  // An API that does not say which one means one of those that go.
  const columns = named.length === 0 ? gone : gone.filter((column) => named.includes(columnKey(column)));
  return columns.length === 0 ? null : new ColumnNeededError(columns, { cause: error });
}
