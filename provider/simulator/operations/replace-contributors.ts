import { strings } from "../../roster/strings.js";
import type { Account, StoredDeveloper } from "../account/account.js";
import { columnOf } from "../account/columns.js";
import { keyOf, normalise, storedEmail } from "../account/normalise.js";
import { type IdentityEntry, placeIdentities } from "../account/place-identities.js";
import { refIds } from "../account/ref-ids.js";
import { overlay } from "../account/replace-developers.js";
import type { Dialect } from "../dialect/dialect.js";
import { badRequest } from "../rules/refusal.js";
import type { GivenRecord } from "./read-contributors.js";

/** A record with the contributor that it replaces; null for somebody new. */
export interface Placed {
  readonly record: GivenRecord;
  readonly before: { readonly key: string; readonly refId: number } | null;
}

/**
 * The account with every record in the place of the one that it replaces, name, email, fields and users.
 *
 * @throws Refusal 400 for two contributors of one email, where the dialect refuses that; the dialect's status for an
 * integration user of somebody else
 */
export function replaceContributors(account: Account, placed: readonly Placed[], dialect: Dialect): Account {
  const columns = account.columns ?? [];
  const refuse = dialect.contributorDuplicates === "badRequest";
  const developers = new Map(account.developers);
  const identities = new Map(account.identities);
  const entries: IdentityEntry[] = [];
  const renamed = new Map<string, string>();
  /** The key of everybody who is in force with a record of this request. */
  const given = new Map<number, string>();
  const ids = refIds(account, dialect);
  // Where two of one email are refused, all leave before anybody enters, so that two may swap their emails.
  if (refuse) for (const { before } of placed) if (before !== null) developers.delete(before.key);
  for (const { record, before } of placed) {
    const key = keyOf(record.email, dialect);
    const first = before === null ? undefined : given.get(before.refId);
    const twice = first !== undefined;
    if (refuse && (twice || developers.has(key))) throw badRequest("Two contributors have the same email or id.");
    const here = before === null ? undefined : account.developers.get(before.key);
    if (!refuse && before !== null && !twice) developers.delete(before.key);
    if (twice || developers.has(key)) {
      // The first one wins; the users of the other are linked to it all the same.
      const holder = first ?? key;
      entries.push(...record.users.map((user) => ({ ...user, email: holder })));
      if (!twice && before !== null && here !== undefined) developers.set(before.key, here);
      continue;
    }
    const after: StoredDeveloper = {
      refId: before?.refId ?? ids.next(),
      values: normalise(record.values, columns, dialect),
    };
    developers.set(key, after);
    given.set(after.refId, key);
    if (before !== null) identities.delete(before.key);
    entries.push(...record.users.map((user) => ({ ...user, email: record.email })));
    if (before !== null && before.key !== key) renamed.set(before.key, record.email);
  }
  if (dialect.contributorRename === "managersFollow") followRenames(developers, renamed, given, account, dialect);
  const next = { ...account, developers, identities };
  return {
    ...next,
    identities: placeIdentities(next, entries, dialect),
    nextRefId: ids.highest(),
    revision: account.revision + 1,
  };
}

/** Gives the reports of whoever was renamed the new email; records of this very request say themselves who manages them. */
function followRenames(
  developers: Map<string, StoredDeveloper>,
  renamed: ReadonlyMap<string, string>,
  given: ReadonlyMap<number, string>,
  { columns }: Account,
  dialect: Dialect,
): void {
  const manager = columnOf(columns ?? [], "MANAGER_EMAIL");
  if (manager === undefined || renamed.size === 0) return;
  for (const [key, developer] of developers) {
    const now = renamed.get(keyOf(developer.values[manager] ?? "", dialect));
    if (now === undefined || given.has(developer.refId)) continue;
    const values = overlay(developer.values, strings([[manager, storedEmail(now, dialect)]]));
    developers.set(key, { ...developer, values });
  }
}
