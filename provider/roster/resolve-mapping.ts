import type { MapFieldChange } from "./change.js";
import type { DesiredRoster } from "./desired-roster.js";
import {
  columnKey,
  columnsOf,
  DEFAULT_COLUMNS,
  type DeclaredMapping,
  type FieldMapping,
  mappingOf,
} from "./field-mapping.js";
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
 * underscores, and a live column that is not declared stays: only what `dropColumns` names goes. A column of
 * `renameColumns`, and a NAME, EMAIL or MANAGER_EMAIL under a name that no live column has, keeps its values.
 *
 * @param managedColumns what an earlier apply declared: one that is left out now is planned to go, for the guards to judge
 */
export function resolveMapping(
  desired: DesiredRoster,
  live: FieldMapping | null,
  managedColumns: readonly string[] = [],
): ResolvedMapping {
  const used = attributesUsed(desired);
  if (live === null) {
    const core = new Set(Object.values(DEFAULT_COLUMNS).map(columnKey));
    const free = used.filter((column) => !core.has(columnKey(column)));
    const mapping = mappingOf(desired.fields ?? { ...DEFAULT_COLUMNS, attributes: free });
    return { mapping, changes: changesBetween(null, mapping), unknownAttributes: missingFrom(mapping, used) };
  }
  if (desired.fields === null) return { mapping: live, changes: [], unknownAttributes: missingFrom(live, used) };
  const renamed = renamedColumns(desired.fields, live);
  const mapping = mergeMapping(desired.fields, live, renamed, managedColumns);
  return { mapping, changes: changesBetween(live, mapping, renamed), unknownAttributes: missingFrom(mapping, used) };
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

/**
 * The live columns that get another name, with that name. A name that another live column has already is nobody's to
 * take, and a column that has its new spelling is done.
 */
function renamedColumns(declared: DeclaredMapping, live: FieldMapping): ReadonlyMap<string, string> {
  const bySpelling = new Map(columnsOf(live).map(([column]) => [columnKey(column), column]));
  const renamed = new Map<string, string>();
  for (const [from, to] of Object.entries(declared.renameColumns ?? {})) {
    const old = bySpelling.get(columnKey(from));
    const isTaken = columnKey(from) !== columnKey(to) && bySpelling.has(columnKey(to));
    if (old !== undefined && old !== to && !isTaken) renamed.set(old, to);
  }
  // A field under a name that no live column has is the same field, called otherwise.
  for (const field of ["name", "email", "managerEmail"] as const) {
    const [old, now] = [live[field], declared[field]];
    const isKnown =
      bySpelling.has(columnKey(now)) || [...renamed.values()].some((to) => columnKey(to) === columnKey(now));
    const isKept = declared.attributes.some((column) => columnKey(column) === columnKey(old));
    if (!isKnown && !isKept && !renamed.has(old)) renamed.set(old, now);
  }
  return renamed;
}

function mergeMapping(
  declared: DeclaredMapping,
  live: FieldMapping,
  renamed: ReadonlyMap<string, string>,
  managedColumns: readonly string[],
): FieldMapping {
  const now = (column: string) => renamed.get(column) ?? column;
  const bySpelling = new Map(columnsOf(live).map(([column]) => [columnKey(now(column)), now(column)]));
  const spelling = (column: string) => bySpelling.get(columnKey(column)) ?? column;
  const core = {
    name: spelling(declared.name),
    email: spelling(declared.email),
    managerEmail: spelling(declared.managerEmail),
  };
  const taken = new Set([core.name, core.email, core.managerEmail].map(columnKey));
  const listed = new Set(declared.attributes.map(columnKey));
  const going = new Set([...(declared.dropColumns ?? []), ...managedColumns].map(columnKey));
  const stays = (column: string) =>
    !taken.has(columnKey(column)) && (listed.has(columnKey(column)) || !going.has(columnKey(column)));
  const attributes = live.attributes.map(now).filter(stays);
  const known = new Set([...taken, ...attributes.map(columnKey)]);
  const further = declared.attributes.filter((column) => !known.has(columnKey(column))).map(spelling);
  return { ...core, attributes: [...attributes, ...further] };
}

function changesBetween(
  before: FieldMapping | null,
  after: FieldMapping,
  renamed: ReadonlyMap<string, string> = new Map(),
): readonly MapFieldChange[] {
  const old = new Map(before === null ? [] : columnsOf(before));
  const next = new Map(columnsOf(after));
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  const set = [...next].flatMap(([column, type]): MapFieldChange[] => {
    const was = old.get(column) ?? null;
    if (was === type) return [];
    const from = was === null ? oldNames.get(column) : undefined;
    return [
      { kind: "mapField", column, before: was, after: type, ...(from === undefined ? {} : { renamedFrom: from }) },
    ];
  });
  const dropped = [...old].flatMap(([column, type]): MapFieldChange[] => {
    if (next.has(column)) return [];
    const to = renamed.get(column);
    const isRenamed = to !== undefined && next.has(to);
    return [{ kind: "mapField", column, before: type, after: null, ...(isRenamed ? { renamedTo: to } : {}) }];
  });
  return [...set, ...dropped];
}
