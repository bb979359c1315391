import { canonicalJson } from "./checksum.js";
import type { DesiredRoster } from "./desired-roster.js";
import type { DesiredDeveloper } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";
import type { GuardSettings, Prune } from "./policy.js";
import { byText, strings } from "./strings.js";

/** The canonical form on disk; its version goes up when the form changes. */
interface CanonicalForm {
  readonly version: 1;
  readonly fields: FieldMapping | null;
  readonly prune: Prune | null;
  readonly guards: GuardSettings;
  readonly developers: readonly CanonicalDeveloper[];
}

interface CanonicalDeveloper {
  readonly email: string;
  readonly name?: string;
  readonly managerEmail?: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly identities: readonly (readonly [number, string])[];
}

/**
 * A roster as JSON: the same bytes for the same roster, in whatever order and from whatever source it came.
 *
 * @example
 * canonicalRoster(parseCanonicalRoster(text)) === text; // true
 */
export function canonicalRoster(roster: DesiredRoster): string {
  const form: CanonicalForm = {
    version: 1,
    fields: roster.fields,
    prune: roster.prune ?? null,
    guards: canonicalGuards(roster.guards),
    developers: [...roster.developers.values()].sort((a, b) => byText(a.email, b.email)).map(canonicalDeveloper),
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
  if (form?.version !== 1) {
    throw new Error("this is not a canonical roster of version 1: it was written by another version of the package");
  }
  return {
    fields: form.fields,
    guards: form.guards,
    developers: new Map(form.developers.map((one) => [one.email, desiredDeveloper(one)])),
    ...(form.prune === null ? {} : { prune: form.prune }),
  };
}

/** Who is protected is a set; the other guards are plain values. */
function canonicalGuards(guards: GuardSettings): GuardSettings {
  return guards.protect === undefined ? guards : { ...guards, protect: [...guards.protect].sort(byText) };
}

function canonicalDeveloper(developer: DesiredDeveloper): CanonicalDeveloper {
  const { email, name, managerEmail } = developer;
  return {
    email,
    ...(name === undefined ? {} : { name }),
    ...(managerEmail === undefined ? {} : { managerEmail }),
    // As pairs, not as an object: a column may be called `__proto__`.
    attributes: Object.entries(developer.attributes).sort(([a], [b]) => byText(a, b)),
    identities: [...developer.identities].sort(([a], [b]) => a - b),
  };
}

function desiredDeveloper({ attributes, identities, ...rest }: CanonicalDeveloper): DesiredDeveloper {
  return { ...rest, attributes: strings(attributes), identities: new Map(identities) };
}
