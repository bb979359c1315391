import { join } from "node:path";
import { checksum } from "../roster/checksum.js";
import type { Target } from "../roster/target.js";
import { cacheFolder } from "./cache-folder.js";
import { folderJournal } from "./folder-journal.js";
import type { RenameJournal } from "./journal.js";
import { folderValues } from "./values-journal.js";

/** The journals of one account, in the user's cache folder. */
export function renameJournal(target: Target): RenameJournal {
  const account = checksum(target);
  return {
    ...folderJournal(join(cacheFolder(), "renames", account)),
    values: folderValues(join(cacheFolder(), "values", account)),
  };
}
