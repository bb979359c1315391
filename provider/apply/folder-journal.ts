import type { RenameEntry } from "../roster/rename-entry.js";
import { isObject } from "../sei/shape/json.js";
import { type EntryFolder, entryFolder } from "./entry-folder.js";
import { without } from "./journal.js";

/**
 * The journal of renames of one account, in a private folder.
 *
 * @param folder absolute; made when it is needed
 */
export function folderJournal(folder: string): EntryFolder<RenameEntry> {
  return entryFolder(folder, {
    name: "renames",
    what: "the renames",
    holds: "It remembers renames that an interrupted run began",
    remedy: "Once nobody is live under two addresses, remove it",
    isEntry,
    without,
  });
}

function isEntry(value: unknown): value is RenameEntry {
  return (
    isObject(value) &&
    typeof value["email"] === "string" &&
    typeof value["previousEmail"] === "string" &&
    Array.isArray(value["identities"]) &&
    value["identities"].every(
      (one: unknown) =>
        isObject(one) && Number.isSafeInteger(one["integrationId"]) && typeof one["identity"] === "string",
    )
  );
}
