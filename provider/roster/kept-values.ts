import { type Change, changesOf, type RenameChange, type UpdateChange } from "./change.js";
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
  const kept = records.map(({ email, before, after }) => ({
    email,
    name: before.name === "" ? "" : after.name,
    managerEmail: before.managerEmail === "" ? "" : after.managerEmail,
    attributes: strings(
      Object.entries(after.attributes).filter(
        ([column, value]) => value !== "" && (before.attributes[column] ?? "") !== "",
      ),
    ),
  }));
  return [...kept, ...managersOnTheirWay(records)];
}

/**
 * Who reported to somebody who is renamed, under each address that they may have meanwhile: where the API changes an
 * address in place, its reports are without a manager for a while, and the source may not say who that was.
 */
function managersOnTheirWay(records: readonly (RenameChange | UpdateChange)[]): readonly KeptValues[] {
  const renamed = new Map(
    records.flatMap((one) => (one.kind === "rename" ? [[one.previousEmail, one.email] as const] : [])),
  );
  return records.flatMap(({ email, before }) => {
    const manager = renamed.get(before.managerEmail);
    if (manager === undefined) return [];
    return [...new Set([email, before.email])].flatMap((address) =>
      [before.managerEmail, manager].map((managerEmail) => ({
        email: address,
        name: "",
        managerEmail,
        attributes: strings([]),
      })),
    );
  });
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
