import type { Columns } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import type { ValidationError } from "./validation-error.js";

/** A request that is refused for another reason than its records. Nothing was saved. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/**
 * A request whose records or fields are wrong: the documented validation body. Nothing was saved.
 *
 * `columns` are those of the records; none for a file that could not be read.
 */
export class ValidationFailure extends Error {
  constructor(
    readonly errors: readonly ValidationError[],
    readonly columns: Columns = [],
  ) {
    super(errors.map(({ errorType }) => errorType).join(", "));
  }
}

/** Section "Initial setup": what needs the setup answers 412 before it. */
export const SETUP_NEEDED = "The initial setup is not complete: upload a CSV file and save its field mappings first.";

export function setupNeeded(status: number = 412): Refusal {
  return new Refusal(status, SETUP_NEEDED);
}

export const badRequest = (message: string) => new Refusal(400, message);
export const conflict = (message: string, { conflictStatus }: Pick<Dialect, "conflictStatus">) =>
  new Refusal(conflictStatus, message);
