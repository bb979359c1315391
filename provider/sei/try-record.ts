import type { Developer } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { valueIn } from "./codec/developers-csv.js";
import type { Schema } from "./codec/schema.js";
import { type UpsertForm, upsertForms } from "./codec/upsert.js";
import type { Connection } from "./connection.js";
import { PartialWriteError } from "./errors/partial-write-error.js";
import { ForbiddenError } from "./errors/refusals.js";
import { SeiError } from "./errors/sei-error.js";
import { UncertainWriteError } from "./errors/transport-errors.js";
import { UpsertAddedColumnsError, UpsertNotTakenError, UpsertNotUnderstoodError } from "./errors/upsert-errors.js";
import { knownDevelopers } from "./learned.js";
import { learnListKeys, readSchemaOrNull } from "./read-roster.js";
import { type Heard, heard, isWhole, readOne } from "./upsert-check.js";
import { noteSent } from "./upsert-knowledge.js";
import { isAboutTheForm, sendInForm, withoutDoubles } from "./upsert-send.js";

/** A form in which the record was taken, and what a read showed then. */
interface Attempt {
  readonly form: UpsertForm;
  readonly heard: Heard;
  /** Whether a read showed any effect at all. */
  readonly wasSeen: boolean;
}

/**
 * Sends one record alone and reads it back, in one form after the other until it is live as it was sent, and notes what
 * that shows of the form. Every form sends the whole record, so the next one mends what the one before it damaged.
 *
 * @throws UpsertNotTakenError when it is refused in every form
 * @throws UpsertNotUnderstoodError when it comes out whole in none
 */
export async function tryRecord(connection: Connection, one: Developer, mapping: FieldMapping): Promise<void> {
  const { learned } = connection;
  if (learned.listKeys === null && learned.upsert.form === null) await learnListKeys(connection);
  const was = await recordBefore(connection, one, mapping);
  const trial = new Trial(connection, one, was, mapping);
  const forms = upsertForms(mapping, learned.listKeys, learned.listPlaces);
  const { form } = learned.upsert;
  await trial.run(form === null ? forms : [form, ...forms]);
  noteSent([one], learned);
}

/** The record as it is now; null: it is new. Whoever writes without having read does not know, so it is asked for. */
async function recordBefore(
  connection: Connection,
  { email }: Developer,
  mapping: FieldMapping,
): Promise<Developer | null> {
  const known = knownDevelopers(connection.learned).get(email) ?? null;
  if (known !== null || connection.learned.developers !== null) return known;
  try {
    return await readOne(connection, email, mapping);
  } catch (error) {
    // A key that may only write.
    if (error instanceof ForbiddenError) return null;
    throw error;
  }
}

class Trial {
  readonly #connection: Connection;
  readonly #one: Developer;
  readonly #was: Developer | null;
  readonly #mapping: FieldMapping;
  readonly #attempts: Attempt[] = [];
  #refusal: SeiError | null = null;
  #refused = 0;
  /** What the last read showed. */
  #seen: Developer | null;
  /** How many waits it took until a write was seen. */
  #lag: number | null = null;

  constructor(connection: Connection, one: Developer, was: Developer | null, mapping: FieldMapping) {
    this.#connection = connection;
    this.#one = one;
    this.#was = was;
    this.#mapping = mapping;
    this.#seen = was;
  }

