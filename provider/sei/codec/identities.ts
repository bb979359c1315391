import type { Identity } from "../../roster/developer.js";
import { emailKey } from "../../roster/email.js";
import { columnKey } from "../../roster/field-mapping.js";
import { UnreadableAnswerError } from "../errors/transport-errors.js";
import { describeShape } from "../shape/describe.js";
import { isObject, isScalar, type JsonObject } from "../shape/json.js";
import { coreTypeOf, isSystemName, isUsualName, pick } from "../shape/names.js";
import type { Table } from "./csv.js";

const INTEGRATION = ["integrationId", "integration", "integrationRefId", "instanceId"];
const IDENTITY = [
  "identity",
  "cloudId",
  "userId",
  "integrationUserId",
  "identifier",
  "externalId",
  "accountId",
  "externalUserId",
  "username",
  "userName",
  "login",
  "value",
];
/** Property names of an object that maps integrationId to identity. */
const MAPS = ["identities", "integrationUserIds", "cloudIds", "integrations", "mappings", "users"];

interface Known {
  readonly email: string | undefined;
  readonly integrationId: number | undefined;
  readonly identity: string | undefined;
}

/**
 * Reads the records of `GET /v2/developers/identities`: flat `{ email, integrationId, identity }`, or nested either way,
 * a developer with identities or an integration with users. A developer without identities gives none.
 *
 * @throws UnreadableAnswerError with the shape, for a record that is none of these
 */
export function readIdentityRecords(records: readonly JsonObject[]): readonly Identity[] {
  return records.flatMap((record) => {
    const found = identitiesIn(record, { email: undefined, integrationId: undefined, identity: undefined });
    if (found === null) {
      throw new UnreadableAnswerError(
        { method: "GET", path: "/v2/developers/identities" },
        200,
        "a record in it is not recognised as an identity",
        describeShape(record),
      );
    }
    return found;
  });
}

/** null: the record makes no sense. */
function identitiesIn(record: JsonObject, outer: Known): readonly Identity[] | null {
  const known = {
    email: outer.email ?? emailOf(record),
    integrationId: outer.integrationId ?? idOf(record),
    identity: outer.identity ?? identityOf(record),
  };
  const { email, integrationId, identity } = known;
  if (email !== undefined && integrationId !== undefined && identity !== undefined) {
    // Seen in a tool and not mapped to a developer, or mapped to nothing yet.
    return email === "" || identity === "" ? [] : [{ email, integrationId, identity }];
  }
  const nested = nestedRecords(record);
  if (nested === null) return integrationId === undefined && isPlainDeveloper(record) ? [] : null;
  if (email === undefined && integrationId === undefined) return null;
  const found: (readonly Identity[])[] = [];
  for (const one of nested) {
    const inner = identitiesIn(one, known);
    if (inner === null) return null;
    found.push(inner);
  }
  return found.flat();
}

/** A developer who is listed with nothing about tools. What we do not know might be an identity. */
function isPlainDeveloper(record: JsonObject): boolean {
  return (
    emailOf(record) !== undefined &&
    Object.entries(record).every(([key, value]) => isNothing(value) || coreTypeOf(key) !== null || isSystemName(key))
  );
}

/** null in JSON, and a blank cell in a CSV. */
function isNothing(value: unknown): boolean {
  return value === null || value === "";
}

/** The records below: lists of objects, and maps from integrationId to identity. null: there is no such thing here. */
function nestedRecords(record: JsonObject): readonly JsonObject[] | null {
  const nested: JsonObject[] = [];
  let any = false;
  for (const [key, value] of Object.entries(record)) {
    const usual = MAPS.some((name) => columnKey(name) === columnKey(key));
    if (Array.isArray(value) && value.every(isObject) && (usual || value.some(saysSomething))) {
      any = true;
      nested.push(...value);
    } else if (isObject(value) && usual) {
      any = true;
      for (const [id, identity] of Object.entries(value)) {
        if (/^\d+$/.test(id)) nested.push({ integrationId: id, ...(isObject(identity) ? identity : { identity }) });
      }
    } else if (value === null && usual) any = true;
  }
  return any ? nested : null;
}

function saysSomething(record: JsonObject): boolean {
  return idOf(record) !== undefined || identityOf(record) !== undefined;
}

function emailOf(record: JsonObject): string | undefined {
  const own = Object.entries(record).find(([key]) => isUsualName("EMAIL", key))?.[1];
  if (own === null) return "";
  if (typeof own === "string") return emailKey(own);
  const developer = pick(record, ["developer", "user"]);
  return isObject(developer) ? emailOf(developer) : undefined;
}

function idOf(record: JsonObject): number | undefined {
  const value = pick(record, INTEGRATION);
  const scalar = isObject(value) ? pick(value, ["id", "integrationId"]) : value;
  const number = typeof scalar === "string" && /^\d+$/.test(scalar.trim()) ? Number(scalar) : scalar;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

function identityOf(record: JsonObject): string | undefined {
  const value = pick(record, IDENTITY);
  if (isScalar(value)) return String(value);
  const blank = Object.entries(record).some(([key, one]) => one === null && IDENTITY.includes(key));
  return blank ? "" : undefined;
}

/** The rows of the CSV form (`email,integrationId,identity`) as records. A blank cell is null: a developer without any. */
export function identityRows(table: Table): readonly JsonObject[] {
  return table.rows.map((row) => Object.fromEntries(table.header.map((name, at) => [name, row[at] || null])));
}

/** The body of `PATCH /v2/developers/identities`: only the documented properties, whatever else the objects have. */
export function identitiesBody(identities: readonly Identity[]): readonly Identity[] {
  return identities.map(({ email, integrationId, identity }) => ({ email, integrationId, identity }));
}

/** The CSV that the documents describe for identities. */
export function identitiesTable(identities: readonly Identity[]): Table {
  return {
    header: ["email", "integrationId", "identity"],
    rows: identities.map(({ email, integrationId, identity }) => [email, String(integrationId), identity]),
  };
}
