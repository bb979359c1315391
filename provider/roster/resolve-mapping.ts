import type { MapFieldChange } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import { columnKey, columnsOf, DEFAULT_COLUMNS, type FieldMapping } from "./field-mapping.js";
import { byText } from "./strings.js";

/** The field mapping that holds after the apply, and what has to change for it. */
export interface ResolvedMapping {
  readonly mapping: FieldMapping;
  readonly changes: readonly MapFieldChange[];
  /** Attributes that somebody declares and no column can hold. */
  readonly unknownAttributes: readonly string[];
}

/**
 * Decides the field mapping. A live column keeps its spelling when the declared one differs only in case, spaces or
 * underscores, and a live column that is not declared stays: columns are added, never dropped by leaving them out.
 */
export function resolveMapping(desired: DesiredRoster, live: FieldMapping | null): ResolvedMapping {
  const used = attributesUsed(desired);
  if (live === null) {
    const core = new Set(Object.values(DEFAULT_COLUMNS).map(columnKey));
    const free = used.filter((column) => !core.has(columnKey(column)));
    const mapping = desired.fields ?? { ...DEFAULT_COLUMNS, attributes: free };
    return { mapping, changes: changesBetween(null, mapping), unknownAttributes: missingFrom(mapping, used) };
  }
  if (desired.fields === null) return { mapping: live, changes: [], unknownAttributes: missingFrom(live, used) };
  const mapping = mergeMapping(desired.fields, live);
  return { mapping, changes: changesBetween(live, mapping), unknownAttributes: missingFrom(mapping, used) };
}

/**
 * The column of a mapping that an attribute name means, however it is spelled; undefined when there is none.
 *
 * @example
 * attributeColumns(mapping).get(columnKey("sub_role")); // "Sub Role"
 */
export function attributeColumns(mapping: FieldMapping): ReadonlyMap<string, string> {
  return new Map(mapping.attributes.map((column) => [columnKey(column), column]));
}

function attributesUsed(desired: DesiredRoster): readonly string[] {
  const used = new Set<string>();
  for (const developer of desired.developers.values()) {
    for (const column of Object.keys(developer.attributes)) used.add(column);
  }
  return [...used].sort(byText);
}

function missingFrom(mapping: FieldMapping, used: readonly string[]): readonly string[] {
  const known = attributeColumns(mapping);
  return used.filter((column) => !known.has(columnKey(column)));
}

function mergeMapping(declared: FieldMapping, live: FieldMapping): FieldMapping {
  const spelling = (declaredColumn: string, liveColumn: string) =>
    columnKey(declaredColumn) === columnKey(liveColumn) ? liveColumn : declaredColumn;
  const core = {
    name: spelling(declared.name, live.name),
    email: spelling(declared.email, live.email),
    managerEmail: spelling(declared.managerEmail, live.managerEmail),
  };
  const taken = new Set([core.name, core.email, core.managerEmail].map(columnKey));
  const attributes = live.attributes.filter((column) => !taken.has(columnKey(column)));
  const known = new Set([...taken, ...attributes.map(columnKey)]);
  return { ...core, attributes: [...attributes, ...declared.attributes.filter((c) => !known.has(columnKey(c)))] };
}

function changesBetween(before: FieldMapping | null, after: FieldMapping): readonly MapFieldChange[] {
  const old = new Map(before === null ? [] : columnsOf(before));
  const next = new Map(columnsOf(after));
  const set = [...next].flatMap(([column, type]): MapFieldChange[] => {
    const was = old.get(column) ?? null;
    return was === type ? [] : [{ kind: "mapField", column, before: was, after: type }];
  });
  const dropped = [...old].flatMap(([column, type]): MapFieldChange[] =>
    next.has(column) ? [] : [{ kind: "mapField", column, before: type, after: null }],
  );
  return [...set, ...dropped];
}
