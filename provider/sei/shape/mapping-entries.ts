import { columnKey } from "../../roster/field-mapping.js";
import { isObject, isScalar, type JsonObject, places } from "./json.js";
import { CORE_TYPES, type CoreType, coreTypeOf, isSystemName } from "./names.js";

/** How an answer writes down a field mapping. A save in the same form is the one most likely to be taken. */
export interface MappingForm {
  /** The way to the property that holds the mapping; empty when it is the whole body. */
  readonly path: readonly string[];
  readonly layout: "list" | "typeToColumn" | "columnToType";
  /** Of a list: the property with the column. */
  readonly columnProperty: string;
  /** Of a list: the property with the type; null when the answer gives columns only. */
  readonly typeProperty: string | null;
  /** The server's words for the three types, where it used any: `FULL_NAME`, `name`. */
  readonly typeWords: ReadonlyMap<CoreType, string>;
  /** What stands for the type of a column that is none of the three; undefined when it is not known. */
  readonly attributeType: unknown;
  /** Of a list: the entries as they came, by column, to be sent back with their types set. */
  readonly entries: ReadonlyMap<string, JsonObject>;
}

/** One column that the answer speaks of. */
export interface MappingEntry {
  readonly column: string;
  /** As the answer writes it; null when it does not say. */
  readonly type: string | null;
  readonly aliases: readonly string[];
}

export interface RecognisedMapping {
  readonly form: MappingForm;
  readonly entries: readonly MappingEntry[];
}

const CONTAINERS = [
  "fieldMappings",
  "fieldMapping",
  "mappings",
  "mapping",
  "fields",
  "schema",
  "columns",
  "columnMappings",
  "developerFields",
  "headers",
  "csvHeaders",
  "csvColumns",
  "columnNames",
  "data",
  "content",
  "items",
  "records",
  "results",
];
/** Surely the column of the CSV. */
const COLUMN_NAMES = [
  "columnName",
  "csvColumnName",
  "csvColumn",
  "csvHeader",
  "csvHeaderName",
  "csvField",
  "csvFieldName",
  "headerName",
  "header",
  "sourceColumn",
  "sourceField",
  "column",
  "source",
];
/** The column, when none of those is there. */
const SECOND_COLUMN_NAMES = ["name", "fieldName", "field", "key", "displayName", "label", "title", "(key)", "(value)"];
export const TYPE_NAMES = [
  "fieldType",
  "mappedFieldType",
  "suggestedFieldType",
  "mappingType",
  "columnType",
  "type",
  "targetField",
  "target",
  "mappedTo",
  "mappedField",
  "mapping",
  "systemField",
  "developerField",
  "seiField",
  "role",
  "fieldName",
  "field",
  "key",
  "name",
];
/** Lists of attribute columns that may stand beside a mapping of the core fields. */
const ATTRIBUTE_LISTS = [
  "attributes",
  "customFields",
  "customColumns",
  "custom",
  "additionalFields",
  "additionalColumns",
];
export const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/**
 * Finds the field mapping in an answer, without knowing its names for certain: an array of entries, an object from type
 * to column, or one from column to type, at the root or at most three objects down. An array counts when its entries
 * have a type (EMAIL and another one of the three), or when it stands under a usual name or at the root and has a
 * column that is clearly the email. null: nothing of the kind.
 *
 * @example
 * recogniseMapping({ fieldMappings: [{ columnName: "Mail", fieldType: "EMAIL" }, { columnName: "Who", fieldType: "NAME" }] })
 *   ?.entries; // [{ column: "Mail", type: "EMAIL", aliases: [] }, { column: "Who", type: "NAME", aliases: [] }]
 */
export function recogniseMapping(body: unknown): RecognisedMapping | null {
  const ranked = places(body)
    .map((place) => ({ ...place, rank: containerRank(place.path) }))
    .sort((a, b) => a.rank - b.rank || a.path.length - b.path.length);
  const typed = ranked.map(({ path, value }) => recogniseAt(path, value, true));
  const sure = typed.find((one) => one !== null);
  const found =
    sure ??
    ranked
      .filter(({ path, rank }) => path.length === 0 || rank < CONTAINERS.length)
      .map(({ path, value }) => recogniseAt(path, value, false))
      .find((one) => one !== null) ??
    null;
  return found === null
    ? null
    : withListedAttributes(
        found,
        ranked.map(({ value }) => value),
      );
}

function containerRank(path: readonly string[]): number {
  const name = path.at(-1);
  if (name === undefined) return 0;
  const rank = CONTAINERS.indexOf(name);
  return rank === -1 ? CONTAINERS.length : rank;
}

