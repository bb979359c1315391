import type { LiveRoster } from "../roster/live-roster.js";
import { columnsWithoutAliases, matchColumns } from "../sei/codec/columns.js";
import { readTable, type Table, writeTable } from "../sei/codec/csv.js";
import { readReview } from "../sei/codec/review.js";
import { readVersionId } from "../sei/codec/version-id.js";
import type { Looked } from "../sei/look.js";
import { refusalIn } from "../sei/shape/refusal.js";
import { type Lab, must, TrialError, type Values } from "./lab.js";
import type { OwnDraft } from "./own-writes.js";

/**
 * Everybody who is live, as a CSV that may be uploaded again: the rows of the download as they are, under the names of the
 * columns.
 *
 * @throws TrialError when there is no download, or it does not have every column
 */
export async function baseTable(lab: Lab): Promise<Table> {
  const text = await lab.csv();
  const call = { method: "GET", path: "/v2/developers" };
  const table = readTable({ call, status: 200, headers: new Map(), text, json: undefined });
  const columns = columnsWithoutAliases(lab.tools.mapping);
  const names = matchColumns(columns, table.header);
  if (columns.some(({ column }) => !names.has(column)) || names.size < table.header.length) {
    throw new TrialError("the CSV download does not have the columns of the account");
  }
  const columnOf = new Map([...names].map(([column, name]) => [name, column]));
  return { ...table, header: table.header.map((name) => columnOf.get(name) ?? name) };
}

/** A table with people more, who are made up. */
export function changedTable(lab: Lab, table: Table, added: readonly Values[]): Table {
  const { writes, mapping } = lab.tools;
  writes.mayMake(added.map((values) => values[mapping.email] ?? ""));
  const rows = added.map((values) => table.header.map((column) => values[column] ?? ""));
  return { ...table, rows: [...table.rows, ...rows] };
}

/** How many people made up for this a review may show. */
export interface Expected {
  readonly added: number;
  readonly removed: readonly number[];
}

/**
 * The draft of a re-upload, when its review says that nobody but people made up for this is changed by it.
 *
 * @throws TrialError when it says anything else, or does not say
 */
export function permitted(looked: Looked, expected: Expected): OwnDraft {
  must(looked);
  if (looked.kind === "none") throw new TrialError("there was no answer");
  if (refusalIn(looked.answer.json).issues.length > 0) throw new TrialError("the review shows errors");
  const { added, updated, removed } = readReview(looked.answer);
  if (added === null || updated === null || removed === null) {
    throw new TrialError("the review does not say whom it changes, so it is not approved");
  }
  if (added !== expected.added || updated !== 0 || !expected.removed.includes(removed)) {
    throw new TrialError("the review changes others than the people made up for it, so it is not approved");
  }
  return { versionId: readVersionId(looked.answer) };
}

/** Makes the draft of a table, and gives it back when it may be approved. */
export async function draftOf(lab: Lab, table: Table, expected: Expected): Promise<OwnDraft> {
  return permitted(await lab.tools.writes.reupload(writeTable(table)), expected);
}

/**
 * Approves a draft, unless somebody else was changed since `before` was read: they would be set back.
 *
 * @throws TrialError when somebody was
 */
export async function approve(lab: Lab, draft: OwnDraft, before: LiveRoster): Promise<Looked> {
  const now = await lab.live();
  if (othersIn(lab, now) !== othersIn(lab, before)) {
    throw new TrialError("somebody else changes the account meanwhile, so nothing is approved");
  }
  return lab.tools.writes.approve(draft);
}

function othersIn(lab: Lab, { developers, mapping }: LiveRoster): string {
  const others = [...developers.values()].filter(({ email }) => !lab.tools.people.has(email));
  others.sort((a, b) => (a.email < b.email ? -1 : 1));
  return JSON.stringify([mapping, others]);
}
