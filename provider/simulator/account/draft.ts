import { type Strings, strings } from "../../roster/strings.js";
import type { Dialect } from "../dialect/dialect.js";
import { Refusal } from "../rules/refusal.js";
import { newVersionId } from "../shapes/version-id-json.js";
import type { Account, Draft, DraftStatus } from "./account.js";
import type { Columns } from "./columns.js";
import { normalise } from "./normalise.js";

/** So many versions are kept; the oldest are forgotten, but never the one in force. */
const KEPT = 20;

/** The account with one more version. */
export function addDraft(
  account: Account,
  table: Pick<Draft, "header" | "rows" | "columns">,
  status: DraftStatus,
  dialect: Dialect,
): { readonly next: Account; readonly draft: Draft } {
  const draft: Draft = {
    id: newVersionId(account.nextVersion, dialect),
    status,
    ...table,
    revision: account.revision,
  };
  // With the drafts before it dropped, only what is or was in force is left.
  const stays = ({ status: one }: Draft) => dialect.olderDrafts === "kept" || one === "active" || one === "superseded";
  const kept = [...account.drafts.values()].filter(stays);
  for (let index = 0; kept.length >= KEPT && index < kept.length; ) {
    if (kept[index]?.status === "active") index += 1;
    else kept.splice(index, 1);
  }
  const drafts = new Map([...kept, draft].map((each) => [each.id, each]));
  return { next: { ...account, drafts, nextVersion: account.nextVersion + 1 }, draft };
}

/** @throws Refusal with the dialect's status for a version that does not exist */
export function draftOf(account: Account, versionId: string, dialect: Dialect): Draft {
  const draft = account.drafts.get(versionId);
  if (draft === undefined) throw new Refusal(dialect.unknownVersionStatus, `Unknown version: ${versionId}`);
  return draft;
}

/** The rows of a version as records of these columns, stored as the dialect stores them. */
export function recordsOf({ header, rows }: Draft, columns: Columns, dialect: Dialect): readonly Strings[] {
  return (rows ?? []).map((row) => normalise(strings(header.map((name, i) => [name, row[i] ?? ""])), columns, dialect));
}
