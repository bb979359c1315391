import { type Allowance, isInForce } from "../roster/allowance.js";
import type { DeclaredMapping } from "../roster/field-mapping.js";
import type { FieldLimits } from "../roster/managed-fields.js";
import type { GuardSettings, Prune } from "../roster/policy.js";
import type { Scope } from "../roster/scope.js";
import type { Governing } from "./document.js";
import type { Finding } from "./finding.js";
import type { LoadOptions } from "./load-options.js";
import type { Origin } from "./origin.js";
import { checkNames } from "./policy-names.js";
import { type ReadAllowance, readAllow } from "./read-allow.js";
import { readApplicationTypes, readFields, readGuards, readIntegrations, readPrune } from "./read-governing.js";
import { readFieldLimits, readScope } from "./read-scope.js";
import type { Entry, Tree } from "./tree.js";

/** A governing key of a source, and where it stands. */
export interface GoverningEntry {
  readonly origin: Origin;
  readonly entry: Entry;
}

/** What governs everybody of a source. The values count only when nothing is wrong anywhere. */
export interface ReadPolicy {
  readonly fields: DeclaredMapping | null;
  readonly integrations: ReadonlyMap<string, number>;
  /** By integrationId. */
  readonly applicationTypes: ReadonlyMap<number, string>;
  readonly prune: Prune | undefined;
  readonly guards: GuardSettings;
  readonly scope: Scope | null;
  readonly fieldLimits: FieldLimits;
  readonly allow: readonly Allowance[];
  readonly findings: readonly Finding[];
}

/** Reads the governing keys of a source. */
export function readPolicy(given: ReadonlyMap<Governing, GoverningEntry>, options: LoadOptions): ReadPolicy {
  const part = <Value>(key: Governing, read: (tree: Tree, origin: Origin) => Value): Value | undefined => {
    const found = given.get(key);
    return found === undefined ? undefined : read(found.entry.value, found.origin);
  };
  const fields = part("fields", readFields);
  const guards = part("guards", readGuards);
  const allow = part("allow", readAllow);
  const expired = part("allow", (_tree, origin) => expiredFindings(allow?.value ?? [], origin, options)) ?? [];
  const types = part("integrations", readApplicationTypes);
  const strangers = checkNames(given, fields?.value ?? null);
  return {
    fields: fields?.value ?? null,
    integrations: part("integrations", readIntegrations) ?? new Map<string, number>(),
    applicationTypes: types?.value ?? new Map<number, string>(),
    prune: part("prune", readPrune),
    guards: guards?.value ?? {},
    scope: part("scope", readScope) ?? null,
    fieldLimits: readFieldLimits(given.get("manageFields")?.entry.value, given.get("ignoreFields")?.entry.value),
    allow: (allow?.value ?? []).map(({ allowance }) => allowance).filter((one) => isInForce(one, options.asOf)),
    findings: [fields, types, guards, allow].flatMap((one) => one?.findings ?? []).concat(expired, strangers),
  };
}

/**
 * An exception that has expired only stops a review: a job that runs every night must not stop on the day after,
 * although nobody changed anything. It has no effect anywhere.
 */
function expiredFindings(
  allow: readonly ReadAllowance[],
  origin: Origin,
  { asOf, review }: LoadOptions,
): readonly Finding[] {
  return allow.flatMap(({ allowance, mark }): Finding[] => {
    if (isInForce(allowance, asOf)) return [];
    const message = `this exception has expired: it counted until ${allowance.until}, and the roster is read as of ${asOf}`;
    const hint = "take it out; if it is still needed, review it again with a later day";
    const say = review === true ? origin.finding : origin.warning;
    return [say(mark, "ALLOW_EXPIRED", message, hint)];
  });
}
