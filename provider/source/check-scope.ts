import type { Day } from "../roster/day.js";
import type { DesiredDeveloper } from "../roster/developer.js";
import { DEFAULT_COLUMNS } from "../roster/field-mapping.js";
import { managedFields } from "../roster/managed-fields.js";
import { outsideScope } from "../roster/rules/outside-scope.js";
import type { Problem } from "../roster/rules/problem.js";
import type { GoverningEntry, ReadPolicy } from "./read-policy.js";
import { readScope } from "./read-scope.js";
import { entryOf, type Mark, type Tree } from "./tree.js";

/** Holds the declared developers against the scope of their source. What has the wrong shape the JSON Schema reports. */
export function checkScope(
  developers: readonly DesiredDeveloper[],
  given: GoverningEntry | undefined,
  { fields, fieldLimits }: Pick<ReadPolicy, "fields" | "fieldLimits">,
  { asOf, whole }: { readonly asOf: Day; readonly whole: boolean },
): readonly Problem[] {
  const tree = given?.entry.value;
  if (tree?.kind !== "map") return [];
  const scope = readScope({ ...tree, entries: tree.entries.filter(({ value }) => hasShape(value)) });
  const isManaged = managedFields(fieldLimits, fields ?? { ...DEFAULT_COLUMNS, attributes: [] });
  return outsideScope(developers, { scope, asOf, whole, isManaged });
}

function hasShape(value: Tree): boolean {
  return value.kind === "list" ? value.items.every(({ kind }) => kind === "text") : value.kind === "text";
}

/** Where a column of the scope stands. */
export function markOfScope({ entry }: GoverningEntry, column: string): Mark {
  return entryOf(entry.value, column)?.mark ?? entry.mark;
}
