import type { Developer } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { isAboutTheKey, type UpsertForm, upsertForms, upsertRecords } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { RefusedError } from "./errors/refusals.js";
import { ValidationError } from "./errors/validation-error.js";
import { type KnownDevelopers, knownDevelopers, spelled } from "./learned.js";
import { learnListKeys } from "./read-roster.js";
import { changedColumns, type Heard, heardColumns } from "./upsert-check.js";

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
  const forms = upsertForms(mapping, learned.listKeys, learned.listIsFlat, learned.listPaths);
  const known = columnsOf(mapping).every(([column]) => learned.upsertForm?.keys.has(column))
    ? learned.upsertForm
    : null;
  // The known form first; a later batch may have blanks that the first had not.
  const inOrder = known === null ? forms : [known, ...forms];
  const { taken, refusal } = await firstTaken(connection, batch, mapping, inOrder);
  if (taken === null) throw refusal;
  const before = knownDevelopers(learned);
  const doubtful = changedColumns(batch, mapping, before).some((column) => !learned.upsertColumns.has(column));
  const unsettled = !speaksColumns(connection, mapping, taken) && (taken !== known || doubtful);
  learned.upsertForm = unsettled ? await settle(connection, batch, mapping, inOrder, taken, before) : taken;
  for (const one of batch) learned.upserted.set(one.email, one);
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
  const records = upsertRecords(spelled(connection.learned, batch), mapping, form);
  await connection.call({ ...connection.routes.upsert(records), about: batch.map(({ email }) => email) });
}

/**
 * Finds the form to stay with, beginning with one that was taken. A server may know some keys of one form and some of
 * another, and keep what it does not hear of: so it is noted column by column under which key a value first arrived,
 * and the form is put together from these.
 */
async function settle(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  forms: readonly UpsertForm[],
  first: UpsertForm,
  before: KnownDevelopers,
): Promise<UpsertForm> {
  const { learned } = connection;
  let form = first;
  let last = first;
  for (let rest = forms.slice(forms.indexOf(first) + 1); ; ) {
    const heard = await heardInTime(connection, batch, mapping, before);
    for (const column of heard.arrived) {
      if (!learned.upsertColumns.has(column)) learned.upsertColumns.set(column, last.keys.get(column) ?? column);
    }
    form = last;
    if (heard.lost.length === 0) break;
    // What no key brings across, the caller sees when it reads: stay with the likeliest.
    form = first;
    const { taken } = await firstTaken(connection, batch, mapping, rest);
    if (taken === null) break;
    rest = rest.slice(rest.indexOf(taken) + 1);
    last = taken;
  }
  const whole = { ...form, keys: new Map([...form.keys, ...learned.upsertColumns]) };
  // A server that blanks what it does not hear of may have blanked at last what an earlier form brought.
  if (!sameKeys(whole, last)) await send(connection, batch, mapping, whole);
  return whole;
}

function sameKeys(a: UpsertForm, b: UpsertForm): boolean {
  return a.blank === b.blank && [...a.keys].every(([column, key]) => b.keys.get(column) === key);
}

/** The list speaks the columns' names, and so did we: nothing to doubt. */
function speaksColumns({ learned }: Connection, mapping: FieldMapping, form: UpsertForm): boolean {
  return columnsOf(mapping).every(
    ([column]) => form.keys.get(column) === column && learned.listKeys?.get(column) === column,
  );
}

/** Answers may lag behind writes: a few looks. */
async function heardInTime(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
  before: KnownDevelopers,
): Promise<Heard> {
  let heard = await heardColumns(connection, batch, mapping, before);
  for (const ms of connection.rereadMs) {
    if (heard.lost.length === 0) break;
    await connection.wait(ms);
    heard = await heardColumns(connection, batch, mapping, before);
  }
  return heard;
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
      // A batch never holds one address twice: the server sees several records in which it finds none.
      errorType === "DUPLICATE_EMAIL" ||
      ((errorType === "REQUIRED_FIELD_MISSING" || errorType === "REQUIRED_VALUE_MISSING") &&
        isAboutTheKey(fieldName, batch, mapping)),
  );
}
