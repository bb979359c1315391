import type { FieldMapping } from "../roster/field-mapping.js";
import { fieldKey } from "../roster/managed-fields.js";
import { type ColumnsInUse, slipFinder } from "./columns-in-use.js";
import type { Governing } from "./document.js";
import type { Finding } from "./finding.js";
import { OURS } from "./policy-names.js";
import type { GoverningEntry } from "./read-policy.js";
import { quoted } from "./show.js";
import type { TextTree } from "./tree.js";

/**
 * Judges the names in `manageFields` and `ignoreFields` as far as they can be without an account: a name that nobody
 * uses and that is like one in use, and a name in both lists.
 *
 * @param whole false when a part of the source could not be read: then nobody knows which columns it uses
 */
export function judgeFieldLists(
  given: ReadonlyMap<Governing, GoverningEntry>,
  fields: FieldMapping | null,
  used: ColumnsInUse,
  whole: boolean,
): readonly Finding[] {
  const manage = given.get("manageFields");
  const ignore = given.get("ignoreFields");
  const slips = (entry: GoverningEntry | undefined): readonly Finding[] => {
    if (entry === undefined || !whole) return [];
    const columns = fields === null ? [] : [fields.name, fields.email, fields.managerEmail, ...fields.attributes];
    const likeOne = slipFinder([...OURS, ...columns, ...used.all.values()]);
    return namesOf(entry).flatMap((name) => slip(name, entry, likeOne));
  };
  return [
    // With `fields`, every name in `manageFields` must be one of them: that is judged with the others.
    ...(fields === null ? slips(manage) : []),
    ...slips(ignore),
    ...(manage === undefined || ignore === undefined ? [] : inBoth(manage, ignore, fields)),
  ];
}

function namesOf({ entry }: GoverningEntry): readonly TextTree[] {
  return entry.value.kind === "list" ? entry.value.items.filter((item) => item.kind === "text") : [];
}

function slip(
  { text, mark }: TextTree,
  { origin, entry }: GoverningEntry,
  likeOne: (name: string) => string | null,
): readonly Finding[] {
  const like = likeOne(text);
  if (like === null) return [];
  const message = `nobody has the field ${quoted(text)} in \`${entry.key}\`, and there is ${quoted(like)}`;
  return [origin.warning(mark, "LIKELY_SLIP", message, `did you mean ${quoted(like)}?`)];
}

function inBoth(manage: GoverningEntry, ignore: GoverningEntry, fields: FieldMapping | null): readonly Finding[] {
  const managed = new Map(namesOf(manage).map((name) => [fieldKey(name.text, fields), name] as const));
  return namesOf(ignore).flatMap(({ text, mark }): Finding[] => {
    const other = managed.get(fieldKey(text, fields));
    if (other === undefined) return [];
    const message = `${quoted(text)} stands in \`ignoreFields\` and in \`manageFields\` (${manage.origin.says(other.mark)})`;
    return [ignore.origin.finding(mark, "IN_BOTH_LISTS", message, "keep it in one of them")];
  });
}
