import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import { isAboutTheKey, type UpsertForm, upsertRecords } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { spelled } from "./learned.js";

/** Sends records in one form. */
export async function sendInForm(
  connection: Connection,
  developers: readonly Developer[],
  mapping: FieldMapping,
  form: UpsertForm,
): Promise<void> {
  const records = upsertRecords(spelled(connection.learned, developers), mapping, form);
  await connection.call({ ...connection.routes.upsert(records), about: developers.map(({ email }) => email) });
}

/** Forms that write these records alike are one: without blank values the ways to write a blank are the same. */
export function withoutDoubles(
  forms: readonly UpsertForm[],
  developers: readonly Developer[],
  mapping: FieldMapping,
): readonly UpsertForm[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const text = JSON.stringify(upsertRecords(developers, mapping, form));
    return seen.size < seen.add(text).size;
  });
}

/** Whether a refusal may not come back in another form. Nothing was saved. */
export function isAboutTheForm(error: unknown, developers: readonly Developer[], mapping: FieldMapping): boolean {
  if (error instanceof RefusedError) return true;
  if (!(error instanceof ValidationError)) return false;
  return error.errors.every(
    ({ errorType, fieldName }) =>
      // A batch never holds one address twice: the server sees several records in which it finds none.
      errorType === "DUPLICATE_EMAIL" ||
      ((errorType === "REQUIRED_FIELD_MISSING" || errorType === "REQUIRED_VALUE_MISSING") &&
        isAboutTheKey(fieldName, developers, mapping)),
  );
}
