import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import type { ServerUnderTest } from "./contract.js";
import { type Received, type Reply, scriptedServer } from "./scripted-server.js";

export type Types = ReadonlyMap<string, string>;
export type Row = Readonly<Record<string, string>>;

/** The choices that the documents leave to a server, as functions. Rows are by CSV column. */
export interface Variant {
  readonly key?: "x-api-key" | "authorization";
  readonly beforeSetup: (what: "schema" | "list" | "csv" | "identities") => Reply;
  readonly preview: (version: string, columns: readonly string[]) => unknown;
  /** Column to type; null: not a body that this server reads. */
  readonly readMapping: (body: unknown) => ReadonlyMap<string, string> | null;
  readonly saveActivates: boolean;
  readonly schema: (types: Types) => unknown;
  readonly list: (rows: readonly unknown[], total: number, page: number) => unknown;
  readonly record: (row: Row, types: Types) => unknown;
  readonly csvHeader: (column: string, type: string) => string;
  /** The column that a key of an upsert means; null: unknown. */
  readonly upsertColumn: (key: string, types: Types) => string | null;
  readonly unknownKey: "ignore" | "refuse";
  readonly blank?: "refused";
  readonly maxPage: number;
  readonly review: (changes: { added: string[]; updated: string[]; removed: string[] }, version: string) => unknown;
  readonly identities: (all: readonly IdentityRow[]) => unknown;
  readonly invalid: (errors: readonly unknown[]) => Reply;
  /** Reads that still show what was before a write. */
  readonly lag?: number;
}

export interface IdentityRow {
  readonly email: string;
  readonly integrationId: number;
  readonly identity: string;
}