function recogniseAt(path: readonly string[], value: unknown, typedOnly: boolean): RecognisedMapping | null {
  if (Array.isArray(value)) {
    if (value.length === 0) return null;
    if (value.every(isObject)) return recogniseList(path, value, "list", typedOnly);
    const columns = value.filter((one) => typeof one === "string");
    if (typedOnly || columns.length !== value.length) return null;
    return recogniseList(
      path,
      columns.map((column) => ({ "(value)": column })),
      "list",
      false,
    );
  }
  return isObject(value) ? recogniseMap(path, value, typedOnly) : null;
}

/**
 * Objects by key are entries too, whose key is one more property. An object whose keys are only loosely types (`name`,
 * `email`, `managerEmail`) counts when its values are no addresses: else it is a developer.
 */
function recogniseMap(path: readonly string[], map: JsonObject, typedOnly: boolean): RecognisedMapping | null {
  const entries = withoutRemarks(map).flatMap(([key, value]): JsonObject[] => {
    if (isObject(value)) return [{ "(key)": key, ...value }];
    if (Array.isArray(value)) {
      const columns = value.filter((one) => typeof one === "string");
      return columns.map((one) => ({ "(key)": key, "(value)": one, "(list)": true }));
    }
    return typeof value === "string" || value === null ? [{ "(key)": key, "(value)": value }] : [];
  });
  const found = typedOnly ? recogniseList(path, entries, "list", true) : looseMap(path, entries);
  if (found === null) return null;
  const { columnProperty, typeProperty } = found.form;
  const layout = typeProperty === "(key)" ? "typeToColumn" : columnProperty === "(key)" ? "columnToType" : null;
  return layout === null ? null : { ...found, form: { ...found.form, layout } };
}

/** `status: "SUCCESS"` beside a mapping is no column, unless it has a type that another column has too. */
function withoutRemarks(map: JsonObject): readonly (readonly [string, unknown])[] {
  const all = Object.entries(map);
  return all.filter(
    ([key, value]) =>
      !REMARKS.has(key) || (value !== null && all.some(([other, one]) => other !== key && one === value)),
  );
}

function looseMap(path: readonly string[], entries: readonly JsonObject[]): RecognisedMapping | null {
  const types = coreTypesIn(entries.map((one) => String(one["(key)"])));
  const people = entries.some((one) =>
    Object.values(one).some((value) => typeof value === "string" && value.includes("@")),
  );
  if (people || !types.has("EMAIL") || types.size < 2) return null;
  return recogniseList(path, entries, "list", false, "(key)");
}

function recogniseList(
  path: readonly string[],
  objects: readonly JsonObject[],
  layout: MappingForm["layout"],
  typedOnly: boolean,
  knownTypeProperty: string | null = null,
): RecognisedMapping | null {
  const properties = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const texts = new Map(properties.map((name) => [name, objects.map((one) => one[name])]));
  const typeProperty = knownTypeProperty ?? findTypeProperty(texts);
  if (typeProperty === null && typedOnly) return null;
  const columnProperty = findColumnProperty(texts, typeProperty);
  if (columnProperty === null) return null;
  const aliasProperties = [...texts]
    .filter(([name, values]) => name !== columnProperty && name !== typeProperty && areDistinct(values))
    .map(([name]) => name);
  const entries = objects.flatMap((object): MappingEntry[] => {
    const column = object[columnProperty];
    if (typeof column !== "string" || column.trim() === "") return [];
    const type = typeProperty === null ? null : object[typeProperty];
    const aliases = aliasProperties.map((name) => object[name]).filter((one) => typeof one === "string");
    return [
      {
        column,
        type: typeof type === "string" ? type : null,
        aliases: aliases.filter((one) => one !== column && one !== ""),
      },
    ];
  });
  if (typeProperty === null && !entries.some((entry) => isEmailColumn(entry))) return null;
  const byColumn = objects.map((object): [string, JsonObject] => [String(object[columnProperty]), object]);
  const attributeType =
    typeProperty === null ? undefined : commonAttributeType(objects.map((one) => one[typeProperty]));
  return {
    form: {
      path,
      layout,
      columnProperty,
      typeProperty,
      typeWords: typeWordsOf(entries),
      attributeType,
      entries: new Map(byColumn),
    },
    entries,
  };
}

function isEmailColumn(entry: MappingEntry): boolean {
  return [entry.column, ...entry.aliases].some((name) => coreTypeOf(name) === "EMAIL");
}

function typeWordsOf(entries: readonly MappingEntry[]): ReadonlyMap<CoreType, string> {
  const words = new Map<CoreType, string>();
  for (const { type } of entries) {
    const core = type === null ? null : coreTypeOf(type);
    if (type !== null && core !== null && !words.has(core)) words.set(core, type);
  }
  return words;
}

