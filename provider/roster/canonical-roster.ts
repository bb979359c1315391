import type { Allowance } from "./allowance.js";
import { canonicalJson } from "./checksum.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { DesiredDeveloper } from "./developer.js";
import type { Absence, Effective } from "./effective.js";
import type { DeclaredMapping } from "./field-mapping.js";
import type { FieldLimits } from "./managed-fields.js";
import type { GuardSettings, Prune } from "./policy.js";
import { byText, strings } from "./strings.js";

/** The canonical form on disk; its version goes up when the form changes. */
interface CanonicalForm {
  readonly version: 2;
  readonly fields: DeclaredMapping | null;
  readonly prune: Prune | null;
  readonly guards: GuardSettings;
  readonly developers: readonly CanonicalDeveloper[];
  readonly absent: readonly (readonly [string, Absence])[];
  readonly allow: readonly Allowance[];
  readonly scope: readonly (readonly [string, readonly string[]])[] | null;
  readonly fieldLimits: FieldLimits;
  /** Left out: none, as in every roster before there were any. */
  readonly applicationTypes?: readonly (readonly [number, string])[];
}

interface CanonicalDeveloper {
  readonly email: string;
  readonly name?: string;
  readonly managerEmail?: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly identities: readonly (readonly [number, string])[];
  readonly effective?: Effective;
  readonly previousEmails?: readonly string[];
}

/**
 * A roster as JSON: the same bytes for the same roster, in whatever order and from whatever source it came.
 *
 * @example
 * canonicalRoster(parseCanonicalRoster(text)) === text; // true
 */
export function canonicalRoster(roster: DesiredRoster): string {
  const form: CanonicalForm = {
    version: 2,
    fields: roster.fields,
    prune: roster.prune ?? null,
    guards: canonicalGuards(roster.guards),
    developers: [...roster.developers.values()].sort((a, b) => byText(a.email, b.email)).map(canonicalDeveloper),
    absent: [...roster.absent].sort(([a], [b]) => byText(a, b)),
    allow: sortedBy(roster.allow, canonicalJson),
    scope: roster.scope === null ? null : [...roster.scope].sort(([a], [b]) => byText(a, b)),
    fieldLimits: roster.fieldLimits,
    ...canonicalTypes(roster.applicationTypes),
  };
  return canonicalJson(form);
}

/**
 * Reads what {@link canonicalRoster} wrote.
 *
 * @throws Error when another version of this package wrote it.
 */
export function parseCanonicalRoster(text: string): DesiredRoster {
  const form = JSON.parse(text) as CanonicalForm;
  if (form?.version !== 2) {
    throw new Error("this is not a canonical roster of version 2: it was written by another version of the package");
  }
  return {
    fields: form.fields,
    guards: form.guards,
    developers: new Map(form.developers.map((one) => [one.email, desiredDeveloper(one)])),
    absent: new Map(form.absent),
    allow: form.allow,
    scope: form.scope === null ? null : new Map(form.scope),
    fieldLimits: form.fieldLimits,
    ...(form.prune === null ? {} : { prune: form.prune }),
    ...(form.applicationTypes === undefined ? {} : { applicationTypes: new Map(form.applicationTypes) }),
  };
}

function canonicalTypes(types: DesiredRoster["applicationTypes"]): Pick<CanonicalForm, "applicationTypes"> {
  if (types === undefined || types.size === 0) return {};
  return { applicationTypes: [...types].sort(([a], [b]) => a - b) };
}

function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): readonly Item[] {
  return [...items].sort((a, b) => byText(key(a), key(b)));
}

/** Who is protected is a set; the other guards are plain values. */
function canonicalGuards(guards: GuardSettings): GuardSettings {
  return guards.protect === undefined ? guards : { ...guards, protect: [...guards.protect].sort(byText) };
}

function canonicalDeveloper(developer: DesiredDeveloper): CanonicalDeveloper {
  const { email, name, managerEmail, effective, previousEmails } = developer;
  return {
    email,
    ...(name === undefined ? {} : { name }),
    ...(managerEmail === undefined ? {} : { managerEmail }),
    // As pairs, not as an object: a column may be called `__proto__`.
    attributes: Object.entries(developer.attributes).sort(([a], [b]) => byText(a, b)),
    identities: [...developer.identities].sort(([a], [b]) => a - b),
    ...(effective === undefined ? {} : { effective }),
    ...(previousEmails === undefined ? {} : { previousEmails: [...previousEmails].sort(byText) }),
  };
}

function desiredDeveloper({ attributes, identities, ...rest }: CanonicalDeveloper): DesiredDeveloper {
  return { ...rest, attributes: strings(attributes), identities: new Map(identities) };
}
