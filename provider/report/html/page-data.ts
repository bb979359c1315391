import type { OrgNode } from "../org-chart.js";
import type { Cell, ChangeRow, Value } from "./change-row.js";
import { KINDS, SIGNS } from "./change-row.js";
import { visibleText } from "./visible-text.js";

/** A value as the script reads it: a text, or `{ said }`, which the report says itself. */
export type ShownCell = Value | readonly (readonly [name: string, value: Value])[];

/** The table as the script of the page reads it: a list for every column, so that 10,000 lines stay small. */
export interface TableData {
  readonly kinds: typeof KINDS;
  readonly signs: typeof SIGNS;
  /** By row: the number of its kind in `kinds`. */
  readonly kind: readonly number[];
  /** By row: the person's number in the chart; -1: none. */
  readonly node: readonly number[];
  readonly name: readonly string[];
  readonly email: readonly string[];
  readonly what: readonly string[];
  readonly before: readonly ShownCell[];
  readonly after: readonly ShownCell[];
}

/** The chart as the script of the page reads it. */
export interface OrgData {
  readonly name: readonly string[];
  readonly email: readonly string[];
  /** A letter for everybody: the first of their state, in the order of the others. */
  readonly state: string;
  /** The manager's number; -1: nobody in the chart. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

/** Turns rows into columns. */
export function tableData(rows: readonly ChangeRow[]): TableData {
  const numbers = new Map(KINDS.map(({ kind }, number) => [kind, number]));
  return {
    kinds: KINDS,
    signs: SIGNS,
    kind: rows.map(({ kind }) => numbers.get(kind) ?? 0),
    node: rows.map(({ node }) => node ?? -1),
    name: rows.map(({ name }) => visibleText(name)),
    email: rows.map(({ email }) => visibleText(email)),
    what: rows.map(({ what }) => visibleText(what)),
    before: rows.map(({ before }) => shownCell(before)),
    after: rows.map(({ after }) => shownCell(after)),
  };
}

/** Turns people into columns. */
export function orgData(org: readonly OrgNode[]): OrgData {
  return {
    name: org.map(({ person }) => visibleText(person.name)),
    email: org.map(({ person }) => visibleText(person.email)),
    state: org.map(({ state }) => state.charAt(0)).join(""),
    before: org.map(({ before }) => before ?? -1),
    after: org.map(({ after }) => after ?? -1),
  };
}

function shownCell(cell: Cell): ShownCell {
  if (typeof cell === "string") return visibleText(cell);
  if ("said" in cell) return cell;
  return cell.map(([name, value]) => [visibleText(name), typeof value === "string" ? visibleText(value) : value]);
}
