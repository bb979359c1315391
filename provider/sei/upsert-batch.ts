import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import { isAboutTheKey, type UpsertForm, upsertForms, upsertRecords } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";

/** Upserts one batch, in the form that was taken before, or in the first that is. */
export async function upsertBatch(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
): Promise<void> {
  const { learned, routes } = connection;
  const forms = upsertForms(mapping, learned.listKeys);
  const known = forms.find(({ name }) => name === learned.upsertForm);
  const candidates = known === undefined ? withoutBlankDoubles(forms, batch, mapping) : [known];
  let first: unknown;
  for (const form of candidates) {
    try {
      await connection.call(routes.upsert(upsertRecords(batch, mapping, form)));
      learned.upsertForm = form.name;
      return;
    } catch (error) {
      // Of several refusals the one of the likeliest form is worth reading.
      first ??= error;
      if (!isAboutTheForm(error, batch, mapping)) throw error;
    }
  }
  throw first;
}

/** Without blank values the ways to write a blank are the same. */
function withoutBlankDoubles(
  forms: readonly UpsertForm[],
  batch: readonly Developer[],
  mapping: FieldMapping,
): readonly UpsertForm[] {
  const seen = new Set<string>();
  return forms.filter((form) => {
    const text = JSON.stringify(upsertRecords(batch, mapping, form));
    return seen.size < seen.add(text).size;
  });
}

function isAboutTheForm(error: unknown, batch: readonly Developer[], mapping: FieldMapping): boolean {
  if (error instanceof RefusedError) return true;
  if (!(error instanceof ValidationError)) return false;
  return error.errors.every(
    ({ errorType, fieldName }) =>
      (errorType === "REQUIRED_FIELD_MISSING" || errorType === "REQUIRED_VALUE_MISSING") &&
      isAboutTheKey(fieldName, batch, mapping),
  );
}
