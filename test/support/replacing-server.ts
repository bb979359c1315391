import { type Reply, type ScriptedServer, scriptedServer } from "../sei/scripted-server";

/** How a record is written in JSON: its core fields, and where further columns stand. */
export interface Shape {
  readonly core: readonly [name: string, email: string, manager: string];
  readonly further: "flat" | "camel" | "attributes" | "details.more" | "customFields" | "key-value";
}

export const COLUMNS = ["Full Name", "Email", "Manager Email", "Home Team", "Site"] as const;
export type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;
const FURTHER = ["Home Team", "Site"] as const;
const CAMEL = { "Home Team": "homeTeam", Site: "site" } as const;

export const OWN: Shape = { core: ["Full Name", "Email", "Manager Email"], further: "flat" };
export const NESTED: Shape = { ...OWN, further: "attributes" };
export const DEEP: Shape = { core: ["name", "email", "manager_email"], further: "details.more" };
export const LIST: Shape = { core: ["name", "email", "manager_email"], further: "customFields" };
export const PAIRS: Shape = { core: ["name", "email", "managerEmail"], further: "key-value" };
export const CAMELS: Shape = { core: ["name", "email", "managerEmail"], further: "camel" };
export const SNAKE: Shape = { core: ["name", "email", "manager_email"], further: "flat" };

export interface Replacing {
  readonly lists: Shape;
  /** null: no upsert is taken. */
  readonly takes: Shape | null;
  readonly unknown: "ignore" | "reject";
  /** So many milliseconds do reads still answer with what was before a write. */
  readonly lag?: number;
  /** Columns that every upsert blanks. */
  readonly blanks?: readonly (typeof COLUMNS)[number][];
  /** Once an upsert was taken, reads fail. */
  readonly failsAfterWrite?: boolean;
}

export interface ReplacingServer extends ScriptedServer {
  readonly rows: Map<string, Row>;
  /** The bodies of the upserts that were taken. */
  readonly taken: readonly (readonly unknown[])[];
}

/**
 * A server of the documents that takes a record for the whole of it: what an upsert does not say under a key that the
 * server knows is blank afterwards. It knows nothing of our client.
 */
export async function replacingServer(choices: Replacing, people: readonly Row[]): Promise<ReplacingServer> {
  const rows = new Map(people.map((row) => [row.Email, row]));
  const taken: (readonly unknown[])[] = [];
  const past: { readonly until: number; readonly rows: readonly Row[] }[] = [];
  const view = () => past.find(({ until }) => until > Date.now())?.rows ?? [...rows.values()];
  const server = await scriptedServer(({ method, path, body, headers, query }): Reply => {
    if (method === "GET" && choices.failsAfterWrite === true && taken.length > 0) return { status: 500 };
    if (path.endsWith("/schema")) {
      const types = ["NAME", "EMAIL", "MANAGER_EMAIL", "CUSTOM", "CUSTOM"];
      return { body: { fieldMappings: COLUMNS.map((columnName, at) => ({ columnName, fieldType: types[at] })) } };
    }
    if (path.endsWith("/identities")) return { body: { content: [], totalElements: 0 } };
    if (method === "GET" && headers.accept === "text/csv") {
      const lines = view().map((row) => COLUMNS.map((column) => row[column]).join(","));
      return { body: [COLUMNS.join(","), ...lines, ""].join("\n"), headers: { "content-type": "text/csv" } };
    }
    if (method === "GET") {
      const wanted = query.getAll("emails");
      const found = view().filter(({ Email }) => wanted.length === 0 || wanted.includes(Email));
      return { body: { content: found.map((row) => written(row, choices.lists)), totalElements: found.length } };
    }
    if (method === "DELETE") {
      for (const email of JSON.parse(body).emails) rows.delete(email);
      return { body: { status: "SUCCESS" } };
    }
    const records: readonly Record<string, unknown>[] = JSON.parse(body);
    const read = records.map((record) => readRow(record, choices.takes));
    const stranger = read.flatMap(({ unknown }) => unknown)[0];
    if (choices.takes === null || (stranger !== undefined && choices.unknown === "reject")) {
      return { status: 400, body: { message: `Unrecognized field "${stranger}"` } };
    }
    if (read.some(({ row }) => row.Email === "" || row["Full Name"] === "")) {
      const error = { errorType: "REQUIRED_VALUE_MISSING", fieldName: "Email", errorDeveloperCount: read.length };
      return { status: 422, body: { status: "FAILURE", errors: [error] } };
    }
    if (choices.lag !== undefined) past.push({ until: Date.now() + choices.lag, rows: [...rows.values()] });
    const blank = Object.fromEntries((choices.blanks ?? []).map((column) => [column, ""]));
    for (const { row } of read) rows.set(row.Email, { ...row, ...blank });
    taken.push(records);
    return { body: { status: "SUCCESS" } };
  });
  return { ...server, received: server.received, rows, taken };
}

function written(row: Row, { core, further }: Shape): unknown {
  const [name, email, manager] = core;
  const record = { [name]: row["Full Name"], [email]: row.Email, [manager]: row["Manager Email"] };
  const values = Object.fromEntries(FURTHER.map((column) => [column, row[column]]));
  switch (further) {
    case "flat":
      return { ...record, ...values };
    case "camel":
      return { ...record, homeTeam: row["Home Team"], site: row.Site };
    case "attributes":
      return { id: 1, ...record, attributes: values };
    case "details.more":
      return { ...record, details: { more: values } };
    case "customFields":
      return { ...record, customFields: FURTHER.map((column) => ({ name: column, value: row[column] })) };
    case "key-value":
      return { ...record, fields: FURTHER.map((column) => ({ key: column, value: row[column] })) };
  }
}

function readRow(record: Record<string, unknown>, shape: Shape | null): { row: Row; unknown: readonly string[] } {
  const row = { "Full Name": "", Email: "", "Manager Email": "", "Home Team": "", Site: "" };
  const unknown: string[] = [];
  const put = (column: string, value: unknown) => {
    if (column in row) row[column as keyof typeof row] = typeof value === "string" ? value : "";
    else unknown.push(column);
  };
  for (const [key, value] of Object.entries(record)) {
    const at = shape?.core.indexOf(key) ?? -1;
    const inner = furtherIn(key, value, shape);
    if (at >= 0) put(COLUMNS[at] ?? "", value);
    else if (inner === null) unknown.push(key);
    else for (const [column, one] of inner) put(column, one);
  }
  return { row, unknown };
}

/** null: the server does not know this key. */
function furtherIn(key: string, value: unknown, shape: Shape | null): readonly (readonly [string, unknown])[] | null {
  const column = FURTHER.find((one) => key === (shape?.further === "camel" ? CAMEL[one] : one));
  const entries = (name: string): readonly (readonly [string, unknown])[] | null =>
    Array.isArray(value) ? value.map((one: Record<string, unknown>) => [String(one[name]), one["value"]]) : null;
  switch (shape?.further) {
    case "flat":
    case "camel":
      return column === undefined ? null : [[column, value]];
    case "attributes":
      return key === "attributes" ? Object.entries(value as object) : null;
    case "details.more":
      return key === "details" ? Object.entries((value as { more?: object }).more ?? {}) : null;
    case "customFields":
      return key === "customFields" ? entries("name") : null;
    case "key-value":
      return key === "fields" ? entries("key") : null;
    case undefined:
      return null;
  }
}
