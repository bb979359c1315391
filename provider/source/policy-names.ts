import { columnKey, type FieldMapping } from "../roster/field-mapping.js";
import { nearest } from "../roster/rules/nearest.js";
import type { Governing } from "./document.js";
import type { Finding } from "./finding.js";
import type { GoverningEntry } from "./read-policy.js";
import { listed, printable, quoted } from "./show.js";
import type { Mark } from "./tree.js";

/** Fields that have a name of ours, whatever the account calls their columns. */
export const OURS = ["name", "manager", "identities"];

/**
 * Checks the columns that `scope` and `manageFields` name against `fields`. A slip there would own nobody, or manage
 * nothing. `ignoreFields` may name columns that no field knows: those of an export that is wider than the account.
 */
export function checkNames(
  given: ReadonlyMap<Governing, GoverningEntry>,
  fields: FieldMapping | null,
): readonly Finding[] {
  if (fields === null) return [];
  const findings: Finding[] = [];
  const scope = given.get("scope");
  if (scope?.entry.value.kind === "map") {
    const attributes = knownOf(fields.attributes);
    for (const { key, mark } of scope.entry.value.entries) {
      findings.push(...check(key, mark, attributes, scope));
    }
  }
  const manage = given.get("manageFields");
  if (manage?.entry.value.kind === "list") {
    const known = knownOf([...OURS, fields.name, fields.managerEmail, ...fields.attributes]);
    for (const item of manage.entry.value.items) {
      if (item.kind === "text") findings.push(...check(item.text, item.mark, known, manage));
    }
  }
  return findings;
}

/** The names that can stand there, and their keys. */
interface Known {
  readonly known: readonly string[];
  readonly keys: ReadonlySet<string>;
}

function knownOf(known: readonly string[]): Known {
  return { known, keys: new Set(known.map(columnKey)) };
}

function check(
  name: string,
  mark: Mark,
  { known, keys }: Known,
  { origin, entry }: GoverningEntry,
): readonly Finding[] {
  if (name.trim() === "" || keys.has(columnKey(name))) return [];
  const meant = nearest(name, known);
  const hint = meant === null ? knownHint(known) : `did you mean ${quoted(meant)}?`;
  return [
    origin.finding(mark, "UNKNOWN_COLUMN", `${quoted(name)} in \`${entry.key}\` is no column of \`fields\``, hint),
  ];
}

function knownHint(known: readonly string[]): string {
  return known.length === 0
    ? "`fields` has no attributes: add it to fields.attributes, as the account shows it"
    : `known: ${listed(known, printable)}`;
}
