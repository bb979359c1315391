import { type Strings, strings } from "../../roster/strings.js";
import type { Account, StoredDeveloper } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { keyOf, normalise } from "../account/normalise.js";
import { refIds } from "../account/ref-ids.js";
import { overlay } from "../account/replace-developers.js";
import type { Dialect } from "../dialect/dialect.js";
import { type Changed, checkChanged } from "../rules/check-changed.js";
import { checkManagersInBatch } from "../rules/check-managers-in-batch.js";
import { badRequest, setupNeeded, ValidationFailure } from "../rules/refusal.js";
import { isObject } from "../shapes/mapping-json.js";
import { writeAnswer } from "../shapes/write-answer.js";
import type { Simulation } from "../simulation.js";
import { checkBatch } from "./limits.js";
import { upsertKeys } from "./upsert-keys.js";

/**
 * `PATCH /v2/developers`: a JSON array of flat records, each added or laid over the developer with its email. The dataset is
 * checked as it would be afterwards; whether managers may come in the same batch is the dialect's.
 *
 * @throws Refusal 412 before the initial setup, 400 for a body that is no list of flat records, or the status of a limit
 * @throws ValidationFailure nothing is saved then
 */
export function upsert({ store, dialect }: Simulation, body: unknown): Promise<Response> {
  return store.change((account) => {
    if (account.columns === null) throw setupNeeded();
    if (!Array.isArray(body)) throw badRequest("The body must be an array of developers.");
    checkBatch(body.length, dialect.maxBatch, dialect);
    const rows = readRows(body, account.columns, dialect);
    if (rows.length === 0) return { next: null, answer: writeAnswer({ created: 0, updated: 0 }, dialect) };
    const columns = extended(account.columns, rows, dialect);
    const { next, changed, given, created, updated } = apply(account, columns, rows, dialect);
    const errors = [
      ...checkChanged(changed, columns, dialect),
      ...checkManagersInBatch(account, given, columns, dialect),
    ];
    if (errors.length > 0) throw new ValidationFailure(errors, columns);
    return { next, answer: writeAnswer({ created, updated }, dialect) };
  });
}

/** One record of the body: the columns that it names, and the id that it carries. */
interface Row {
  readonly values: Strings;
  readonly refId: string | null;
}

function readRows(body: readonly unknown[], columns: Columns, dialect: Dialect): readonly Row[] {
  const keys = upsertKeys(columns, dialect);
  return body.map((item) => {
    if (!isObject(item)) throw badRequest("Every developer must be an object.");
    let refId: string | null = null;
    const values: [string, string][] = [];
    for (const [key, value] of Object.entries(item)) {
      const column = keys.get(key);
      if (column === undefined && key === dialect.refIdName) {
        refId = readRefId(value);
        continue;
      }
      if (column === undefined && dialect.upsertUnknownKey === "ignore") continue;
      if (column === undefined && dialect.upsertUnknownKey === "badRequest") throw badRequest(`Unknown field: ${key}`);
      if (value !== null && typeof value !== "string") throw badRequest(`The value of ${key} must be a string.`);
      if (value === null) {
        if (dialect.upsertNull === "ignore") continue;
        if (dialect.upsertNull === "badRequest") throw badRequest(`The value of ${key} must be a string.`);
      } else if (value === "" && dialect.upsertBlank === "ignore") continue;
      else if (value === "" && dialect.upsertBlank === "badRequest")
        throw badRequest(`The value of ${key} must not be blank.`);
      values.push([column ?? key, value ?? ""]);
    }
    return { values: strings(values), refId };
  });
}

/** The id that a record carries: an integer, also as text; null for none. */
function readRefId(value: unknown): string | null {
  if (value === null || typeof value === "string") return value;
  if (typeof value !== "number" || !Number.isInteger(value))
    throw badRequest("The id of a developer must be an integer.");
  return String(value);
}

/** The columns, and those that the rows bring where the dialect extends its schema. */
function extended(columns: Columns, rows: readonly Row[], { upsertUnknownKey }: Dialect): Columns {
  if (upsertUnknownKey !== "extend") return columns;
  const known = new Set(columns.map(({ name }) => name));
  const fresh = new Set(rows.flatMap(({ values }) => Object.keys(values)).filter((name) => !known.has(name)));
  if (fresh.size === 0) return columns;
  return [...columns, ...[...fresh].map((name) => ({ name, type: "CUSTOM" as const }))];
}

function apply(account: Account, columns: Columns, rows: readonly Row[], dialect: Dialect) {
  const email = columnOf(columns, "EMAIL") ?? "";
  const developers = new Map<string, StoredDeveloper>(
    columns === account.columns
      ? account.developers
      : [...account.developers].map(([key, { refId, values }]) => [
          key,
          { refId, values: normalise(values, columns, dialect) },
        ]),
  );
  const keyOfId = dialect.renameByRefId ? keysByRefId(account) : null;
  const moved = keyOfId === null ? null : new Map(account.identities);
  const touched = new Set<string>();
  const gone = new Set<string>();
  const given: Strings[] = [];
  const ids = refIds(account, dialect);
  let updated = 0;
  for (const { values, refId } of rows) {
    const key = keyOf(values[email] ?? "", dialect);
    const oldKey = (refId === null ? undefined : keyOfId?.get(refId)) ?? key;
    const before = developers.get(oldKey);
    const base = dialect.upsertMode === "merge" ? before?.values : undefined;
    const record = normalise(overlay(base, values), columns, dialect);
    given.push(record);
    if (oldKey !== key && before !== undefined) {
      // A rename onto somebody else's email leaves two records of one email, which the rules find.
      const other = developers.get(key);
      if (other !== undefined && !touched.has(key)) given.push(other.values);
      developers.delete(oldKey);
      gone.add(oldKey);
      const held = moved?.get(oldKey);
      if (held !== undefined) moved?.set(key, held);
      moved?.delete(oldKey);
    }
    if (before !== undefined) updated += 1;
    developers.set(key, { refId: before?.refId ?? ids.next(), values: record });
    touched.add(key);
  }
  const records = () => {
    const others: Strings[] = [];
    for (const [key, { values }] of developers) if (!touched.has(key)) others.push(values);
    return [...others, ...given];
  };
  const unique = given.length === touched.size;
  const changed: Changed = { before: account.developers, after: developers, touched, gone, records, unique };
  const identities = moved ?? account.identities;
  return {
    next: { ...account, columns, developers, identities, nextRefId: ids.highest(), revision: account.revision + 1 },
    changed,
    given,
    created: rows.length - updated,
    updated,
  };
}

function keysByRefId({ developers }: Account): ReadonlyMap<string, string> {
  return new Map([...developers].map(([key, { refId }]) => [String(refId), key]));
}
