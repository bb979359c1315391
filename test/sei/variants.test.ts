import { describeContract } from "./contract.js";
import { type IdentityRow, type Row, type Types, type Variant, variantAccount } from "./variant-account.js";

const columnOf = (types: Types, type: string) => [...types].find(([, one]) => one === type)?.[0] ?? "";
const attributesOf = (types: Types) => [...types].filter(([, type]) => type === "CUSTOM").map(([column]) => column);
const entries = (body: unknown) => (body !== null && typeof body === "object" ? Object.entries(body) : []);

/** Flat records by column, the list of fieldMappings, 400. */
const plain: Variant = {
  beforeSetup: (what) =>
    what === "schema" ? { status: 404, body: { message: "no schema" } } : { body: { developers: [], totalCount: 0 } },
  preview: (versionId, columns) => ({
    versionId,
    fieldMappings: columns.map((columnName) => ({ columnName, fieldType: null })),
    errors: [],
  }),
  readMapping: (body) => {
    const list = Array.isArray(body) ? body : (body as { fieldMappings?: unknown }).fieldMappings;
    if (
      !Array.isArray(list) ||
      list.some(
        (one) =>
          typeof one.columnName !== "string" || !["NAME", "EMAIL", "MANAGER_EMAIL", "CUSTOM"].includes(one.fieldType),
      )
    )
      return null;
    return new Map(list.map((one) => [one.columnName, one.fieldType]));
  },
  saveActivates: true,
  schema: (types) => ({ fieldMappings: [...types].map(([columnName, fieldType]) => ({ columnName, fieldType })) }),
  list: (developers, totalCount) => ({ developers, pageIndex: 0, pageSize: 100, totalCount }),
  record: (row) => ({ developerRefId: 7, ...row }),
  csvHeader: (column) => column,
  upsertColumn: (key, types) => (types.has(key) ? key : null),
  unknownKey: "ignore",
  maxPage: 100,
  review: (changes, versionId) => ({ versionId, ...changes, errors: [] }),
  identities: (all) => ({ identities: all, totalCount: all.length }),
  invalid: (errors) => ({ status: 400, body: { status: "FAILURE", errors } }),
};

/** Camel case and nested, a map from type to column, an approve after the save, no totals, 412 before setup, 200 for failures. */
const nested: Variant = {
  ...plain,
  key: "authorization",
  beforeSetup: () => ({ status: 412, body: { status: "FAILURE", message: "initial setup is not complete" } }),
  preview: (version, columns) => ({ status: "SUCCESS", data: { version: { id: version }, headers: columns } }),
  readMapping: (body) => {
    if (
      Array.isArray(body) ||
      entries(body).some(([type, column]) => !/^[A-Z_]+$/.test(type) || typeof column !== "string")
    )
      return null;
    return new Map(entries(body).map(([type, column]) => [column as string, type]));
  },
  saveActivates: false,
  schema: (types) => ({
    status: "SUCCESS",
    data: {
      NAME: columnOf(types, "NAME"),
      EMAIL: columnOf(types, "EMAIL"),
      MANAGER_EMAIL: columnOf(types, "MANAGER_EMAIL"),
    },
  }),
  list: (rows) => ({ status: "SUCCESS", data: { content: rows } }),
  record: (row, types) => ({
    id: 1,
    fullName: row[columnOf(types, "NAME")],
    emailAddress: row[columnOf(types, "EMAIL")]?.toUpperCase(),
    manager: row[columnOf(types, "MANAGER_EMAIL")] ? { name: "x", email: row[columnOf(types, "MANAGER_EMAIL")] } : null,
    attributes: Object.fromEntries(
      attributesOf(types).flatMap((column) => (row[column] ? [[column, row[column]]] : [])),
    ),
  }),
  upsertColumn: (key, types) =>
    ({
      name: columnOf(types, "NAME"),
      email: columnOf(types, "EMAIL"),
      manager_email: columnOf(types, "MANAGER_EMAIL"),
    })[key] ?? (attributesOf(types).includes(key) ? key : null),
  maxPage: 40,
  review: ({ added, updated, removed }, uploadId) => ({
    data: { uploadId, summary: { added: added.length, modified: updated.length, deleted: removed.length } },
  }),
  identities: (all) =>
    [...new Set(all.map(({ email }) => email))].map((email) => ({
      email,
      identities: all.filter((one: IdentityRow) => one.email === email),
    })),
  invalid: (errors) => ({ status: 200, body: { status: "FAILURE", errors } }),
};

