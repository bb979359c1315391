import type { Allowance } from "./allowance.js";
import type { DesiredDeveloper } from "./developer.js";
import type { Absence } from "./effective.js";
import type { DeclaredMapping } from "./field-mapping.js";
import { ALL_FIELDS, type FieldLimits } from "./managed-fields.js";
import type { GuardSettings, Prune } from "./policy.js";
import type { Scope } from "./scope.js";

/** A roster as declared: validated, normalised, merged from all its files. */
export interface DesiredRoster {
  /** null: the field mapping is not declared, so the live one stays. */
  readonly fields: DeclaredMapping | null;
  /** By key: who is on the roster on the day that it was loaded for. */
  readonly developers: ReadonlyMap<string, DesiredDeveloper>;
  /** By key: who is declared, and not on the roster on that day. */
  readonly absent: ReadonlyMap<string, Absence>;
  /** undefined: the source does not say. */
  readonly prune?: Prune;
  readonly guards: GuardSettings;
  /** The exceptions that count on that day. */
  readonly allow: readonly Allowance[];
  /** null: the whole account. */
  readonly scope: Scope | null;
  readonly fieldLimits: FieldLimits;
  /** By integrationId: the kind of tool, which the previous generation of the API writes identities by. Left out: none. */
  readonly applicationTypes?: ReadonlyMap<number, string>;
}

/** A roster that declares nobody and leaves everything as it is. */
export const EMPTY_ROSTER: DesiredRoster = {
  fields: null,
  developers: new Map(),
  absent: new Map(),
  guards: {},
  allow: [],
  scope: null,
  fieldLimits: ALL_FIELDS,
};