/** A server of the same documents in one variant, kept apart from the package's simulator on purpose. */
export async function variantAccount(variant: Variant): Promise<ServerUnderTest> {
  const drafts = new Map<string, readonly Row[]>();
  let types: Types | null = null;
  let pending: Types | null = null;
  let rows: readonly Row[] = [];
  let stale: readonly Row[] = [];
  let lag = 0;
  let identities: readonly IdentityRow[] = [];
  const columnOf = (type: string) => [...(types ?? [])].find(([, one]) => one === type)?.[0] ?? "";
  const emailOf = (row: Row) => (row[columnOf("EMAIL")] ?? "").toLowerCase();

  function commit(next: readonly Row[]): Reply | null {
    const emails = new Set(next.map(emailOf));
    const errors: unknown[] = [];
    const managerOf = (row: Row) => (row[columnOf("MANAGER_EMAIL")] ?? "").toLowerCase();
    const orphans = next.filter((row) => managerOf(row) !== "" && !emails.has(managerOf(row)));
    const nameless = next.filter((row) => !row[columnOf("NAME")] || emailOf(row) === "");
    if (orphans.length > 0) errors.push(issue("MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS", "manager_email", orphans));
    if (nameless.length > 0) errors.push(issue("REQUIRED_VALUE_MISSING", "email", nameless));
    if (errors.length > 0) return variant.invalid(errors);
    stale = rows;
    lag = variant.lag ?? 0;
    rows = next;
    return null;
  }

  function shown(): readonly Row[] {
    if (lag === 0) return rows;
    lag -= 1;
    return stale;
  }

  function draft(body: string): string {
    const csv = /\r\n\r\n([\s\S]*?)\r\n--/.exec(body)?.[1] ?? "";
    const version = `v-${drafts.size + 1}`;
    drafts.set(version, parse(csv, { columns: true }));
    return version;
  }

  function read({ path, headers, query }: Received): Reply {
    const csv = headers.accept === "text/csv";
    if (types === null) {
      return variant.beforeSetup(
        path.endsWith("/schema") ? "schema" : path.endsWith("/identities") ? "identities" : csv ? "csv" : "list",
      );
    }
    const known = types;
    if (path.endsWith("/schema")) return { body: variant.schema(known) };
    const size = Math.min(Number(query.get("pageSize") ?? variant.maxPage), variant.maxPage);
    const from = Number(query.get("pageIndex") ?? 0) * size;
    if (path.endsWith("/identities")) return { body: variant.identities(identities.slice(from, from + size)) };
    const wanted = query.getAll("emails");
    const all = shown().filter(
      (row) => wanted.length === 0 || wanted.some((email) => email.toLowerCase() === emailOf(row)),
    );
    if (csv) {
      const header = [...known].map(([column, type]) => variant.csvHeader(column, type));
      return {
        body: stringify([header, ...all.map((row) => [...known.keys()].map((column) => row[column] ?? ""))]),
        headers: { "content-type": "text/csv" },
      };
    }
    const page = all.slice(from, from + size).map((row) => variant.record(row, known));
    return { body: variant.list(page, all.length, page.length) };
  }

  function upsert(body: string): Reply {
    const known = types ?? new Map();
    const records = JSON.parse(body) as Readonly<Record<string, string | null>>[];
    const next = new Map(rows.map((row) => [emailOf(row), row]));
    for (const record of records) {
      const read: Record<string, string> = {};
      for (const [key, value] of Object.entries(record)) {
        const column = variant.upsertColumn(key, known);
        if (column === null && variant.unknownKey === "refuse")
          return { status: 400, body: { status: "error", message: `unknown field` } };
        if (value === "" && variant.blank === "refused")
          return { status: 422, body: { status: "error", message: "blank" } };
        if (column !== null) read[column] = value ?? "";
      }
      const email = emailOf(read);
      if (email === "") return variant.invalid([issue("REQUIRED_VALUE_MISSING", "email", records)]);
      next.set(email, { ...next.get(email), ...read });
    }
    return commit([...next.values()]) ?? { body: { status: "SUCCESS" } };
  }

  function reupload(body: string): Reply {
    const version = draft(body);
    const next = new Map((drafts.get(version) ?? []).map((row) => [emailOf(row), row]));
    const old = new Map(rows.map((row) => [emailOf(row), row]));
    const added = [...next.keys()].filter((email) => !old.has(email));
    const removed = [...old.keys()].filter((email) => !next.has(email));
    const updated = [...next]
      .filter(([email, row]) => old.has(email) && JSON.stringify(old.get(email)) !== JSON.stringify(row))
      .map(([email]) => email);
    return { body: variant.review({ added, updated, removed }, version) };
  }

  function save(version: string, body: string): Reply {
    const mapping = variant.readMapping(JSON.parse(body));
    const all = mapping === null ? null : [...mapping.values()];
    const missing = variant.invalid([issue("MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING", null, [])]);
    if (mapping === null || !["NAME", "EMAIL", "MANAGER_EMAIL"].every((type) => all?.includes(type))) return missing;
    const columns = Object.keys(drafts.get(version)?.[0] ?? {});
    const typed = new Map(columns.map((column) => [column, mapping.get(column) ?? "CUSTOM"]));
    if (!variant.saveActivates) {
      pending = typed;
      return { body: "" };
    }
    types = typed;
    return commit(drafts.get(version) ?? []) ?? { body: { status: "SUCCESS" } };
  }

  const server = await scriptedServer((request) => {
    const { method, path, headers, body } = request;
    const key =
      variant.key === "authorization" ? headers.authorization === "ApiKey t0p" : headers["x-api-key"] === "t0p";
    if (!key) return { status: 401, body: { status: "ERROR", code: "INVALID_TOKEN", message: "no" } };
    if (method === "GET") return read(request);
    const version = decodeURIComponent(/versions\/([^/]+)/.exec(path)?.[1] ?? "");
    if (path.endsWith("/fieldMappings")) return save(version, body);
    if (method === "POST") {
      const made = draft(body);
      return { body: variant.preview(made, Object.keys(drafts.get(made)?.[0] ?? {})) };
    }
    if (version !== "") {
      if (pending !== null) [types, pending] = [pending, null];
      return commit(drafts.get(version) ?? []) ?? { status: 204 };
    }
    if (path.endsWith("/identities")) {
      const given = (JSON.parse(body) as IdentityRow[]).map((one) => ({ ...one, email: one.email.toLowerCase() }));
      const rest = identities.filter(
        (one) => !given.some((two) => two.email === one.email && two.integrationId === one.integrationId),
      );
      identities = [...rest, ...given];
      return { body: { status: "success", message: "Developer identities updated successfully." } };
    }
    if (method === "PUT") return reupload(body);
    if (method === "PATCH") return upsert(body);
    const gone = (JSON.parse(body).emails as string[]).map((email) => email.toLowerCase());
    return commit(rows.filter((row) => !gone.includes(emailOf(row)))) ?? { status: 204 };
  });
  return { url: server.url, apiKey: "t0p", close: server.close };
}

function issue(errorType: string, fieldName: string | null, people: readonly unknown[]): unknown {
  return { errorType, fieldName, errorDeveloperCount: people.length, sampleErrorDevelopers: people.slice(0, 10) };
}
