import type { Day } from "./day.js";
import type { Developer } from "./developer.js";
import type { FieldType } from "./field-mapping.js";

/** One value of a developer that differs, under the column name that the account shows. */
export interface FieldChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** The manager is the same person, and has a new address or is put back after an interrupted run. */
  readonly sameManager?: true;
}

/** A developer who is declared and not live. */
export interface CreateChange {
  readonly kind: "create";
  readonly email: string;
  readonly after: Developer;
  /** The day from which they are declared to be there, when the source says one. */
  readonly due?: Day;
}

/** A developer who is live under another address, which the source or a rename under way says is theirs. */
export interface RenameChange {
  readonly kind: "rename";
  /** The new key. */
  readonly email: string;
  /** The old key. */
  readonly previousEmail: string;
  /** The live record of the old address. */
  readonly before: Developer;
  /** The whole record of the new address. */
  readonly after: Developer;
  /** What differs besides the address, and besides the addresses of managers who are renamed as well. */
  readonly fields: readonly FieldChange[];
  /** The new record is live already, and only the rest is to do: the old one goes. */
  readonly isRest?: true;
}

/** A developer whose declared values differ from the live ones. */
export interface UpdateChange {
  readonly kind: "update";
  readonly email: string;
  readonly before: Developer;
  readonly after: Developer;
  readonly fields: readonly FieldChange[];
}

/** A developer who is live, ours and not declared. */
export interface DeleteChange {
  readonly kind: "delete";
  readonly email: string;
  readonly before: Developer;
  /** The last day on which they are declared to be there, when the source says one. */
  readonly due?: Day;
}

/** An identity that is declared and not live as declared. */
export interface SetIdentityChange {
  readonly kind: "setIdentity";
  readonly email: string;
  readonly integrationId: number;
  /** The live identity of this developer in this integration; null: none. */
  readonly before: string | null;
  readonly after: string;
  /** The key of the developer who holds this identity now: it moves away from them. null: nobody. */
  readonly movedFrom: string | null;
}

/** A column that the account's field mapping gets, or loses. */
export interface MapFieldChange {
  readonly kind: "mapField";
  readonly column: string;
  /** null: the column is new. */
  readonly before: FieldType | null;
  /** null: the column goes. */
  readonly after: FieldType | null;
  /** The live column whose values this new one gets. */
  readonly renamedFrom?: string;
  /** The new column that gets the values of this one, which goes. */
  readonly renamedTo?: string;
  /** How many developers lose a value with this column, which goes. */
  readonly values?: number;
}

/** One difference between live and desired. Plain data; a plan is a list of these. */
export type Change = CreateChange | RenameChange | UpdateChange | DeleteChange | SetIdentityChange | MapFieldChange;

/** Number of changes of each kind. */
export type ChangeCounts = Readonly<Record<Change["kind"], number>>;

/**
 * Counts changes by kind.
 *
 * @example
 * countChanges([]); // { create: 0, rename: 0, update: 0, delete: 0, setIdentity: 0, mapField: 0 }
 */
export function countChanges(changes: readonly Change[]): ChangeCounts {
  const counts = { create: 0, rename: 0, update: 0, delete: 0, setIdentity: 0, mapField: 0 };
  for (const change of changes) counts[change.kind] += 1;
  return counts;
}

/** Picks the changes of one kind, with their type. */
export function changesOf<K extends Change["kind"]>(
  changes: readonly Change[],
  kind: K,
): readonly Extract<Change, { kind: K }>[] {
  return changes.filter((change): change is Extract<Change, { kind: K }> => change.kind === kind);
}
