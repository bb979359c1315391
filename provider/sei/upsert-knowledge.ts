import type { Developer } from "../roster/developer.js";
import { columnsOf, type FieldMapping } from "../roster/field-mapping.js";
import { valueIn } from "./codec/developers-csv.js";
import type { UpsertForm } from "./codec/upsert.js";
import { type KnownDevelopers, knownDevelopers, type Learned } from "./learned.js";

/**
 * What reads after single records have shown of the form in which upserts are sent. A server may ignore keys that it
 * does not know, and blank what it does not hear of, so a form is trusted column by column.
 */
export interface UpsertKnowledge {
  /** null: none was tried yet. */
  form: UpsertForm | null;
  /** Columns whose value was sent and was there afterwards: sending others cannot blank them. */
  readonly kept: Set<string>;
  /** Columns in which a new value arrived, or no form brings one across. */
  readonly arrived: Set<string>;
  /** Columns in which a value was cleared, or no form clears one. */
  readonly cleared: Set<string>;
  /** Whether a manager must be live before the request with a report: found out by a refusal. */
  managersBefore: boolean;
  /** By key: the records as they were sent last. */
  readonly sent: Map<string, Developer>;
}

export function nothingKnown(): UpsertKnowledge {
  return {
    form: null,
    kept: new Set(),
    arrived: new Set(),
    cleared: new Set(),
    managersBefore: false,
    sent: new Map(),
  };
}

/** Forgets what was found out of the form. */
export function forgetForm({ upsert }: Learned): void {
  upsert.form = null;
  upsert.kept.clear();
  upsert.arrived.clear();
  upsert.cleared.clear();
}

/** Whether what is known says nothing of a column of this record, so that it must be sent alone and read back. */
export function isNovel(one: Developer, mapping: FieldMapping, { upsert }: Learned, before: KnownDevelopers): boolean {
  const { form, kept, arrived, cleared } = upsert;
  const was = before.get(one.email);
  return columnsOf(mapping).some(([column, type]) => {
    if (form === null || !form.keys.has(column)) return true;
    const value = valueIn(one, column, type);
    const old = was === undefined ? "" : valueIn(was, column, type);
    if (value === "") return old !== "" && !cleared.has(column);
    return (old !== "" && !kept.has(column)) || (old !== value && !arrived.has(column));
  });
}

/**
 * Whether a later read shows that a record was damaged when it was sent: a value that it had is blank now. Then the form
 * was not understood, although one record said that it was.
 */
export function wasDamaged(one: Developer, mapping: FieldMapping, learned: Learned): boolean {
  const sent = learned.upsert.sent.get(one.email);
  // What was sent since the last read was seen by nobody.
  const seen = learned.upserted.has(one.email) ? undefined : learned.developers?.get(one.email);
  if (sent === undefined || seen === undefined) return false;
  return columnsOf(mapping).some(
    ([column, type]) => valueIn(sent, column, type) !== "" && valueIn(seen, column, type) === "",
  );
}

/** Notes that records were sent. */
export function noteSent(developers: readonly Developer[], learned: Learned): void {
  for (const one of developers) {
    learned.upserted.set(one.email, one);
    learned.upsert.sent.set(one.email, one);
  }
}

/**
 * How many of these may go in one request: all up to the first that must go alone, or that one; and, where managers must
 * be live before, up to the first report of somebody among them.
 */
export function goTogether(developers: readonly Developer[], mapping: FieldMapping, learned: Learned): number {
  const before = knownDevelopers(learned);
  const at = developers.findIndex((one) => isNovel(one, mapping, learned, before));
  const most = at === -1 ? developers.length : Math.max(at, 1);
  return learned.upsert.managersBefore ? Math.min(most, firstReport(developers, before)) : most;
}

/** Whether somebody's manager, as far as is known, comes with the same records. */
export function hasReports(developers: readonly Developer[], learned: Learned): boolean {
  return firstReport(developers, knownDevelopers(learned)) < developers.length;
}

/** The place of the first whose manager is among those before and not known to be live. */
function firstReport(developers: readonly Developer[], before: KnownDevelopers): number {
  const sent = new Set<string>();
  for (const [at, { email, managerEmail }] of developers.entries()) {
    if (sent.has(managerEmail) && before.get(managerEmail) === undefined) return at;
    sent.add(email);
  }
  return developers.length;
}
