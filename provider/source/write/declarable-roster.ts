import type { Developer } from "../../roster/developer.js";
import type { FieldMapping } from "../../roster/field-mapping.js";
import type { LiveRoster } from "../../roster/live-roster.js";
import { byText } from "../../roster/strings.js";
import { isBroken } from "../broken-characters.js";
import { type DeclarableColumn, declarableColumns } from "./declarable-columns.js";
import { type DeclarableIdentity, declarableIdentities } from "./declarable-identities.js";
import { type ManagerFault, managerFaults } from "./declarable-managers.js";
import { countedNote, type Note } from "./note.js";

/** A live roster as a source can declare it: its plan is empty, because what cannot be declared is left alone. */
export interface DeclarableRoster {
  readonly fields: FieldMapping | null;
  /** The attribute columns to declare. */
  readonly columns: readonly DeclarableColumn[];
  /** Sorted by key. */
  readonly developers: readonly DeclarableDeveloper[];
  /** What is left out, and why. */
  readonly notes: readonly Note[];
}

export interface DeclarableDeveloper {
  readonly live: Developer;
  /** null: the live name is blank or holds half of a character, which cannot be declared. */
  readonly name: string | null;
  /** null: the live manager can be declared. */
  readonly managerFault: ManagerFault | null;
  readonly identities: readonly DeclarableIdentity[];
}

/** A live roster of an account that is set up. */
export type SetUpRoster = LiveRoster & { readonly mapping: FieldMapping };

/** Whether a roster that was read says who manages whom: the v1 API has no such thing of its own. */
export type Managers = "known" | "unknown";

/** Works out what of a live roster can be declared. */
export function declarableRoster(live: SetUpRoster, managers: Managers = "known"): DeclarableRoster {
  const { fields, attributes: columns, notes: columnNotes } = declarableColumns(live.mapping);
  const { byEmail, notes: identityNotes } = declarableIdentities(live.identities ?? [], live.developers);
  const faults = managerFaults(live.developers);
  const developers = [...live.developers.values()]
    .sort((a, b) => byText(a.email, b.email))
    .map((one) => ({
      live: one,
      name: one.name.trim() === "" || isBroken(one.name) ? null : one.name,
      managerFault: managers === "unknown" ? ("unknown" as const) : (faults.get(one.email) ?? null),
      identities: byEmail.get(one.email) ?? [],
    }));
  const faulty = (fault: ManagerFault): number => [...faults.values()].filter((one) => one === fault).length;
  return {
    fields,
    columns,
    developers,
    notes: [
      ...columnNotes,
      ...countedNote("blankNames", developers.filter(({ live: { name } }) => name.trim() === "").length),
      ...countedNote("brokenTexts", developers.flatMap((one) => brokenTexts(one.live, columns)).length),
      ...countedNote("managersNotThere", faulty("notThere")),
      ...countedNote("managersInCircle", faulty("inCircle")),
      ...identityNotes,
    ],
  };
}

/** The texts of a developer that no source can hold: their live values stay. */
function brokenTexts({ name, attributes }: Developer, columns: readonly DeclarableColumn[]): readonly string[] {
  return [name, ...columns.map(({ live }) => attributes[live] ?? "")].filter(isBroken);
}