/** The property whose values are EMAIL and at least one other of the three: as constants, or loosely under a usual name. */
function findTypeProperty(texts: ReadonlyMap<string, readonly unknown[]>): string | null {
  const explicitColumn = [...texts.keys()].some((name) => rankIn(COLUMN_NAMES, name) !== null);
  const candidates = [...texts].flatMap(([name, values]) => {
    const strings = values.filter((one) => typeof one === "string");
    const constants = coreTypesIn(strings.filter((one) => CONSTANT.test(one)));
    const loose = coreTypesIn(strings);
    const isType = rankIn(TYPE_NAMES, name);
    const isColumn = rankIn(COLUMN_NAMES, name) !== null;
    const certain = constants.has("EMAIL") && constants.size > 1;
    const likely = loose.has("EMAIL") && loose.size > 1 && isType !== null && !isColumn && explicitColumn;
    if (!certain && !likely) return [];
    return [{ name, order: (certain ? 0 : 1000) + (isColumn ? 500 : (isType ?? 100)) }];
  });
  const [best] = candidates.sort((a, b) => a.order - b.order);
  if (best === undefined) return null;
  // A list with nothing but columns called NAME and EMAIL has no types.
  return findColumnProperty(texts, best.name) === null ? null : best.name;
}

function coreTypesIn(texts: readonly string[]) {
  return new Set(texts.map(coreTypeOf).filter((type) => type !== null));
}

function findColumnProperty(
  texts: ReadonlyMap<string, readonly unknown[]>,
  typeProperty: string | null,
): string | null {
  const candidates = [...texts].flatMap(([name, values]) => {
    if (name === typeProperty || !areDistinct(values)) return [];
    const first = rankIn(COLUMN_NAMES, name);
    const second = rankIn(SECOND_COLUMN_NAMES, name);
    return [{ name, order: first ?? (second === null ? 200 : 100 + second) }];
  });
  return candidates.sort((a, b) => a.order - b.order)[0]?.name ?? null;
}

/** Texts that tell the entries apart. Blank ones may repeat: a type that no column is mapped to. */
function areDistinct(values: readonly unknown[]): boolean {
  const strings = values.filter((one) => typeof one === "string" && one.trim() !== "");
  const nothingElse = values.every((one) => one === null || one === undefined || typeof one === "string");
  return nothingElse && new Set(strings).size === strings.length && (strings.length > 0 || values.length > 0);
}

export function rankIn(names: readonly string[], name: string): number | null {
  const rank = names.findIndex((one) => one === name || (!one.startsWith("(") && columnKey(one) === columnKey(name)));
  return rank === -1 ? null : rank;
}

export function commonAttributeType(values: readonly unknown[]): unknown {
  const others = values.filter((one) => typeof one !== "string" || coreTypeOf(one) === null);
  const counts = new Map<unknown, number>();
  for (const one of others) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** `{ name: "Name", email: "Email", attributes: ["Team"] }`: the attributes stand beside the core fields. */
function withListedAttributes(found: RecognisedMapping, values: readonly unknown[]): RecognisedMapping {
  const lists = values
    .filter(isObject)
    .flatMap((object) => Object.entries(object))
    .filter(
      ([key, value]) => Array.isArray(value) && ATTRIBUTE_LISTS.some((name) => columnKey(name) === columnKey(key)),
    )
    .flatMap(([, value]) => value as readonly unknown[]);
  const listed = lists
    .map((one) => (isObject(one) ? (one["columnName"] ?? one["name"]) : one))
    .filter((one) => typeof one === "string");
  const known = new Set(found.entries.map(({ column }) => column));
  const more = [...new Set(listed)].filter((column) => !known.has(column) && column !== "");
  return { ...found, entries: [...found.entries, ...more.map((column) => ({ column, type: null, aliases: [] }))] };
}

/** Remarks of an answer, which are no columns. */
const REMARKS = new Set([
  "status",
  "message",
  "code",
  "success",
  "total",
  "totalCount",
  "totalElements",
  "count",
  "pageIndex",
  "pageSize",
  "version",
  "versionId",
  "uploadId",
  "correlationId",
  "requestId",
  "traceId",
  "timestamp",
  "accountId",
  "accountIdentifier",
]);

/** Whether an answer has nothing in it: null, {}, [], or only empty lists and remarks such as `status`. */
export function isEmptyAnswer(body: unknown): boolean {
  if (body === null || body === undefined || body === "") return true;
  if (Array.isArray(body)) return body.length === 0;
  if (!isObject(body)) return false;
  return Object.entries(body).every(([key, value]) =>
    isScalar(value) ? REMARKS.has(key) || isSystemName(key) : isEmptyAnswer(value),
  );
}

/** Whether the mapping names the three types and no column for them: the account's blank form, not a mapping. */
export function isUnmapped(found: RecognisedMapping): boolean {
  const types = found.entries.map(({ type }) => (type === null ? null : coreTypeOf(type)));
  return found.form.typeProperty !== null && !CORE_TYPES.some((type) => types.includes(type));
}
