import { SeiError } from "./sei-error.js";

/** None of the forms in which a field mapping may be written was taken. */
export class FieldMappingNotTakenError extends SeiError {
  /** Their names, in the order tried. */
  readonly formsTried: readonly string[];
  constructor(formsTried: readonly string[], last: SeiError) {
    super(
      `The field mapping was saved in none of ${formsTried.length} forms (${formsTried.slice(0, 6).join("; ")}${formsTried.length > 6 ? "; ..." : ""}). The documents do not show the body of this request. The last answer: ${last.message}`,
      { call: last.call, status: last.status, cause: last },
    );
    this.formsTried = formsTried;
  }
}

/** The mapping was saved, and the account still says that it has no schema. */
export class SetupUnfinishedError extends SeiError {}
