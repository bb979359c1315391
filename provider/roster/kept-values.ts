import { type Change, changesOf } from "./change.js";
import type { Developer } from "./developer.js";
import { type Strings, strings } from "./strings.js";

/**
 * The values of one developer that a write sends along and must not blank: they had them before, and should have them
 * afterwards. "" where there is none. A server may take a record in a form that it only half understands, so they are
 * written down until a read shows them; where a run was killed in between, nothing else knows them.
 */
export interface KeptValues {
  readonly email: string;
  readonly name: string;
  readonly managerEmail: string;
  /** By column name; none of them is "". */
  readonly attributes: Strings;
}

/** The values that the upserts of a plan send along. Who is new has none. */
export function keptValuesOf(changes: readonly Change[]): readonly KeptValues[] {
  const records = [
    ...changesOf(changes, "rename").filter(({ isRest }) => isRest !== true),
    ...changesOf(changes, "update"),
  ];
  return records.map(({ email, before, after }) => ({
    email,
    name: before.name === "" ? "" : after.name,
    managerEmail: before.managerEmail === "" ? "" : after.managerEmail,
    attributes: strings(
      Object.entries(after.attributes).filter(
        ([column, value]) => value !== "" && (before.attributes[column] ?? "") !== "",
      ),
    ),
  }));
}

/** The developers of whom a kept value is blank. */
export function withLostValues(
  kept: readonly KeptValues[],
  live: ReadonlyMap<string, Developer>,
): readonly KeptValues[] {
  return kept.filter((values) => {
    const now = live.get(values.email);
    return now !== undefined && refilled(now, values, live) !== now;
  });
}

/** A record with its lost values back in it; the very same when none is lost. */
export function refilled(
  record: Developer,
  { name, managerEmail, attributes }: KeptValues,
  live: { has(email: string): boolean },
): Developer {
  const lost = Object.entries(attributes).filter(([column]) => record.attributes[column] === "");
  // Whoever has left since is nobody's manager.
  const manager = record.managerEmail === "" && live.has(managerEmail) ? managerEmail : record.managerEmail;
  const called = record.name === "" ? name : record.name;
  if (lost.length === 0 && manager === record.managerEmail && called === record.name) return record;
  return {
    ...record,
    name: called,
    managerEmail: manager,
    attributes: strings([...Object.entries(record.attributes), ...lost]),
  };
}
