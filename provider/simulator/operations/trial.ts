import type { Account, Draft } from "../account/account.js";
import { type Columns, columnOf } from "../account/columns.js";
import { recordsOf } from "../account/draft.js";
import { keyOf } from "../account/normalise.js";
import { succeeds } from "../account/ordered.js";
import { identitiesAfter, type Replaced, replaceDevelopers } from "../account/replace-developers.js";
import { checkOrgTreeFields } from "../rules/check-fields.js";
import { checkRecords } from "../rules/check-records.js";
import type { ValidationError } from "../rules/validation-error.js";
import type { Simulation } from "../simulation.js";
import { prepareLists } from "./find-developers.js";

/** What the dataset would be with a version in force, and what is wrong with it. */
export interface Trial {
  readonly replaced: Replaced;
  readonly errors: readonly ValidationError[];
}

export function tryVersion(
  account: Account,
  draft: Draft,
  columns: Columns,
  mode: "replace" | "merge",
  { dialect, orgTreeFields }: Simulation,
): Trial {
  const given = recordsOf(draft, columns, dialect);
  const replaced = replaceDevelopers(account, given, columns, mode, dialect);
  const errors = [
    ...checkOrgTreeFields(replaced.columns, orgTreeFields),
    // The rows themselves are checked: in the dataset, two of one email are one developer already.
    ...checkRecords([...given, ...leftAlone(replaced, given, columns, mode, dialect)], replaced.columns, dialect),
  ];
  return { replaced, errors };
}

/** Those whom a merge does not name: managers and cycles are looked up among them as well. */
function leftAlone(
  { developers }: Replaced,
  given: ReturnType<typeof recordsOf>,
  columns: Columns,
  mode: "replace" | "merge",
  dialect: Simulation["dialect"],
): ReturnType<typeof recordsOf> {
  if (mode === "replace") return [];
  const email = columnOf(columns, "EMAIL") ?? "";
  const named = new Set(given.map((record) => keyOf(record[email] ?? "", dialect)));
  return [...developers].filter(([key]) => !named.has(key)).map(([, { values }]) => values);
}

/** The account with a version in force. */
export function putInForce(account: Account, draft: Draft, { replaced }: Trial, { dialect }: Simulation): Account {
  const { columns, developers, nextRefId } = replaced;
  const drafts = new Map(account.drafts);
  const before = account.active === null ? undefined : drafts.get(account.active);
  if (before !== undefined) drafts.set(before.id, { ...before, status: "superseded" });
  // The rows are needed again only where an old version can be put back.
  const rows = dialect.reactivate ? draft.rows : null;
  drafts.set(draft.id, { ...draft, rows, columns, status: "active" });
  succeeds(developers, account.developers);
  prepareLists({ ...account, columns, developers }, dialect);
  return {
    ...account,
    columns,
    developers,
    nextRefId,
    drafts,
    identities: identitiesAfter(account.identities, developers, account.developers.keys(), dialect),
    active: draft.id,
    revision: account.revision + 1,
  };
}
