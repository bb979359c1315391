import { type Strings, strings } from "../../roster/strings.js";
import type { Dialect } from "../dialect/dialect.js";
import type { Review } from "../shapes/review-json.js";
import type { Account, Identities, StoredDeveloper } from "./account.js";
import { type Columns, columnOf } from "./columns.js";
import { keyOf, normalise } from "./normalise.js";
import { refIds } from "./ref-ids.js";

/** A new dataset in place of the old one, and what that changes. The ids of those who stay are kept. */
export interface Replaced {
  readonly columns: Columns;
  readonly developers: ReadonlyMap<string, StoredDeveloper>;
  readonly nextRefId: number;
  readonly review: Review;
}

/**
 * Puts records in the place of all developers or, in a dialect that merges, beside those whom they do not name.
 *
 * @param records complete records of the given columns, as stored; they are not checked here
 */
export function replaceDevelopers(
  account: Account,
  records: readonly Strings[],
  given: Columns,
  mode: "replace" | "merge",
  dialect: Dialect,
): Replaced {
  const names = new Set(given.map(({ name }) => name));
  const staying = mode === "merge" ? (account.columns ?? []).filter(({ name }) => !names.has(name)) : [];
  const columns = [...given, ...staying];
  const email = columnOf(columns, "EMAIL") ?? "";
  const developers = new Map<string, StoredDeveloper>();
  const added: StoredDeveloper[] = [];
  const updated: { before: StoredDeveloper; after: StoredDeveloper }[] = [];
  const sameNames = identicalNames(account.columns ?? [], columns);
  let unchanged = 0;
  const ids = refIds(account, dialect);
  for (const record of records) {
    const key = keyOf(record[email] ?? "", dialect);
    const before = account.developers.get(key);
    const whole = staying.length === 0 ? record : normalise(overlay(before?.values, record), columns, dialect);
    if (before === undefined) {
      const after = { refId: ids.next(), values: whole };
      developers.set(key, after);
      added.push(after);
      continue;
    }
    const same = columns.every(({ name }) => whole[name] === (before.values[name] ?? ""));
    // The very object where nothing changes, so that a write is stored as what it changed.
    const after = same && sameNames ? before : { refId: before.refId, values: whole };
    developers.set(key, after);
    if (same) unchanged += 1;
    else updated.push({ before, after });
  }
  const removed: StoredDeveloper[] = [];
  for (const [key, developer] of account.developers) {
    if (developers.has(key)) continue;
    if (mode === "replace") removed.push(developer);
    else developers.set(key, { ...developer, values: normalise(developer.values, columns, dialect) });
  }
  return { columns, developers, nextRefId: ids.highest(), review: { added, updated, removed, unchanged } };
}

function identicalNames(a: Columns, b: Columns): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}

/** The values of a record on top of others. */
export function overlay(under: Strings | undefined, over: Strings): Strings {
  return strings([...Object.entries(under ?? {}), ...Object.entries(over)]);
}

/** The identities of those who are left, or of everybody where the dialect keeps them. */
export function identitiesAfter(
  identities: Identities,
  developers: ReadonlyMap<string, unknown>,
  gone: Iterable<string>,
  { deleteDropsIdentities }: Dialect,
): Identities {
  if (!deleteDropsIdentities) return identities;
  const lost = [...gone].filter((key) => identities.has(key) && !developers.has(key));
  if (lost.length === 0) return identities;
  const left = new Map(identities);
  for (const key of lost) left.delete(key);
  return left;
}
