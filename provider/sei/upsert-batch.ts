import type { Developer } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { isAboutTheKey, type UpsertForm, upsertForms, upsertRecords } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { spelled } from "./learned.js";
import { learnListKeys } from "./read-roster.js";
import { wasUnderstood } from "./upsert-check.js";

/**
 * Upserts one batch in the form that this connection knows, or else in the first form that the server takes and
 * understands. Every form sends the same whole records, so that sending another one after it does no harm.
 */
export async function upsertBatch(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
): Promise<void> {
  const { learned } = connection;
  if (learned.listKeys === null && learned.upsertForm === null) await learnListKeys(connection);
  const forms = upsertForms(mapping, learned.listKeys, learned.listIsFlat);
  const known = forms.find(({ name }) => name === learned.upsertForm);
  // The known form first; a later batch may have blanks that the first had not.
  const inOrder = known === undefined ? forms : [known, ...forms.filter((form) => form !== known)];
  const { taken, refusal } = await firstTaken(connection, batch, mapping, inOrder);
  if (taken === null) throw refusal;
  if (taken !== known) learned.upsertForm = await settle(connection, batch, mapping, forms, taken);
}

interface Attempt {
  readonly taken: UpsertForm | null;
  /** Of several refusals the one of the likeliest form is worth reading. */
  readonly refusal: unknown;
}

async function firstTaken(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  forms: readonly UpsertForm[],
): Promise<Attempt> {
  let refusal: unknown = null;
  for (const form of withoutDoubles(forms, batch, mapping)) {
    try {
      await send(connection, batch, mapping, form);
      return { taken: form, refusal };
    } catch (error) {
      if (!isAboutTheForm(error, batch, mapping)) throw error;
      refusal ??= error;
    }
  }
  return { taken: null, refusal };
}

async function send(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  form: UpsertForm,
): Promise<void> {
  await connection.call(connection.routes.upsert(upsertRecords(spelled(connection.learned, batch), mapping, form)));
}

/** The name of the form to stay with: the first that was understood, or, if none was, the first that was taken. */
async function settle(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  forms: readonly UpsertForm[],
  first: UpsertForm,
): Promise<string> {
  if (speaksColumns(connection, mapping, first)) return first.name;
  const before = connection.learned.developers ?? new Map<string, Developer>();
  if (await understoodInTime(connection, batch, mapping, before, connection.rereadMs)) return first.name;
  let rest = forms.slice(forms.indexOf(first) + 1);
  while (rest.length > 0) {
    const { taken } = await firstTaken(connection, batch, mapping, rest);
    if (taken === null) break;
    if (await understoodInTime(connection, batch, mapping, before, connection.rereadMs.slice(0, 1))) return taken.name;
    rest = rest.slice(rest.indexOf(taken) + 1);
  }
  await send(connection, batch, mapping, first);
  return first.name;
}

/** The list speaks the columns' names, and so did we: nothing to doubt. */
function speaksColumns({ learned }: Connection, mapping: FieldMapping, form: UpsertForm): boolean {
  return columnsOf(mapping).every(
    ([column]) => form.keys.get(column) === column && learned.listKeys?.get(column) === column,
  );
}

/** Answers may lag behind writes: a few looks. */
async function understoodInTime(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: ReadonlyMap<string, Developer>,
  waits: readonly number[],
): Promise<boolean> {
  if (await wasUnderstood(connection, batch, mapping, before)) return true;
  for (const ms of waits) {
    await connection.wait(ms);
    if (await wasUnderstood(connection, batch, mapping, before)) return true;
  }
  return false;
}

/** Without blank values the ways to write a blank are the same. */
function withoutDoubles(
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
