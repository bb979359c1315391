/** A calendar day in UTC, as `YYYY-MM-DD`: days compare as text. */
export type Day = `${number}-${number}-${number}`;

/** What a day looks like; some months are shorter, which {@link isDay} knows. */
export const DAY_SHAPE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/**
 * Whether a text is a day that the calendar has.
 *
 * @example
 * isDay("2026-02-28"); // true
 * isDay("2026-02-30"); // false
 */
export function isDay(text: string): text is Day {
  return DAY_SHAPE.test(text) && dayOf(new Date(`${text}T00:00:00Z`)) === text;
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
