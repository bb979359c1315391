import type { DeclaredMapping } from "../roster/field-mapping.js";
import type { GuardSettings, Prune, Strategy } from "../roster/policy.js";
import type { Managed } from "./managed.js";

/**
 * What the engine keeps of a roster as inputs. The people are not among them: they are in a private file that the
 * fingerprint names, so that the engine neither stores nor prints them.
 */
export interface RosterInputs {
  readonly fingerprint: string;
  readonly developerCount: number;
  readonly prune: Prune;
  readonly strategy: Strategy;
  readonly guards: GuardLimits;
  readonly forceDestroy: boolean;
}

/** The guards without the people whom they protect: those are in the private file, and in the state as digests. */
export type GuardLimits = Omit<GuardSettings, "protect">;

/** What the engine keeps as outputs: the inputs as applied, where, and whom (as digests). */
export interface RosterOutputs extends RosterInputs {
  readonly endpoint: string;
  readonly account: string;
  /** The last apply in counts. */
  readonly planSummary: string;
  /** What a refresh found to differ from the last apply, in counts; "" for nothing. */
  readonly drift: string;
  readonly managed: Managed;
}

export const ROSTER_INPUT_KEYS = [
  "fingerprint",
  "developerCount",
  "prune",
  "strategy",
  "guards",
  "forceDestroy",
] as const satisfies readonly (keyof RosterInputs)[];

/** What the engine keeps of a field mapping. */
export interface FieldMappingInputs {
  readonly fields: DeclaredMapping;
}

/** What the engine keeps of one identity. */
export interface IdentityInputs {
  readonly email: string;
  readonly integrationId: number;
  readonly identity: string;
  /** Only there when it was given: the previous generation of the API needs it. */
  readonly applicationType?: string;
  /** Who holds the identity and may lose it; only there when it was given. */
  readonly moveFrom?: string;
}

/** Picks keys of a record that the engine handed us, which may hold more. */
export function pick(record: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (key in record ? [[key, record[key]]] : [])));
}
