import { columnKey, columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { readVersionId } from "./codec/version-id.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { recogniseByColumns } from "./shape/mapping-by-columns.js";
import { type MappingEntry, type MappingForm, recogniseMapping } from "./shape/mapping-entries.js";
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
 * Reads the preview of the initial upload. The server guesses what the columns are, by their names. Errors in it that
 * only say that it could not guess, or that come from a guess that is not our mapping, are no failure: the save tells
 * it the mapping, and validates everything again before anything is saved.
 *
 * @param mapping of what was uploaded
 * @throws ValidationError for every other error
 */
export function readPreview(answer: Answer, mapping: FieldMapping): Preview {
  const { failed, issues, said } = refusalIn(answer.json);
  const guessed = recogniseMapping(answer.json);
  const guess = issues.filter(({ errorType, fieldName }) => isAboutTheGuess(errorType, fieldName));
  const aboutColumns = guess.some(({ errorType }) => errorType !== "REQUIRED_VALUE_MISSING");
  const isOurs = !isAnother(guessed?.entries ?? [], mapping);
  if (issues.length > 0 && isOurs && !(aboutColumns && guess.length === issues.length)) {
    throw new ValidationError(answer.call, answer.status, issues);
  }
  if (failed && issues.length === 0) {
    throw new RefusedError({ call: answer.call, status: answer.status, said: quote(said), reads: false });
  }
  const columns = columnsOf(mapping).map(([column]) => column);
  return { versionId: readVersionId(answer), form: previewForm(answer, columns) };
}

/** How a preview writes the suggested mapping of these columns; null when it shows none. */
export function previewForm({ json }: Pick<Answer, "json">, columns: readonly string[]): MappingForm | null {
  const known = recogniseMapping(json)?.form ?? null;
  return known?.typeProperty == null ? (recogniseByColumns(json, columns) ?? known) : known;
}

/** Whether the server took another column for the name, the email or the manager than we mean. */
function isAnother(guessed: readonly MappingEntry[], { name, email, managerEmail }: FieldMapping): boolean {
  const ours = { NAME: name, EMAIL: email, MANAGER_EMAIL: managerEmail };
  return guessed.some(({ column, type }) => {
    const core = type === null ? null : coreTypeOf(type);
    return core !== null && columnKey(column) !== columnKey(ours[core]);
  });
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
