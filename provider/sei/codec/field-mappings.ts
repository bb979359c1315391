import { columnsOf, type FieldMapping, type FieldType } from "../../roster/field-mapping.js";
import type { MappingForm } from "../shape/mapping-entries.js";
import { type CoreType, coreTypeOf } from "../shape/names.js";

/** One way to write down a field mapping in the body of a save. */
export interface MappingBody {
  /** For messages: names of properties only. */
  readonly name: string;
  readonly body: unknown;
}

type Columns = readonly (readonly [column: string, type: FieldType])[];

/** What other columns are called where a type is wanted: a word, or nothing, that is, they are left out. */
const ATTRIBUTE_TYPES = ["CUSTOM", "ATTRIBUTE", null] as const;

/** Names of the two properties of an entry. */
type EntryNames = readonly [column: string, type: string];

const USUAL_NAMES: EntryNames = ["columnName", "fieldType"];

/** The likeliest first. */
const RARE_NAMES: readonly EntryNames[] = [
  ["csvColumn", "fieldType"],
  ["csvColumnName", "fieldType"],
  ["csvHeader", "fieldType"],
  ["column", "fieldType"],
  ["fieldName", "fieldType"],
  ["name", "fieldType"],
  ["columnName", "type"],
  ["column", "type"],
  ["name", "type"],
  ["columnName", "mappedTo"],
  ["column", "field"],
  ["csvColumn", "field"],
  ["source", "target"],
];

/**
 * The bodies to try for `PUT /v2/developers/versions/{versionId}/fieldMappings`, whose body the documents do not show:
 * first as the server itself wrote a mapping (in the preview, then in the schema), then the plausible forms.
 * Nothing is saved while anything is wrong ("validation occurs before any data is saved"), so a try is harmless.
 */
export function* mappingBodies(mapping: FieldMapping, learned: readonly MappingForm[]): Generator<MappingBody> {
  const columns = columnsOf(mapping);
  const seen = new Set<string>();
  for (const one of [...learned.flatMap((form) => inForm(form, columns)), ...plausible(columns)]) {
    const text = JSON.stringify(one.body);
    if (seen.has(text)) continue;
    seen.add(text);
    yield one;
  }
}

/** As the server wrote it: its own entries, with only the types set; in its own words first, then in the documented ones. */
function inForm(form: MappingForm, columns: Columns): readonly MappingBody[] {
  const constants = form.attributeType === undefined ? ATTRIBUTE_TYPES : [form.attributeType, ...ATTRIBUTE_TYPES];
  return constants.flatMap((constant) =>
    [form.typeWords, new Map<CoreType, string>()].flatMap((words) => {
      const value = learnedValue(form, columns, constant, words);
      const name = `the form of the server, other columns ${constant === null ? "without a type" : String(constant)}`;
      const bare = { name: `${name}, bare`, body: value };
      // In `fieldMappings`, in `data.fieldMappings`, and so on outwards.
      const wrapped = form.path.map((_, at) => {
        const within = form.path.slice(form.path.length - 1 - at);
        return { name: `${name}, in ${within.join(".")}`, body: wrap(within, value) };
      });
      return form.path.length === 0 ? [bare, { name, body: { fieldMappings: value } }] : [...wrapped, bare];
    }),
  );
}

function wrap(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function learnedValue(
  form: MappingForm,
  columns: Columns,
  constant: unknown,
  words: ReadonlyMap<CoreType, string>,
): unknown {
  switch (form.layout) {
    case "typeToColumn":
      return { ...typeToColumn(columns, words), ...listedAttributes(form, columns) };
    case "columnToType":
      return columnToType(columns, constant, words);
    case "list":
      return columns.map(([column, type]) => {
        const { "(key)": _key, "(value)": _value, "(list)": _list, ...entry } = form.entries.get(column) ?? {};
        const typeProperty = form.typeProperty ?? "fieldType";
        const columnProperty = form.columnProperty === "(value)" ? "columnName" : form.columnProperty;
        return {
          ...entry,
          [columnProperty]: column,
          [typeProperty]: typed(type, entry[typeProperty], constant, words),
        };
      });
  }
}

/** A type that the server gave to an attribute column (ROLE, say) is kept. */
function typed(type: FieldType, current: unknown, constant: unknown, words: ReadonlyMap<CoreType, string>): unknown {
  if (type !== "ATTRIBUTE") return words.get(type) ?? type;
  return typeof current === "string" && coreTypeOf(current) === null ? current : constant;
}

/** Attributes of a map from type to column: under the keys that the server has for them, in a list where it has one. */
function listedAttributes(form: MappingForm, columns: Columns): Readonly<Record<string, unknown>> {
  const attributes = attributesOf(columns);
  const list = [...form.entries.values()].find((entry) => entry["(list)"] === true)?.["(key)"];
  if (typeof list === "string") return { [list]: attributes };
  const known = attributes.map((column) => [form.entries.get(column)?.["(key)"], column] as const);
  return Object.fromEntries(known.filter(([key]) => typeof key === "string" && coreTypeOf(key) === null));
}

function* plausible(columns: Columns): Generator<MappingBody> {
  for (const constant of ATTRIBUTE_TYPES) {
    const others = constant === null ? "other columns left out" : `other columns ${constant}`;
    const listBy = ([column, type]: EntryNames) => ({
      name: `[{${column}, ${type}}], ${others}`,
      list: entries(columns, column, type, constant),
    });
    const usual = listBy(USUAL_NAMES);
    const map = columnToType(columns, constant);
    yield { name: `fieldMappings: ${usual.name}`, body: { fieldMappings: usual.list } };
    yield { name: usual.name, body: usual.list };
    const byType = { ...typeToColumn(columns), ...(constant === null ? {} : { [constant]: attributesOf(columns) }) };
    yield { name: `fieldMappings: {type: column}, ${others}`, body: { fieldMappings: byType } };
    yield { name: `{type: column}, ${others}`, body: byType };
    yield { name: `fieldMappings: {column: type}, ${others}`, body: { fieldMappings: map } };
    yield { name: `{column: type}, ${others}`, body: map };
    for (const { name, list } of RARE_NAMES.map(listBy)) {
      yield { name: `fieldMappings: ${name}`, body: { fieldMappings: list } };
      yield { name, body: list };
    }
    for (const container of ["mappings", "fields"]) {
      yield { name: `${container}: ${usual.name}`, body: { [container]: usual.list } };
    }
  }
}

function entries(columns: Columns, columnName: string, typeName: string, constant: string | null): unknown {
  return columns
    .filter(([, type]) => type !== "ATTRIBUTE" || constant !== null)
    .map(([column, type]) => ({ [columnName]: column, [typeName]: type === "ATTRIBUTE" ? constant : type }));
}

function attributesOf(columns: Columns): readonly string[] {
  return columns.filter(([, type]) => type === "ATTRIBUTE").map(([column]) => column);
}

function typeToColumn(
  columns: Columns,
  words: ReadonlyMap<CoreType, string> = new Map(),
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(([column, type]) => (type === "ATTRIBUTE" ? [] : [[words.get(type) ?? type, column] as const])),
  );
}

function columnToType(columns: Columns, constant: unknown, words: ReadonlyMap<CoreType, string> = new Map()): unknown {
  const wanted = columns.filter(([, type]) => type !== "ATTRIBUTE" || (constant !== null && constant !== undefined));
  return Object.fromEntries(wanted.map(([column, type]) => [column, typed(type, undefined, constant, words)]));
}