  async run(forms: readonly UpsertForm[]): Promise<void> {
    let rest = withoutDoubles(forms, [this.#one], this.#mapping);
    for (let [form] = rest; form !== undefined; [form] = rest) {
      rest = rest.slice(1);
      const attempt = await this.#try(form);
      if (attempt === null) continue;
      if (isWhole(attempt.heard) && (await this.#holds(attempt))) return this.#settle(attempt);
      // The keys are right then, so that what is left to try first is another blank.
      if (this.#onlyKeepsOld(attempt))
        rest = [...rest].sort((a, b) => Number(!sameKeys(a, form)) - Number(!sameKeys(b, form)));
    }
    const [likeliest] = this.#attempts;
    if (likeliest === undefined) {
      if (this.#refusal === null) throw new Error("no form to try");
      throw new UpsertNotTakenError(this.#refused, this.#refusal);
    }
    await this.#makeDo(likeliest);
  }

  /** Whether all that is not as it was sent are values that should have been cleared. */
  #onlyKeepsOld({ heard: { unheard, blanked } }: Attempt): boolean {
    const cleared = this.#columns((value) => value === "");
    return blanked.length === 0 && unheard.every((column) => cleared.includes(column));
  }

  /** null: it was refused, and nothing was saved. */
  async #try(form: UpsertForm): Promise<Attempt | null> {
    const [one, mapping] = [this.#one, this.#mapping];
    try {
      await sendInForm(this.#connection, [one], mapping, form);
    } catch (error) {
      if (!(error instanceof SeiError) || !isAboutTheForm(error, [one], mapping)) throw this.#told(error);
      // Of several refusals the one of the likeliest form is worth reading.
      this.#refusal ??= error;
      this.#refused += 1;
      return null;
    }
    // From here on something may have changed.
    const attempt = await this.#look(form);
    this.#attempts.push(attempt);
    await this.#mustAddNoColumns(form);
    return attempt;
  }

  /** Some servers make a column of every key that they do not know: then guessing on would leave many behind. */
  async #mustAddNoColumns({ keys }: UpsertForm): Promise<void> {
    const columns = new Set(columnsOf(this.#mapping).map(([column]) => column));
    const others = new Set([...keys.values()].filter((key) => !columns.has(key)));
    if (others.size === 0) return;
    let schema: Schema | null;
    try {
      schema = await readSchemaOrNull(this.#connection);
    } catch (error) {
      throw this.#told(error, true);
    }
    const added = (schema?.columns ?? []).map(({ column }) => column).filter((column) => others.has(column));
    if (added.length > 0) throw this.#told(new UpsertAddedColumnsError(added), true);
  }

  /** Answers may lag behind writes: a few looks, as long as nothing is seen to have happened. */
  async #look(form: UpsertForm): Promise<Attempt> {
    const patience = this.#patience();
    for (let waits = 0; ; waits += 1) {
      const now = await this.#read();
      const found = heard(this.#one, this.#was, now, this.#mapping);
      const wasSeen = !sameRecord(now, this.#seen, this.#mapping);
      const ms = patience[waits];
      if (isWhole(found) || wasSeen || ms === undefined) {
        if (wasSeen) this.#lag = Math.max(this.#lag ?? 0, waits);
        this.#seen = now;
        return { form, heard: found, wasSeen };
      }
      await this.#wait(ms);
    }
  }

  async #read(): Promise<Developer | null> {
    try {
      return await readOne(this.#connection, this.#one.email, this.#mapping);
    } catch (error) {
      throw this.#told(error, true);
    }
  }

  async #wait(ms: number): Promise<void> {
    try {
      await this.#connection.wait(ms);
    } catch (error) {
      throw this.#told(error, true);
    }
  }

  /** Once a write was seen, the next is not waited for much longer. */
  #patience(): readonly number[] {
    if (this.#lag === null) return this.#all();
    return this.#all().slice(0, this.#lag === 0 ? 1 : this.#lag + 2);
  }

  #all(): readonly number[] {
    const { rereadMs } = this.#connection;
    return [...rereadMs, 2 * (rereadMs.at(-1) ?? 0)];
  }

  /** Where writes before this one were never seen, this may be the late effect of one of them. */
  async #holds(attempt: Attempt): Promise<boolean> {
    if (this.#attempts.every((each) => each === attempt || each.wasSeen)) return true;
    for (const ms of this.#all()) await this.#wait(ms);
    const again = await this.#look(attempt.form);
    if (isWhole(again.heard)) return true;
    this.#attempts.splice(this.#attempts.indexOf(attempt), 1, again);
    return false;
  }

  async #settle(last: Attempt): Promise<void> {
    // Where nothing is ever blanked, each form may have brought only some of it across.
    const form = this.#blanks() ? last.form : this.#combined(last.form);
    const whole = sameForm(form, last.form) ? null : await this.#try(form);
    this.#learn(whole === null ? last.form : form, last.heard);
  }

  /** No form brought everything across: the pieces that were heard, put together, and else the likeliest. */
  async #makeDo(likeliest: Attempt): Promise<void> {
    const combined = this.#combined(likeliest.form);
    const isNew = !this.#attempts.some(({ form }) => sameForm(form, combined));
    const together = isNew ? await this.#try(combined) : null;
    const all = together === null ? [likeliest, ...this.#attempts] : [together, likeliest, ...this.#attempts];
    // The first of those that blank the least.
    const best = all.reduce((one, next) => (next.heard.blanked.length < one.heard.blanked.length ? next : one));
    const last = this.#attempts.at(-1) === best ? best : ((await this.#try(best.form)) ?? best);
    const { blanked, unheard } = last.heard;
    // Nothing happened at all: unless other records came across before, the form may be the reason, or a long lag.
    const isUnknown = this.#connection.learned.upsert.form === null && this.#was !== null;
    if (blanked.length > 0 || (isUnknown && unheard.length > 0 && !this.#wasSeen())) {
      throw new UpsertNotUnderstoodError(this.#one.email, blanked, this.#attempts.length);
    }
    // What no form brings across, the caller sees when it reads.
    this.#learn(last.form, last.heard);
  }

  /** A form with every column under the key that first brought it across, as far as that was seen. */
  #combined({ name, keys: base, blank }: UpsertForm): UpsertForm {
    const keys = new Map(base);
    const changed = this.#columns((value, old) => value !== old);
    // What a server keeps that it does not hear of proves nothing; where it blanks that, it does.
    const proving = this.#blanks() ? this.#columns((value, old) => value !== old || value !== "") : changed;
    const byColumn = (column: string) => this.#attempts.find(({ heard: { good } }) => good.includes(column))?.form;
    for (const column of proving) {
      const key = byColumn(column)?.keys.get(column);
      if (key !== undefined) keys.set(column, key);
    }
    const cleared = this.#columns((value, old) => value === "" && old !== "");
    const clearing = cleared.map(byColumn).find((form) => form !== undefined);
    return { name, keys, blank: clearing?.blank ?? blank };
  }

  #columns(fits: (value: string, old: string) => boolean): readonly string[] {
    const was = this.#was;
    return columnsOf(this.#mapping)
      .filter(([column, type]) =>
        fits(valueIn(this.#one, column, type), was === null ? "" : valueIn(was, column, type)),
      )
      .map(([column]) => column);
  }

  /** Whether this server was seen to blank what it does not hear of. */
  #blanks(): boolean {
    return this.#attempts.some(({ heard: { blanked } }) => blanked.length > 0);
  }

  #learn(form: UpsertForm, { good }: Heard): void {
    const { upsert } = this.#connection.learned;
    if (upsert.form !== null && !sameForm(upsert.form, form)) {
      upsert.kept.clear();
      upsert.arrived.clear();
    }
    if (upsert.form?.blank !== form.blank) upsert.cleared.clear();
    upsert.form = form;
    for (const [column, type] of columnsOf(this.#mapping)) {
      const value = valueIn(this.#one, column, type);
      const old = this.#was === null ? "" : valueIn(this.#was, column, type);
      // In vain or not: once is enough.
      if (value !== old) (value === "" ? upsert.cleared : upsert.arrived).add(column);
      if (value !== "" && good.includes(column) && this.#wasSeen()) upsert.kept.add(column);
    }
  }

  /** Whether any write of this record showed an effect, or none had to. */
  #wasSeen(): boolean {
    return this.#attempts.some(({ heard: found, wasSeen }) => wasSeen || isWhole(found));
  }

  /** Once the server has taken a form, whatever fails has left something changed. */
  #told(error: unknown, taken = this.#attempts.length > 0): unknown {
    if (!taken || !(error instanceof SeiError) || error instanceof UncertainWriteError) return error;
    return new PartialWriteError(1, 1, 1, error);
  }
}

function sameForm(a: UpsertForm, b: UpsertForm): boolean {
  return a.blank === b.blank && sameKeys(a, b);
}

function sameKeys(a: UpsertForm, b: UpsertForm): boolean {
  return [...a.keys].every(([column, key]) => b.keys.get(column) === key);
}

function sameRecord(a: Developer | null, b: Developer | null, mapping: FieldMapping): boolean {
  if (a === null || b === null) return a === b;
  return columnsOf(mapping).every(([column, type]) => valueIn(a, column, type) === valueIn(b, column, type));
}
