/**
 * A dictionary of strings whose keys come from users (column names). It has no prototype, so that a column called
 * `constructor` or `__proto__` is a column like any other.
 */
export type Strings = Readonly<Record<string, string>>;

/**
 * Makes a {@link Strings} from entries.
 *
 * @example
 * strings([["Team", "Payments"]]); // { Team: "Payments" }
 */
export function strings(entries: Iterable<readonly [string, string]>): Strings {
  const made: Record<string, string> = Object.create(null);
  for (const [key, value] of entries) made[key] = value;
  return made;
}

/**
 * Orders by code unit: the same on every machine and in every locale.
 *
 * @example
 * ["b", "a"].sort(byText); // ["a", "b"]
 */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
