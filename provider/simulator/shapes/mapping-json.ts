import { type Column, type Columns, type ColumnType, ESSENTIAL } from "../account/columns.js";
import type { Dialect } from "../dialect/dialect.js";
import type { ListForm, MapForm, MappingForm } from "../dialect/mapping-form.js";
import { badRequest } from "../rules/refusal.js";
import type { Json } from "./record-json.js";

/** Where a wrapped mapping stands in a preview whose form is bare. */
const PREVIEW_KEY = "fieldMappings";

/** A field mapping in the dialect's form. `required` is added to the entries of a list when it is given. */
export function mappingJson(columns: Columns, form: MappingForm, required?: (column: Column) => boolean): Json {
  return wrap(form.wrapper, form.kind === "list" ? listJson(columns, form, required) : mapJson(columns, form));
}

/** The same inside a preview, which is always an object. */
export function mappingInPreview(columns: Columns, form: MappingForm): { readonly [key: string]: Json } {
  const json = mappingJson(columns, form.wrapper === null ? { ...form, wrapper: PREVIEW_KEY } : form);
  return isObject(json) ? json : { [PREVIEW_KEY]: json };
}

function listJson(columns: Columns, form: ListForm, required?: (column: Column) => boolean): Json {
  return columns.map((column) => ({
    [form.columnKey]: column.name,
    [form.typeKey]: column.type === "CUSTOM" ? form.customType : column.type,
    ...(required === undefined ? {} : { required: required(column) }),
  }));
}

function mapJson(columns: Columns, { kind, customType }: MapForm): Json {
  if (kind === "columnToType") {
    return Object.fromEntries(columns.map(({ name, type }) => [name, type === "CUSTOM" ? customType : type]));
  }
  const custom = columns.filter(({ type }) => type === "CUSTOM").map(({ name }) => name);
  const essential = columns.filter(({ type }) => type !== "CUSTOM").map(({ name, type }) => [type, name] as const);
  return { ...Object.fromEntries(essential), ...(custom.length === 0 ? {} : { [customType]: custom }) };
}

function wrap(wrapper: string | null, value: Json): Json {
  if (wrapper === null) return value;
  return wrapper.split(".").reduceRight<Json>((inner, key) => ({ [key]: inner }), value);
}

/**
 * The columns that a save names, in its own form or in another that the dialect takes.
 *
 * @throws Refusal 400 for a body in no such form (or an empty mapping, where the dialect reads it so) and for field types
 * that the dialect refuses
 */
export function readMapping(body: unknown, dialect: Dialect): Columns {
  for (const form of [dialect.mappingForm, ...dialect.mappingFormsTaken]) {
    const entries = form.kind === "list" ? readList(body, form) : readMap(body, form);
    if (entries === null) continue;
    return entries.map(([name, type]) => ({ name, type: columnType(type, form, dialect) }));
  }
  if (dialect.unreadableMapping === "missingMapping") return [];
  throw badRequest("The field mappings cannot be read.");
}

type Entry = readonly [column: string, type: string | null];

function readList(body: unknown, { wrapper, columnKey, typeKey }: ListForm): readonly Entry[] | null {
  const list = unwrap(body, wrapper);
  if (!Array.isArray(list)) return null;
  const entries: Entry[] = [];
  for (const item of list) {
    if (!isObject(item)) return null;
    const column = item[columnKey];
    const type = item[typeKey] ?? null;
    if (typeof column !== "string" || (type !== null && typeof type !== "string")) return null;
    entries.push([column, type]);
  }
  return entries;
}

function readMap(body: unknown, { kind, wrapper, customType }: MapForm): readonly Entry[] | null {
  const map = unwrap(body, wrapper);
  if (!isObject(map)) return null;
  const entries: Entry[] = [];
  for (const [key, value] of Object.entries(map)) {
    if (kind === "columnToType") {
      if (typeof value !== "string") return null;
      entries.push([key, value]);
      continue;
    }
    if (key !== customType && !isEssential(key)) return null;
    for (const column of Array.isArray(value) ? value : [value]) {
      if (typeof column !== "string") return null;
      entries.push([column, key]);
    }
  }
  return entries;
}

function columnType(type: string | null, { customType }: MappingForm, { unknownFieldType }: Dialect): ColumnType {
  if (type !== null && isEssential(type)) return type;
  if (type === customType || type === null || unknownFieldType === "custom") return "CUSTOM";
  throw badRequest(`Unknown field type: ${type}`);
}

function isEssential(type: string): type is (typeof ESSENTIAL)[number] {
  return ESSENTIAL.some((essential) => essential === type);
}

function unwrap(body: unknown, wrapper: string | null): unknown {
  if (wrapper === null) return body;
  return wrapper.split(".").reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), body);
}

export function isObject(value: unknown): value is { readonly [key: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
