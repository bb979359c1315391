import { isObject, places } from "./json.js";
import { CONSTANT, commonAttributeType, type MappingForm, rankIn, TYPE_NAMES } from "./mapping-entries.js";

/** A word that may be a type, or none yet. */
function mayBeType(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && (value === "" || CONSTANT.test(value)));
}

/**
 * Finds how the preview of an upload writes a mapping when it could not guess any type: by the columns that were
 * uploaded. A list whose entries have all of them, or an object with all of them as keys and only constants as values, or as its
 * values.
 *
 * @example
 * recogniseByColumns({ mappings: { Who: "UNMAPPED", Mail: "UNMAPPED" } }, ["Who", "Mail"])?.layout; // "columnToType"
 */
export function recogniseByColumns(body: unknown, columns: readonly string[]): MappingForm | null {
  for (const { path, value } of places(body)) {
    const form = Array.isArray(value) ? listOfColumns(path, value, columns) : mapOfColumns(path, value, columns);
    if (form !== null) return form;
  }
  return null;
}

function listOfColumns(
  path: readonly string[],
  list: readonly unknown[],
  columns: readonly string[],
): MappingForm | null {
  const objects = list.filter(isObject);
  const properties = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const columnProperty = properties.find((name) => {
    const values = new Set(objects.map((one) => one[name]));
    return columns.every((column) => values.has(column));
  });
  if (objects.length < list.length || columnProperty === undefined) return null;
  const typeProperty = properties
    .filter((name) => name !== columnProperty && objects.every((one) => mayBeType(one[name])))
    .flatMap((name) => {
      const rank = rankIn(TYPE_NAMES, name);
      return rank === null ? [] : [{ name, rank }];
    })
    .sort((a, b) => a.rank - b.rank)[0]?.name;
  return {
    path,
    layout: "list",
    columnProperty,
    typeProperty: typeProperty ?? null,
    typeWords: new Map(),
    attributeType:
      typeProperty === undefined ? undefined : commonAttributeType(objects.map((one) => one[typeProperty])),
    entries: new Map(objects.map((one) => [String(one[columnProperty]), one])),
  };
}

function mapOfColumns(path: readonly string[], map: unknown, columns: readonly string[]): MappingForm | null {
  if (!isObject(map)) return null;
  const common = { path, typeWords: new Map(), attributeType: undefined };
  if (columns.every((column) => Object.hasOwn(map, column) && mayBeType(map[column]))) {
    const attributeType = commonAttributeType(columns.map((column) => map[column]));
    const names = { columnProperty: "(key)", typeProperty: "(value)" };
    return { ...common, ...names, attributeType, layout: "columnToType", entries: new Map() };
  }
  const entries = Object.entries(map).flatMap(([key, value]) => {
    const named = Array.isArray(value) ? value : [value];
    const columnsHere = named.filter((column) => typeof column === "string");
    return columnsHere.map((column) => [column, { "(key)": key, "(list)": Array.isArray(value) }] as const);
  });
  const byColumn = new Map(entries);
  if (!columns.every((column) => byColumn.has(column)) || !Object.keys(map).every((key) => CONSTANT.test(key)))
    return null;
  return { ...common, columnProperty: "(value)", typeProperty: "(key)", layout: "typeToColumn", entries: byColumn };
}
