import type { Person } from "../review.js";
import { code, prose } from "./inline.js";

/** Somebody: the name, if it may be said, and the address; "–" is nobody. */
export function personWords(person: Person | null): string {
  if (person === null) return "–";
  return person.name === "" ? code(person.email) : `${prose(person.name, 100)} ${code(person.email)}`;
}

/** People in a row, the first of them. */
export function firstPeople(emails: readonly string[], most: number): string {
  const more = emails.length - most;
  const first = emails.slice(0, most).map((email) => code(email, 100));
  return `${first.join(", ")}${more > 0 ? ` and ${grouped(more)} more` : ""}`;
}

/**
 * A count with its word.
 *
 * @example
 * counted(9900, "change"); // "9,900 changes"
 */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${grouped(count)} ${count === 1 ? one : several}`;
}

/** A count as a reader groups it, in every locale. */
export function grouped(count: number): string {
  return String(count).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ",");
}
