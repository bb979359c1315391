import type { Developer } from "../../roster/developer.js";
import { emailKey } from "../../roster/email.js";
import { strings } from "../../roster/strings.js";
import { isObject, type JsonObject, textOf } from "../shape/json.js";
import { isUsualName, pick } from "../shape/names.js";
import type { Column } from "./columns.js";

/** A record without its nesting: key to text. */
export type FlatRecord = ReadonlyMap<string, string>;

/**
 * Takes the nesting out of a record: values that stand in an object (`attributes`), in a list of `{ name, value }`, or in
 * a `manager` object become values of the record, unless it has that key itself. null is "".
 *
 * @example
 * flatten({ email: "a@b.c", attributes: { Team: "Payments" }, manager: { email: "m@b.c" } });
 * // Map { "email" => "a@b.c", "manager" => "m@b.c", "Team" => "Payments" }
 */
export function flatten(record: JsonObject): FlatRecord {
  const flat = new Map<string, string>();
  collect(record, flat, 2);
  return flat;
}

function collect(object: JsonObject, flat: Map<string, string>, depth: number): void {
  const entries = Object.entries(object);
  function put(key: string, value: string): void {
    if (!flat.has(key)) flat.set(key, value);
  }
  for (const [key, value] of entries) {
    const text = textOf(value);
    if (text !== null) put(key, text);
  }
  for (const [key, value] of entries) {
    if (isObject(value)) {
      // Somebody else's name and email must not become this record's.
      if (isUsualName("MANAGER_EMAIL", key))
        put(key, textOf(pick(value, ["email", "emailAddress", "managerEmail", "value"])) ?? "");
      else if (depth > 0) collect(value, flat, depth - 1);
    } else if (Array.isArray(value)) {
      for (const pair of value.filter(isObject)) {
        const name = pick(pair, ["columnName", "column", "key", "fieldName", "field", "name", "attribute", "label"]);
        if (typeof name === "string" && "value" in pair) put(name, textOf(pair["value"]) ?? "");
      }
    }
  }
}

/** The keys that any of the records has, in the order met. */
export function keysOf(records: readonly FlatRecord[]): ReadonlySet<string> {
  const keys = new Set<string>();
  for (const record of records) for (const key of record.keys()) keys.add(key);
  return keys;
}

/**
 * Makes a developer from a record, once it is known which key holds which column.
 *
 * @returns null when it has no email
 */
export function developerFrom(value: (column: string) => string, columns: readonly Column[]): Developer | null {
  const core = { NAME: "", EMAIL: "", MANAGER_EMAIL: "" };
  const attributes: [string, string][] = [];
  for (const { column, type } of columns) {
    if (type === "ATTRIBUTE") attributes.push([column, value(column)]);
    else core[type] = value(column);
  }
  const email = emailKey(core.EMAIL);
  if (email === "") return null;
  return { email, name: core.NAME, managerEmail: emailKey(core.MANAGER_EMAIL), attributes: strings(attributes) };
}
