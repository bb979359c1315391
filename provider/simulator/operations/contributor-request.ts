import type { Account } from "../account/account.js";
import type { Person } from "../account/people.js";
import type { Dialect } from "../dialect/dialect.js";
import { badRequest } from "../rules/refusal.js";
import { additionalFields, orgUuid } from "../shapes/contributor-json.js";
import { isObject } from "../shapes/mapping-json.js";

/** The text for a request that cannot be read. Source: the older page about contributors. */
const INVALID = "Invalid request";

/** The keys that a filter may have (reference section 7.3); others are passed over. */
const KEYS = ["integration_id", "org_user_id", "ref_id", "email", "full_name", "version"] as const;

/** What a filter asks for: each key's values in lower case, one of which a record must have. */
export interface ContributorFilter {
  readonly wanted: readonly (readonly [key: (typeof KEYS)[number], values: readonly string[]])[];
  readonly customFields: readonly (readonly [key: string, values: readonly string[]])[];
  /** Whether users of integrations that are nobody's are listed. */
  readonly dangling: boolean;
}

export interface ListRequest {
  readonly page: number;
  readonly pageSize: number;
  readonly filter: ContributorFilter;
}

/** @throws Refusal 400 for a body that is no object, and for a page or a filter that is none */
export function readListRequest(body: unknown, dialect: Dialect): ListRequest {
  if (!isObject(body)) throw badRequest(INVALID);
  const { page, page_size: size, filter } = body;
  if (!isObject(filter ?? {})) throw badRequest(INVALID);
  return {
    page: wholeNumber(page ?? 0, 0),
    pageSize: Math.min(
      wholeNumber(size ?? dialect.contributorPageSize, 1),
      dialect.contributorPageMax ?? Number.POSITIVE_INFINITY,
    ),
    filter: readFilter(isObject(filter) ? filter : {}),
  };
}

/** @throws Refusal 400 for another number, or none */
export function wholeNumber(value: unknown, least: number): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) throw badRequest(INVALID);
  return value;
}

function readFilter(filter: { readonly [key: string]: unknown }): ContributorFilter {
  const custom = filter["custom_fields"] ?? {};
  const withDangling = filter["include_dangling_logins"] ?? true;
  if (!isObject(custom) || typeof withDangling !== "boolean") throw badRequest(INVALID);
  const wanted = KEYS.filter((key) => (filter[key] ?? null) !== null).map((key) => [key, texts(filter[key])] as const);
  const customFields = Object.entries(custom).map(([key, value]) => [key, texts(value)] as const);
  // A user who is nobody's has none of what a filter asks for.
  const dangling = withDangling && wanted.length === 0 && customFields.length === 0;
  return { wanted, customFields, dangling };
}

/** @throws Refusal 400 for what is neither a text or a number nor a list of them */
function texts(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).map((each: unknown) => {
    if (typeof each !== "string" && typeof each !== "number") throw badRequest(INVALID);
    return String(each).toLowerCase();
  });
}

/** Whether somebody is who a filter asks for. Values are compared whole, without regard to case. */
export function matches(person: Person, { wanted, customFields }: ContributorFilter, account: Account): boolean {
  const fields = new Map(additionalFields(account.columns ?? []));
  return (
    wanted.every(([key, values]) => valuesOf(person, key, account).some((has) => values.includes(has.toLowerCase()))) &&
    customFields.every(([key, values]) => {
      const column = fields.get(key);
      return column !== undefined && values.includes((person.values[column.name] ?? "").toLowerCase());
    })
  );
}

function valuesOf(person: Person, key: (typeof KEYS)[number], { revision }: Account): readonly string[] {
  switch (key) {
    case "integration_id":
      return person.users.map(([id]) => String(id));
    case "org_user_id":
      return [orgUuid(person.refId, revision)];
    case "ref_id":
      return [String(person.refId)];
    case "email":
      return [person.email];
    case "full_name":
      return [person.fullName];
    case "version":
      return [String(revision)];
  }
}
