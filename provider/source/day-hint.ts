import { isDay } from "../roster/day.js";

/** A day with a time behind it, or with other signs between its numbers. */
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/;

/**
 * What to do about a text that is no day; undefined when there is nothing to guess.
 *
 * @example
 * dayHint("2026-12-01T00:00:00Z"); // "did you mean 2026-12-01?"
 * dayHint("01/02/2026"); // "write the year first: 2026-01-02 or 2026-02-01?"
 */
export function dayHint(written: string): string | undefined {
  const [, year = "", month = "", day = ""] = YEAR_FIRST.exec(written.trim()) ?? [];
  if (year !== "") {
    const meant = dayOf(year, month, day);
    return isDay(meant) ? `did you mean ${meant}?` : undefined;
  }
  const [, first = "", second = "", last = ""] = YEAR_LAST.exec(written.trim()) ?? [];
  const meant = [...new Set([dayOf(last, first, second), dayOf(last, second, first)])].filter(isDay);
  return meant.length === 0 ? undefined : `write the year first: ${meant.join(" or ")}?`;
}

function dayOf(year: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}
