import type { Developer, Identity } from "../../roster/developer.js";
import { emailKey, isEmail } from "../../roster/email.js";
import { columnKey, DEFAULT_COLUMNS, type FieldMapping } from "../../roster/field-mapping.js";
import type { LiveRoster } from "../../roster/live-roster.js";
import { byText, strings } from "../../roster/strings.js";
import { isScalar, textOf } from "../shape/json.js";
import { type CoreType, coreTypeOf, isUsualName } from "../shape/names.js";
import type { Contributor, ContributorField, ContributorSchema } from "./contributor.js";

/** The contributors of SEI 1.0 as a roster of v2, and what could not come along. Contributor ids, never people. */
export interface AdoptedRoster {
  readonly roster: LiveRoster & { readonly mapping: FieldMapping };
  readonly withoutEmail: readonly string[];
  /** Whose email is no address. */
  readonly withBadEmail: readonly string[];
  /** Whose email somebody with a lower id has too. */
  readonly withEmailOfAnother: readonly string[];
  /** Fields that the schema does not name, by key. */
  readonly unnamedFields: readonly string[];
  /** Values that are lists or objects: their text is the items with commas, or JSON. */
  readonly nestedValues: number;
}

/** A field that v1 has and a roster takes as a column. */
interface AdoptedField {
  readonly key: string;
  readonly column: string;
}

/** Of the schema: "Add a column for every integration". */
const INTEGRATION_COLUMNS = /^integration(:|$)/i;

/**
 * Makes a roster of contributors. Their ids do not come along: v2 gives its own. Columns are called as the schema shows
 * them to people, and sorted by key, because the documents say that their order is none.
 *
 * @param managerField the key of the custom field that holds the manager's email; null: nobody knows who manages whom
 */
export function rosterOfContributors(
  contributors: readonly Contributor[],
  schema: ContributorSchema,
  managerField: string | null,
): AdoptedRoster {
  const { kept, ...leftOut } = usable(contributors);
  const fields = customFields(schema.fields, contributors);
  const mapping = coreColumns(schema, fields, managerField);
  const columns = attributeColumns(
    fields.filter(({ key }) => key !== managerField),
    mapping,
  );
  const developers = kept.map((one): Developer => {
    const manager = managerField === null ? "" : fieldText(one, managerField);
    const values = columns.map(({ key, column }) => [column, fieldText(one, key)] as const);
    return {
      email: emailKey(one.email),
      name: one.fullName.trim(),
      managerEmail: emailKey(manager),
      attributes: strings(values),
    };
  });
  const values = kept.flatMap(({ additionalFields }) => Object.values(additionalFields));
  return {
    roster: {
      mapping: { ...mapping, attributes: columns.map(({ column }) => column) },
      developers: new Map(developers.map((one) => [one.email, one])),
      identities: kept.flatMap(identitiesIn),
      completeness: { proven: true, count: developers.length },
      identityCompleteness: { proven: true },
    },
    ...leftOut,
    unnamedFields: unnamedKeys(contributors, schema.fields),
    nestedValues: values.filter((value) => textOf(value) === null).length,
  };
}

/**
 * Which field somebody means, by its key or by its name: the key; null when there is no such field.
 *
 * @example
 * fieldMeant("Manager email", schema, contributors); // "manager_email"
 */
export function fieldMeant(
  text: string,
  { fields }: ContributorSchema,
  contributors: readonly Contributor[],
): string | null {
  const all = customFields(fields, contributors);
  const by = (is: (field: ContributorField) => boolean) => all.find(is)?.key;
  return (
    by(({ key }) => key === text) ??
    by(({ displayName }) => displayName === text) ??
    by(({ key, displayName }) => [key, displayName].some((one) => columnKey(one) === columnKey(text))) ??
    null
  );
}

/** The fields that are neither the name nor the email, sorted by key: of the schema, and what people have besides. */
export function customFields(
  fields: readonly ContributorField[],
  contributors: readonly Contributor[],
): readonly ContributorField[] {
  const known = fields.filter(({ key }) => coreFieldOf(key) === null && !INTEGRATION_COLUMNS.test(key));
  const unnamed = unnamedKeys(contributors, fields).map((key) => ({ key, displayName: key, type: "string" }));
  return [...known, ...unnamed].sort((a, b) => byText(a.key, b.key));
}

