import type { DesiredRoster } from "./desired-roster.js";
import type { DesiredDeveloper } from "./developer.js";
import type { FieldMapping } from "./field-mapping.js";
import type { GuardSettings, Prune } from "./policy.js";
import { byText, strings } from "./strings.js";

/** What the text of {@link canonicalRoster} holds; the key order is the order below. */
interface CanonicalForm {
  readonly version: 1;
  readonly fields: FieldMapping | null;
  readonly developers: readonly CanonicalDeveloper[];
  readonly prune?: Prune;
  readonly guards: GuardSettings;
}

interface CanonicalDeveloper {
  readonly email: string;
  readonly name?: string;
  readonly managerEmail?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly identities: readonly (readonly [integrationId: number, identity: string])[];
}

const LIMITS = ["maxDelete", "maxUpdate", "maxBlank", "maxManagerChange", "maxIdentityMove"] as const;

/**
 * A roster as one line of JSON. Two rosters that mean the same give the same bytes, in whatever order their
 * developers, attributes, identities and protected people were declared. The order of `fields.attributes` is kept: it
 * is the order of the columns.
 *
 * @example
 * parseCanonicalRoster(canonicalRoster(roster)); // equal to roster
 */
export function canonicalRoster(roster: DesiredRoster): string {
  const { fields, developers, prune, guards } = roster;
  const form: CanonicalForm = {
    version: 1,
    fields: fields === null ? null : canonicalFields(fields),
    developers: [...developers.values()].sort((a, b) => byText(a.email, b.email)).map(canonicalDeveloper),
    ...(prune === undefined ? {} : { prune }),
    guards: canonicalGuards(guards),
  };
  return JSON.stringify(form);
}

/**
 * The roster that a text of {@link canonicalRoster} holds.
 *
 * @throws Error when the text is not such a text. It is written by this package and checked by its fingerprint before
 * it is read, so its shape is not checked further.
 */
export function parseCanonicalRoster(text: string): DesiredRoster {
  const form = JSON.parse(text) as CanonicalForm | null;
  if (form === null || form.version !== 1 || !Array.isArray(form.developers)) {
    throw new Error("this is not a canonical roster of version 1: it was written by another version of the package");
  }
  const { fields, developers, prune, guards } = form;
  return {
    fields,
    developers: new Map(developers.map((developer) => [developer.email, parsedDeveloper(developer)])),
    ...(prune === undefined ? {} : { prune }),
    guards,
  };
}

function canonicalFields({ name, email, managerEmail, attributes }: FieldMapping): FieldMapping {
  return { name, email, managerEmail, attributes: [...attributes] };
}

function canonicalDeveloper(developer: DesiredDeveloper): CanonicalDeveloper {
  const { email, name, managerEmail, attributes, identities } = developer;
  return {
    email,
    ...(name === undefined ? {} : { name }),
    ...(managerEmail === undefined ? {} : { managerEmail }),
    attributes: strings(Object.entries(attributes).sort(([a], [b]) => byText(a, b))),
    identities: [...identities].sort(([a], [b]) => a - b),
  };
}

function parsedDeveloper({ attributes, identities, ...rest }: CanonicalDeveloper): DesiredDeveloper {
  return { ...rest, attributes: strings(Object.entries(attributes)), identities: new Map(identities) };
}

function canonicalGuards(guards: GuardSettings): GuardSettings {
  const { minDevelopers, protect } = guards;
  const limits = LIMITS.flatMap((name) => (guards[name] === undefined ? [] : [[name, guards[name]] as const]));
  return {
    ...Object.fromEntries(limits),
    ...(minDevelopers === undefined ? {} : { minDevelopers }),
    ...(protect === undefined ? {} : { protect: [...new Set(protect)].sort(byText) }),
  };
}
