import { isObject, places } from "./json.js";
import { CONSTANT, commonAttributeType, type MappingForm, rankIn, TYPE_NAMES } from "./mapping-entries.js";

/** A word that may be a type, or none yet. */
function mayBeType(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === "string" && (value === "" || CONSTANT.test(value)));
}

/**
 * Finds how the preview of an upload writes a mapping when it could not guess any type: by the columns that were
 * uploaded. A list whose entries have all of them, or an object with all of them as keys and only constants as values.
 *
 * @example
 * recogniseByColumns({ mappings: { Who: "UNMAPPED", Mail: "UNMAPPED" } }, ["Who", "Mail"])?.layout; // "columnToType"
 */
export function recogniseByColumns(body: unknown, columns: readonly string[]): MappingForm | null {
  for (const { path, value } of places(body)) {
    const container = path.at(-1) ?? null;
    const form = Array.isArray(value)
      ? listOfColumns(container, value, columns)
      : mapOfColumns(container, value, columns);
    if (form !== null) return form;
  }
  return null;
}

function listOfColumns(
  container: string | null,
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
    .map((name) => ({ name, rank: rankIn(TYPE_NAMES, name) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))[0]?.name;
  return {
    container,
    layout: "list",
    columnProperty,
    typeProperty: typeProperty ?? null,
    typeWords: new Map(),
    attributeType:
      typeProperty === undefined ? undefined : commonAttributeType(objects.map((one) => one[typeProperty])),
    entries: new Map(objects.map((one) => [String(one[columnProperty]), one])),
  };
}

function mapOfColumns(container: string | null, map: unknown, columns: readonly string[]): MappingForm | null {
  if (!isObject(map) || !columns.every((column) => Object.hasOwn(map, column) && mayBeType(map[column]))) return null;
  return {
    container,
    layout: "columnToType",
    columnProperty: "(key)",
    typeProperty: "(value)",
    typeWords: new Map(),
    attributeType: commonAttributeType(columns.map((column) => map[column])),
    entries: new Map(),
  };
}
