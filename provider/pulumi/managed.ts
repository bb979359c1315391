import { createHmac, randomBytes } from "node:crypto";
import type { DesiredDeveloper, Developer, Identity } from "../roster/developer.js";
import { columnKey, type FieldMapping } from "../roster/field-mapping.js";
import type { IsManaged } from "../roster/managed-fields.js";
import { attributeColumns } from "../roster/resolve-mapping.js";
import { byText } from "../roster/strings.js";

/**
 * Whom an apply declared and what it declared of them, in a form that names nobody: salted digests, 24 characters a
 * person. The state of a stack is kept for years and read by many; it must not be a second copy of the roster.
 */
export interface Managed {
  /** Base64, made once per resource. */
  readonly salt: string;
  /** Which fields were declared: the distinct lists, each entry refers to one by its number. */
  readonly fieldSets: readonly (readonly string[])[];
  /** 24 characters a person, sorted: email (10 bytes), record (7 bytes), number of the field set (1 byte), in base64url. */
  readonly digests: string;
  /** The email digests of the people whom the guards protected, sorted. */
  readonly protect: readonly string[];
  /** Whether people of this account were ever seen live after an apply: then an empty answer is suspicious. */
  readonly seen: boolean;
}

const EMAIL_BYTES = 10;
const RECORD_BYTES = 7;
const ENTRY = 24;
/** A person whose field set has no number any more: known to be managed, not compared. */
const NO_SET = 255;

/** What is known of one managed person. */
export interface ManagedEntry {
  readonly record: string;
  /** null: not comparable. */
  readonly fields: readonly string[] | null;
}

/** Nobody yet, with a new salt. */
export function nobodyManaged(): Managed {
  return { salt: randomBytes(16).toString("base64"), fieldSets: [], digests: "", protect: [], seen: false };
}

/** The digest of an email, by which {@link entriesOf} is keyed. */
export function emailDigest(salt: string, email: string): string {
  return hmac(salt, `email\n${email}`, EMAIL_BYTES).toString("hex");
}

/** The entries by email digest. */
export function entriesOf({ digests, fieldSets }: Managed): ReadonlyMap<string, ManagedEntry> {
  const entries = new Map<string, ManagedEntry>();
  for (let at = 0; at + ENTRY <= digests.length; at += ENTRY) {
    const bytes = Buffer.from(digests.slice(at, at + ENTRY), "base64url");
    entries.set(bytes.subarray(0, EMAIL_BYTES).toString("hex"), {
      record: bytes.subarray(EMAIL_BYTES, EMAIL_BYTES + RECORD_BYTES).toString("hex"),
      fields: fieldSets[bytes.readUInt8(EMAIL_BYTES + RECORD_BYTES)] ?? null,
    });
  }
  return entries;
}

/** Which of these keys are managed. */
export function managedAmong(managed: Managed, emails: Iterable<string>): ReadonlySet<string> {
  const entries = entriesOf(managed);
  return new Set([...emails].filter((email) => entries.has(emailDigest(managed.salt, email))));
}

/** Which of these keys were protected. */
export function protectedAmong({ salt, protect }: Managed, emails: Iterable<string>): ReadonlySet<string> {
  const digests = new Set(protect);
  return new Set([...emails].filter((email) => digests.has(emailDigest(salt, email))));
}

/** A person to remember: the record that live should show, the declared identities, and which fields were declared. */
export interface Remembered {
  readonly developer: Developer;
  readonly identities: readonly Identity[];
  readonly fields: readonly string[];
}

/** What an apply leaves to remember. */
export interface ToRemember {
  /** Everybody who is declared. */
  readonly people: readonly Remembered[];
  readonly mapping: FieldMapping;
  /** The keys of everybody who is live, from a read that is proven to be complete; null: there is none. */
  readonly live: Iterable<string> | null;
  readonly protect: readonly string[];
}

/**
 * Who is managed after an apply: everybody who is declared, and everybody from before who is still live. Who is neither
 * is forgotten, so that somebody whom others hire again is not ours to delete; but only on the proof of a whole read.
 */
