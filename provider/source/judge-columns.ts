import { columnsInUse } from "./columns-in-use.js";
import { columnsNotFound } from "./columns-not-found.js";
import type { Governing, RosterDocument } from "./document.js";
import type { Finding } from "./finding.js";
import { judgeDefaults } from "./judge-defaults.js";
import { judgeFieldLists } from "./judge-field-lists.js";
import type { GoverningEntry, ReadPolicy } from "./read-policy.js";

/** What says a name that may be judged, besides `defaults`. Most sources have none of it, and are large. */
const JUDGED: readonly Governing[] = ["fields", "manageFields", "ignoreFields"];

/**
 * Judges the names of columns by what the source as a whole uses. Without `fields`, the account says what its columns
 * are called; what can be seen without it is seen here.
 *
 * @param whole false when a part of the source could not be read
 */
export function judgeColumns(
  documents: readonly RosterDocument[],
  governing: ReadonlyMap<Governing, GoverningEntry>,
  { fields, fieldLimits }: ReadPolicy,
  whole: boolean,
): readonly Finding[] {
  const says = JUDGED.some((key) => governing.has(key)) || documents.some(({ defaults }) => defaults.length > 0);
  if (!says) return [];
  const used = columnsInUse(documents);
  return [
    ...(governing.has("fields") ? [] : judgeDefaults(documents, used, whole)),
    ...judgeFieldLists(governing, fields, used, whole),
    ...columnsNotFound(documents, governing.get("fields"), fields, fieldLimits, used),
  ];
}
