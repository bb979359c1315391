import type { RowFault } from "./fault.js";

/** A window on rows as a client would get it, and the total that goes with it. */
export interface Window<T> {
  readonly rows: readonly T[];
  readonly total: number;
}

/** The rows from `start` on, `size` at most, disturbed by the faults of this request. */
export function windowOf<T>(all: readonly T[], start: number, size: number, faults: readonly RowFault[]): Window<T> {
  let rows = all.slice(start, start + size);
  let total = all.length;
  for (const fault of faults) {
    switch (fault.kind) {
      case "shortPage":
        rows = rows.slice(0, Math.max(0, rows.length - (fault.rows ?? 1)));
        break;
      case "doubledPage":
        rows = rows.map((row, index) => (index === rows.length - 1 ? (rows[0] ?? row) : row));
        break;
      case "shiftedPage": {
        const from = Math.max(0, start + (fault.by ?? 1));
        rows = all.slice(from, from + size);
        break;
      }
      case "emptyList":
        rows = [];
        total = 0;
        break;
    }
  }
  return { rows, total };
}
