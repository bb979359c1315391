import { columnKey } from "../roster/field-mapping.js";
import { type ColumnsInUse, slipFinder } from "./columns-in-use.js";
import type { RosterDocument, WrittenColumn } from "./document.js";
import type { Finding } from "./finding.js";
import { keyMeant, wordOf } from "./key-meant.js";
import type { Origin } from "./origin.js";
import { quoted } from "./show.js";

/**
 * Judges the names in `defaults` of a source without `fields`, where every name makes a column. A name that some
 * developer uses too is fine.
 *
 * @param whole false when a part of the source could not be read: then nobody knows which columns it uses
 */
export function judgeDefaults(
  documents: readonly RosterDocument[],
  used: ColumnsInUse,
  whole: boolean,
): readonly Finding[] {
  const likeOne = slipFinder(used.ofDevelopers.values());
  return documents.flatMap(({ origin, defaults }) =>
    defaults
      .filter(({ column }) => !used.ofDevelopers.has(columnKey(column)))
      .flatMap((written) => judge(written, origin, likeOne, whole)),
  );
}

function judge(
  { column, mark }: WrittenColumn,
  origin: Origin,
  likeOne: (name: string) => string | null,
  whole: boolean,
): readonly Finding[] {
  const meant = keyMeant(column);
  if (meant !== null && isSaid(column, meant)) {
    const message = `${quoted(column)} in \`defaults\` would be a column; nobody's ${meant} comes from there`;
    return [origin.finding(mark, "UNKNOWN_KEY", message, ownHint(meant))];
  }
  if (!whole) return [];
  const like = likeOne(column);
  if (like !== null) {
    const message = `no developer has the column ${quoted(column)} of \`defaults\`, and some have ${quoted(like)}`;
    return [origin.warning(mark, "LIKELY_SLIP", message, `did you mean ${quoted(like)}?`)];
  }
  if (meant === null) return [];
  const message = `no developer has the column ${quoted(column)} of \`defaults\`, which is like \`${meant}\``;
  return [origin.warning(mark, "LIKELY_SLIP", message, ownHint(meant))];
}

/** Whether a column is called as one of our keys is, and not only nearly so. */
function isSaid(column: string, meant: string): boolean {
  const key = wordOf(column);
  return key === columnKey(meant) || NAMES.includes(key);
}

const NAMES = ["fullname", "manageremail", "managersemail"];

function ownHint(meant: string): string {
  const where = meant === "email" ? "the email is the key of a developer" : `write \`${meant}\` for each developer`;
  return `${where}; \`defaults\` are for the other columns`;
}