/** The fields that look as if they held the manager's email, by key. */
export function likelyManagerFields(fields: readonly ContributorField[]): readonly string[] {
  const looks = ({ key, displayName }: ContributorField) =>
    [key, displayName].some((name) => coreTypeOf(name) === "MANAGER_EMAIL");
  return fields.filter(looks).map(({ key }) => key);
}

/** `email` and `full_name`, which every schema has. */
function coreFieldOf(key: string): CoreType | null {
  if (columnKey(key) === "email") return "EMAIL";
  return columnKey(key) === "fullname" ? "NAME" : null;
}

function usable(contributors: readonly Contributor[]) {
  const sorted = [...contributors].sort((a, b) => Number(a.id) - Number(b.id) || byText(a.id, b.id));
  const kept = new Map<string, Contributor>();
  const withoutEmail: string[] = [];
  const withBadEmail: string[] = [];
  const withEmailOfAnother: string[] = [];
  for (const one of sorted) {
    const email = emailKey(one.email);
    if (email === "") withoutEmail.push(one.id);
    else if (!isEmail(email)) withBadEmail.push(one.id);
    else if (kept.has(email)) withEmailOfAnother.push(one.id);
    else kept.set(email, one);
  }
  return { kept: [...kept.values()], withoutEmail, withBadEmail, withEmailOfAnother };
}

function unnamedKeys(contributors: readonly Contributor[], known: readonly ContributorField[]): readonly string[] {
  const named = new Set(known.map(({ key }) => key));
  const keys = new Set(contributors.flatMap(({ additionalFields }) => Object.keys(additionalFields)));
  return [...keys].filter((key) => !named.has(key) && key.trim() !== "").sort(byText);
}

/** The names that the account gives to the three, where anybody would know them again. */
function coreColumns(
  { fields }: ContributorSchema,
  custom: readonly ContributorField[],
  managerField: string | null,
): Omit<FieldMapping, "attributes"> {
  const nameOf = (type: CoreType, field: ContributorField | undefined, standard: string) =>
    field !== undefined && isUsualName(type, field.displayName) ? field.displayName.trim() : standard;
  const own = (type: CoreType) => fields.find(({ key }) => coreFieldOf(key) === type);
  return {
    name: nameOf("NAME", own("NAME"), DEFAULT_COLUMNS.name),
    email: nameOf("EMAIL", own("EMAIL"), DEFAULT_COLUMNS.email),
    managerEmail: nameOf(
      "MANAGER_EMAIL",
      custom.find(({ key }) => key === managerField),
      DEFAULT_COLUMNS.managerEmail,
    ),
  };
}

/**
 * A column by its name; by its key where that is taken or says something else, and by both where that is too. Whose key is
 * the name comes first. In the order of the keys.
 */
function attributeColumns(
  fields: readonly ContributorField[],
  core: Omit<FieldMapping, "attributes">,
): readonly AdoptedField[] {
  const taken = new Set(Object.values(core).map(columnKey));
  const isNamed = ({ key, displayName }: ContributorField) => columnKey(key) === columnKey(displayName);
  const columns = new Map<string, string>();
  for (const { key, displayName } of [...fields.filter(isNamed), ...fields.filter((one) => !isNamed(one))]) {
    // A schema that names a field twice says the same of it.
    if (columns.has(key)) continue;
    const name = displayName.trim();
    const isFree = (one: string) => one !== "" && !taken.has(columnKey(one)) && coreTypeOf(one) === null;
    let column = [name, key.trim(), `${name} (${key.trim()})`].find(isFree);
    for (let at = 2; column === undefined; at += 1) column = [`${key.trim()} ${at}`].find(isFree);
    taken.add(columnKey(column));
    columns.set(key, column);
  }
  return [...columns].map(([key, column]) => ({ key, column })).sort((a, b) => byText(a.key, b.key));
}

function fieldText({ additionalFields }: Contributor, key: string): string {
  const value = Object.hasOwn(additionalFields, key) ? additionalFields[key] : undefined;
  return textOf(value) ?? (Array.isArray(value) && value.every(isScalar) ? value.join(", ") : JSON.stringify(value));
}

/** An id that is no number makes an identity that cannot be declared; whoever writes the roster counts it. */
function identitiesIn({ email, integrationUsers }: Contributor): readonly Identity[] {
  return integrationUsers.map(({ integrationId, userId }) => ({
    email: emailKey(email),
    integrationId: /^\d+$/.test(integrationId) ? Number(integrationId) : Number.NaN,
    identity: userId,
  }));
}
