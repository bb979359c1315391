import type { Day } from "./day.js";

/** From when until when somebody is on the roster; both days included. */
export interface Effective {
  readonly from?: Day;
  readonly until?: Day;
}

/** Somebody who is declared, and not on the roster on the day. `on` is the first day to come, or the last one that was. */
export interface Absence {
  readonly kind: "joinsLater" | "hasLeft";
  readonly on: Day;
}

/**
 * Why somebody is not on the roster on a day; null when they are.
 *
 * @example
 * absenceOn("2026-11-30", { from: "2026-12-01" }); // { kind: "joinsLater", on: "2026-12-01" }
 * absenceOn("2026-12-01", { from: "2026-12-01" }); // null
 */
export function absenceOn(day: Day, effective: Effective | undefined): Absence | null {
  if (effective?.from !== undefined && day < effective.from) return { kind: "joinsLater", on: effective.from };
  if (effective?.until !== undefined && day > effective.until) return { kind: "hasLeft", on: effective.until };
  return null;
}

/** Whether two people are ever on the roster on the same day. */
export function overlap(a: Effective | undefined, b: Effective | undefined): boolean {
  return !endsBefore(a, b) && !endsBefore(b, a);
}

function endsBefore(a: Effective | undefined, b: Effective | undefined): boolean {
  return a?.until !== undefined && b?.from !== undefined && a.until < b.from;
}
