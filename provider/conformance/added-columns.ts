import { columnsOf } from "../roster/field-mapping.js";
import { readTable, writeTable } from "../sei/codec/csv.js";
import { approve, changedTable, permitted } from "./base-csv.js";
import { type Lab, must, TrialError } from "./lab.js";

/**
 * Takes columns away that the server made of a key, by a re-upload of everybody without them.
 *
 * @throws TrialError when they are still there afterwards, or its review says that it changes anybody
 */
export async function takeColumnsAway(lab: Lab, columns: readonly string[]): Promise<void> {
  const before = await lab.live();
  const call = { method: "GET", path: "/v2/developers" };
  const table = readTable({ call, status: 200, headers: new Map(), text: await lab.csv(), json: undefined });
  const kept = [...table.header.keys()].filter((at) => !columns.includes(table.header[at] ?? ""));
  const header = kept.map((at) => table.header[at] ?? "");
  if (!columnsOf(lab.tools.mapping).every(([column]) => header.includes(column))) {
    throw new TrialError("the CSV download does not have the columns of the account");
  }
  const rows = table.rows.map((row) => kept.map((at) => row[at] ?? ""));
  // Somebody comes in, or a review of nothing might say nothing.
  const whole = changedTable(lab, { header, rows }, [lab.person("v6")]);
  const looked = await lab.tools.writes.reupload(writeTable(whole));
  must(await approve(lab, permitted(looked, { added: 1, removed: [0] }), before));
  const { mapping } = await lab.live();
  if (columns.some((column) => mapping?.attributes.includes(column))) throw new TrialError("they are still there");
}
