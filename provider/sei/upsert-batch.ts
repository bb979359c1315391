import type { Developer } from "../roster/developer.js";
import type { FieldMapping } from "../roster/field-mapping.js";
import { inBatches } from "./batches.js";
import type { UpsertForm } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { ValidationError } from "./errors/validation-error.js";
import { knownDevelopers } from "./learned.js";
import { tryRecord } from "./try-record.js";
import { forgetForm, goTogether, hasReports, isNovel, noteSent, wasDamaged } from "./upsert-knowledge.js";
import { isAboutTheForm, sendInForm, withoutDoubles } from "./upsert-send.js";

/**
 * Upserts whole records, in the order given. The documents do not show the form of a record, a server may ignore keys
 * that it does not know, and it may blank what it does not hear of. So no form is tried on more than one record: the
 * first goes alone, is read back and mended, and only what it showed to arrive is sent for many at once.
 *
 * @throws PartialWriteError when some were taken before the failure
 */
export async function upsertAll(
  connection: Connection,
  developers: readonly Developer[],
  mapping: FieldMapping,
): Promise<void> {
  const { learned } = connection;
  if (developers.some((one) => wasDamaged(one, mapping, learned))) forgetForm(learned);
  await inBatches(
    developers,
    async (batch) => {
      const [first] = batch;
      if (first !== undefined && isNovel(first, mapping, learned, knownDevelopers(learned)))
        await tryRecord(connection, first, mapping);
      else await upsertInLevels(connection, batch, mapping);
    },
    (rest) => goTogether(rest, mapping, learned),
  );
}

/**
 * One batch; where the server looks for managers only among those who were there before it, in several: managers first,
 * and their reports after them.
 */
async function upsertInLevels(
  connection: Connection,
  batch: readonly Developer[],
  mapping: FieldMapping,
): Promise<void> {
  const { learned } = connection;
  try {
    await upsertBatch(connection, batch, mapping);
  } catch (error) {
    if (learned.upsert.managersBefore || !isAboutManagers(error) || !hasReports(batch, learned)) throw error;
    learned.upsert.managersBefore = true;
    await inBatches(
      batch,
      (level) => upsertBatch(connection, level, mapping),
      (rest) => goTogether(rest, mapping, learned),
    );
  }
}

function isAboutManagers(error: unknown): boolean {
  return (
    error instanceof ValidationError &&
    error.errors.every(({ errorType }) => errorType === "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS")
  );
}

/** One batch in the form that is known. Only the way to write a blank may still turn out to be another. */
async function upsertBatch(connection: Connection, batch: readonly Developer[], mapping: FieldMapping): Promise<void> {
  const { upsert } = connection.learned;
  const known = upsert.form;
  if (known === null) throw new Error("no form of an upsert is known");
  let refusal: unknown = null;
  for (const form of withoutDoubles(blanksOf(known), batch, mapping)) {
    try {
      await sendInForm(connection, batch, mapping, form);
    } catch (error) {
      if (!isAboutTheForm(error, batch, mapping)) throw error;
      refusal ??= error;
      continue;
    }
    // What another blank clears is not known yet.
    if (form.blank !== known.blank) upsert.cleared.clear();
    upsert.form = form;
    noteSent(batch, connection.learned);
    return;
  }
  throw refusal;
}

function blanksOf(form: UpsertForm): readonly UpsertForm[] {
  const others = (["text", "null", "absent"] as const).filter((blank) => blank !== form.blank);
  return [form, ...others.map((blank) => ({ ...form, blank }))];
}