export function remember(before: Managed, { people, mapping, live, protect }: ToRemember): Managed {
  const { salt } = before;
  const there = live === null ? null : new Set([...live].map((email) => emailDigest(salt, email)));
  const kept = new Map<string, ManagedEntry>();
  for (const [email, { record }] of entriesOf(before)) {
    // No longer declared: managed still, but what it was declared as does not matter any more.
    if (there === null || there.has(email)) kept.set(email, { record, fields: null });
  }
  for (const { developer, identities, fields } of people) {
    const record = recordDigest(salt, developer, identities, fields, mapping);
    kept.set(emailDigest(salt, developer.email), { record, fields });
  }
  const seen = before.seen || (there !== null && there.size > 0);
  return { salt, ...packed(kept), protect: protect.map((email) => emailDigest(salt, email)).sort(byText), seen };
}

function packed(entries: ReadonlyMap<string, ManagedEntry>): Pick<Managed, "fieldSets" | "digests"> {
  const fieldSets: (readonly string[])[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (fields: readonly string[] | null): number => {
    if (fields === null) return NO_SET;
    const key = fields.join("\n");
    const known = numbers.get(key);
    if (known !== undefined) return known;
    if (fieldSets.length >= NO_SET) return NO_SET;
    numbers.set(key, fieldSets.length);
    fieldSets.push(fields);
    return fieldSets.length - 1;
  };
  const digests = [...entries]
    .sort(([a], [b]) => byText(a, b))
    .map(([email, { record, fields }]) => {
      const bytes = [Buffer.from(email, "hex"), Buffer.from(record, "hex"), Buffer.from([numberOf(fields)])];
      return Buffer.concat(bytes).toString("base64url");
    })
    .join("");
  return { fieldSets, digests };
}

/** The fields that a declaration manages, as they are listed in a field set; identities as `#integrationId`. */
export function declaredFields(declared: DesiredDeveloper, isManaged: IsManaged = () => true): readonly string[] {
  const identities = isManaged("identities") ? [...declared.identities.keys()] : [];
  return [
    ...(declared.name === undefined || !isManaged("name") ? [] : ["name"]),
    ...(declared.managerEmail === undefined || !isManaged("manager") ? [] : ["managerEmail"]),
    ...Object.keys(declared.attributes)
      .filter(isManaged)
      .map((column) => `.${columnKey(column)}`)
      .sort(byText),
    ...identities.sort((a, b) => a - b).map((id) => `#${id}`),
  ];
}

/**
 * Whether a live person is as they were declared. A server may hold several identities of one person in one
 * integration: it is enough that the declared one is among them.
 */
export function isAsDeclared(
  salt: string,
  entry: ManagedEntry,
  developer: Developer,
  identities: readonly Identity[],
  mapping: FieldMapping,
): boolean {
  const { fields } = entry;
  if (fields === null) return true;
  const integrations = fields.filter((field) => field.startsWith("#"));
  const held = identities.filter(({ integrationId }) => integrations.includes(`#${integrationId}`));
  return choices(held).some((one) => recordDigest(salt, developer, one, fields, mapping) === entry.record);
}

const MOST_CHOICES = 64;

/** Every way to take one identity of each integration. */
function choices(identities: readonly Identity[]): readonly (readonly Identity[])[] {
  const ids = [...new Set(identities.map(({ integrationId }) => integrationId))];
  return ids
    .reduce<readonly (readonly Identity[])[]>(
      (chosen, id) =>
        chosen.flatMap((sofar) =>
          identities.filter(({ integrationId }) => integrationId === id).map((one) => [...sofar, one]),
        ),
      [[]],
    )
    .slice(0, MOST_CHOICES);
}

/** The digest of the fields of one person that were declared; of each integration at most one identity. */
export function recordDigest(
  salt: string,
  developer: Developer,
  identities: readonly Identity[],
  fields: readonly string[],
  mapping: FieldMapping,
): string {
  const columns = attributeColumns(mapping);
  const values = fields.map((field) => {
    if (field === "name") return developer.name;
    if (field === "managerEmail") return developer.managerEmail;
    if (field.startsWith(".")) return developer.attributes[columns.get(field.slice(1)) ?? ""] ?? "";
    return identities.find(({ integrationId }) => `#${integrationId}` === field)?.identity ?? "";
  });
  return hmac(salt, `record\n${JSON.stringify(values)}`, RECORD_BYTES).toString("hex");
}

function hmac(salt: string, text: string, bytes: number): Buffer {
  return createHmac("sha256", Buffer.from(salt, "base64")).update(text).digest().subarray(0, bytes);
}
