import { setTimeout as sleep } from "node:timers/promises";
import { columnsOf } from "../roster/field-mapping.js";
import { columnsWithoutAliases, matchColumns } from "../sei/codec/columns.js";
import { placesIn } from "../sei/codec/place.js";
import { flatten, keysOf } from "../sei/codec/record.js";
import { type UpsertForm, upsertForms } from "../sei/codec/upsert.js";
import type { Looked } from "../sei/look.js";
import { findRecords } from "../sei/shape/find-records.js";
import { isObject } from "../sei/shape/json.js";
import { answerText, isRefused, isTaken, jsonOf } from "./answer-words.js";
import { type Lab, TrialError } from "./lab.js";

/**
 * Finds out in which form a record is taken, on two made-up people at a time, and how far reads are behind writes.
 *
 * @returns columns that the server made of keys that it does not know; then no form is known
 * @throws TrialError when no form is taken
 */
export async function tryForm(lab: Lab): Promise<readonly string[]> {
  const { note, mapping } = lab.tools;
  let last: Looked | null = null;
  for (const [at, form] of (await formsOf(lab)).entries()) {
    // New people each time: what a form before brought across proves nothing.
    const [boss, who] = [`lead${at}`, `one${at}`];
    // One after the other: a manager may have to be there first.
    const lead = await lab.upsertIn(form.keys, [lab.person(boss)]);
    if (isTaken(lead)) note.saw("write.answer", answerKind(lead));
    const isSeen = isTaken(lead) && (await waitFor(lab, boss));
    const looked = isTaken(lead) ? await lab.upsertIn(form.keys, [lab.report(who, boss)]) : lead;
    if (!isTaken(looked) && !isRefused(looked)) throw new TrialError(answerText(looked));
    if (isRefused(looked)) last = looked;
    if (!isTaken(lead)) continue;
    const live = await lab.live();
    const added = (live.mapping?.attributes ?? []).filter((column) => !mapping.attributes.includes(column));
    if (added.length > 0) {
      note.saw("upsert.unknown-key", "a new column");
      return added;
    }
    const one = live.developers.get(lab.email(who));
    const { mark } = lab.tools.people;
    const isWhole =
      one?.name === mark &&
      one.managerEmail === lab.email(boss) &&
      mapping.attributes.every((column) => one.attributes[column] === mark);
    if (!isSeen || !isWhole) continue;
    const isUsual = columnsOf(mapping).every(([column]) => form.keys.get(column) === column);
    note.saw("upsert.keys", isUsual ? "the columns" : form.name.replace(/; blank as .*$/, ""));
    lab.keys = form.keys;
    return [];
  }
  note.saw("upsert.keys", "none that is known");
  throw new TrialError(last === null ? "no form of a record is known" : `no record is taken: ${answerText(last)}`);
}

/** The columns themselves first: they are what is assumed. How a blank is written is for later. */
async function formsOf(lab: Lab): Promise<readonly UpsertForm[]> {
  const { looker, form, mapping } = lab.tools;
  const page = await looker.get({ path: "/v2/developers", form });
  const records = findRecords(jsonOf(page))?.records ?? [];
  const keys = matchColumns(columnsWithoutAliases(mapping), keysOf(records.map(flatten)));
  const forms = upsertForms(mapping, keys, placesIn(keys, records)).filter(({ blank }) => blank === "text");
  const isUsual = ({ keys: places }: UpsertForm) => [...places].every(([column, place]) => column === place);
  return [...forms.filter(isUsual), ...forms.filter((one) => !isUsual(one))];
}

function answerKind(looked: Looked): string {
  if (looked.kind === "none" || looked.answer.text.trim() === "") return "nothing";
  const { json } = looked.answer;
  if (!isObject(json)) return "text";
  return Object.values(json).some((value) => typeof value === "number") ? "counts" : "a status";
}

/** Whether somebody gets to be seen. Takes down how long it takes. */
async function waitFor(lab: Lab, who: string): Promise<boolean> {
  const { note, waits } = lab.tools;
  const begun = performance.now();
  for (const ms of [0, ...waits]) {
    if (ms > 0) await sleep(ms);
    if ((await lab.raw(who)) === null) continue;
    if (note.sawOf("write.lag") !== null) return true;
    if (ms === 0) note.saw("write.lag", "at once");
    else {
      lab.lagMs = Math.ceil(1.5 * (performance.now() - begun)) + 5;
      note.saw("write.lag", "later");
    }
    return true;
  }
  // It may not look for one address: the whole list tells.
  if ((await lab.find(who)) !== null) return true;
  note.saw("write.lag", "never");
  return false;
}
