import { readVersionId } from "./codec/version-id.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { recogniseByColumns } from "./shape/mapping-by-columns.js";
import { type MappingForm, recogniseMapping } from "./shape/mapping-entries.js";
import { coreTypeOf } from "./shape/names.js";
import { refusalIn } from "./shape/refusal.js";
import { quote } from "./transport/quote.js";
import type { Answer } from "./transport/request.js";

/** What `POST /v2/developers` answers: "a preview with field mappings and validation errors", and a versionId. */
export interface Preview {
  readonly versionId: string;
  /** How it writes the suggested mapping; null when it shows none. */
  readonly form: MappingForm | null;
}

/**
 * Reads the preview of the initial upload. Errors in it that only say that the server could not guess the mapping of our
 * columns are no failure: the save tells it, and validates everything again before anything is saved.
 *
 * @param columns what was uploaded
 * @throws ValidationError for every other error
 */
export function readPreview(answer: Answer, columns: readonly string[]): Preview {
  const { failed, issues, said } = refusalIn(answer.json);
  const guess = issues.filter(({ errorType, fieldName }) => isAboutTheGuess(errorType, fieldName));
  const aboutColumns = guess.some(({ errorType }) => errorType !== "REQUIRED_VALUE_MISSING");
  if (issues.length > 0 && !(aboutColumns && guess.length === issues.length)) {
    throw new ValidationError(answer.call, answer.status, issues);
  }
  if (failed && issues.length === 0) {
    throw new RefusedError({ call: answer.call, status: answer.status, said: quote(said), reads: false });
  }
  const guessed = recogniseMapping(answer.json)?.form ?? null;
  const form = guessed?.typeProperty == null ? (recogniseByColumns(answer.json, columns) ?? guessed) : guessed;
  return { versionId: readVersionId(answer), form };
}

function isAboutTheGuess(errorType: string, fieldName: string | null): boolean {
  const core = fieldName === null || coreTypeOf(fieldName) !== null;
  switch (errorType) {
    case "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING":
      return true;
    case "REQUIRED_FIELD_MISSING":
    case "REQUIRED_VALUE_MISSING":
      return core;
    default:
      return false;
  }
}
