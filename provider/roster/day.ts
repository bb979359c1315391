/** A calendar day in UTC, as `YYYY-MM-DD`: days compare as text. */
export type Day = `${number}-${number}-${number}`;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * Whether a text is a day that the calendar has.
 *
 * @example
 * isDay("2026-02-28"); // true
 * isDay("2026-02-30"); // false
 */
export function isDay(text: string): text is Day {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}

/**
 * The day of a moment.
 *
 * @example
 * dayOf(new Date("2026-12-01T23:59:59Z")); // "2026-12-01"
 */
export function dayOf(moment: Date): Day {
  return moment.toISOString().slice(0, 10) as Day;
}
