import type { DesiredDeveloper } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";
import type { GuardSettings, Prune } from "./policy.js";

/** A roster as declared: validated, normalised, merged from all its files. */
export interface DesiredRoster {
  /** null: the field mapping is not declared, so the live one stays. */
  readonly fields: FieldMapping | null;
  /** By key. */
  readonly developers: ReadonlyMap<string, DesiredDeveloper>;
  /** undefined: the source does not say. */
  readonly prune?: Prune;
  readonly guards: GuardSettings;
}