/** Display names, a map from column to type in other words, unknown keys refused, "" refused, answers that lag. */
const display: Variant = {
  ...plain,
  beforeSetup: () => ({ status: 204 }),
  preview: (uploadId, columns) => ({
    uploadId,
    preview: { mappings: Object.fromEntries(columns.map((column) => [column, "ATTRIBUTE"])), rows: [] },
  }),
  readMapping: (body) => {
    const map = (body as { mappings?: unknown }).mappings;
    if (
      map === undefined ||
      Array.isArray(map) ||
      entries(map).some(([, type]) => !["NAME", "EMAIL", "MANAGER_EMAIL", "ATTRIBUTE"].includes(type as string))
    )
      return null;
    return new Map(entries(map).map(([column, type]) => [column, type === "ATTRIBUTE" ? "CUSTOM" : (type as string)]));
  },
  schema: (types) =>
    [...types].map(([csvHeader, type]) => ({
      csvHeader,
      displayName: displayName(csvHeader, type),
      required: type !== "CUSTOM",
      mappedTo: type === "CUSTOM" ? null : type,
    })),
  list: (rows, total) => ({ results: rows, _metadata: { page: 0, total_count: total } }),
  record: (row, types) =>
    Object.fromEntries([...types].map(([column, type]) => [displayName(column, type), row[column] || null])),
  csvHeader: displayName,
  upsertColumn: (key, types) => [...types].find(([column, type]) => displayName(column, type) === key)?.[0] ?? null,
  unknownKey: "refuse",
  blank: "refused",
  maxPage: 50,
  review: ({ added, updated, removed }, id) => ({
    id,
    changes: Object.entries({ ADDED: added, UPDATED: updated, REMOVED: removed }).flatMap(([changeType, emails]) =>
      emails.map((email) => ({ changeType, developer: { email } })),
    ),
  }),
  identities: (all) => ({
    content: all.map(({ email, integrationId, identity }) => ({
      email,
      integration_id: String(integrationId),
      cloud_id: identity,
    })),
    totalElements: all.length,
  }),
  invalid: (errors) => ({ status: 422, body: { status: "FAILURE", errors } }),
  lag: 3,
};

function displayName(column: string, type: string): string {
  return { NAME: "Full Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" }[type] ?? `${column} (custom)`;
}

/** Snake case keys in records and upserts, a bare array, no CSV download. */
const snake: Variant = {
  ...plain,
  beforeSetup: (what) =>
    what === "csv" ? { status: 406 } : { body: "null", headers: { "content-type": "application/json" } },
  preview: (version) => ({ version }),
  readMapping: (body) => {
    if (!Array.isArray(body) || body.some((one) => typeof one.column !== "string" || typeof one.type !== "string"))
      return null;
    return new Map(body.map((one) => [one.column, one.type]));
  },
  schema: (types) => ({ schema: { columns: [...types].map(([name, type]) => ({ name, type })) } }),
  list: (rows) => rows,
  record: (row, types) => recordIn(row, types, { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" }),
  upsertColumn: (key, types) =>
    ({
      name: columnOf(types, "NAME"),
      email: columnOf(types, "EMAIL"),
      manager_email: columnOf(types, "MANAGER_EMAIL"),
    })[key] ?? (types.has(key) && attributesOf(types).includes(key) ? key : null),
  review: (_, versionId) => ({ versionId }),
  identities: (all) => all,
};

function recordIn(row: Row, types: Types, names: Readonly<Record<string, string>>): unknown {
  return Object.fromEntries([...types].map(([column, type]) => [names[type] ?? column, row[column] ?? ""]));
}

describeContract("flat, by column", () => variantAccount(plain));
describeContract("nested, camel case", () => variantAccount(nested));
describeContract("display names", () => variantAccount(display));
describeContract("snake case, no CSV", () => variantAccount(snake));
describeContract("nested records, upsert by column", () =>
  variantAccount({ ...nested, upsertColumn: plain.upsertColumn }),
);
describeContract("display names, upsert by column", () =>
  variantAccount({ ...display, upsertColumn: plain.upsertColumn, unknownKey: "ignore" }),
);
