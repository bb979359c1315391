import { emailKey } from "../../roster/email.js";
import type { FieldType } from "../../roster/field-mapping.js";
import type { Disputed } from "../../roster/live-roster.js";

/** What the list and the CSV download show of a developer in one column. */
export interface Shown<Person> {
  readonly inList: (person: Person) => string;
  readonly inCsv: (person: Person) => string;
}

/** Which of the two answers a column is read from: the other one shows it in another form, or not at all. */
export type Source = "list" | "csv";

/** What a column is read from, and of whom the answers cannot both be right. */
export interface Compared {
  readonly source: Source;
  /** Keys. */
  readonly disputed: readonly string[];
}

/** So many that differ, while not one agrees, are no accident. */
const MANY = 3;

/**
 * Compares one column. Where no value agrees, one answer shows the column in its own form (a date, a list) or leaves it
 * out: then the CSV counts, in whose form values are uploaded, or the only answer that shows any. Where most agree, who
 * differs is disputed.
 */
export function compareColumn<Person extends { readonly email: string }>(
  people: readonly Person[],
  { inList, inCsv }: Shown<Person>,
  type: FieldType,
): Compared {
  const agree = (person: Person): boolean => same(inList(person), inCsv(person), type);
  const differing = people.filter((person) => !agree(person));
  if (differing.length === 0) return { source: "list", disputed: [] };
  const agreeing = people.some((person) => inList(person).trim() !== "" && agree(person));
  if (!agreeing) {
    if (differing.every((person) => inList(person).trim() === "")) return { source: "csv", disputed: [] };
    if (differing.every((person) => inCsv(person).trim() === "")) return { source: "list", disputed: [] };
    if (differing.length >= MANY) return { source: "csv", disputed: [] };
  }
  return { source: "list", disputed: differing.map(({ email }) => email) };
}

/** Who is disputed in any column, with the columns in words; null for nobody. */
export function disputedIn(byColumn: ReadonlyMap<string, readonly string[]>): Disputed | null {
  const found = [...byColumn].filter(([, people]) => people.length > 0);
  if (found.length === 0) return null;
  const words = found.map(([column, people]) => `${JSON.stringify(column)} (${people.length} developers)`);
  return {
    people: new Set(found.flatMap(([, people]) => people)),
    reason: `the list and the CSV download disagree on ${words.join(", ")}`,
  };
}

/** Line ends, spaces at the ends and the apostrophe that disarms a formula are ways to write the same value. */
function same(inList: string, inCsv: string, type: FieldType): boolean {
  if (inList === inCsv) return true;
  if (type === "EMAIL" || type === "MANAGER_EMAIL") return emailKey(inList) === emailKey(inCsv);
  return plain(inList) === plain(inCsv);
}

function plain(value: string): string {
  return value
    .normalize("NFC")
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^'(?=[=+\-@])/, "");
}
