import type { Developer } from "../../roster/developer.js";
import { columnKey, columnsOf, type FieldMapping } from "../../roster/field-mapping.js";
import { valueIn } from "./developers-csv.js";

/** One way to write records for `PATCH /v2/developers`: which key each column has, and what a blank value is. */
export interface UpsertForm {
  readonly name: string;
  /** By column. A key inside an object of the record is written by {@link nestedKey}. */
  readonly keys: ReadonlyMap<string, string>;
  readonly blank: "text" | "null" | "absent";
}

const NESTING = "\u001f";

/** The key of a value that stands in an object of the record: `{ attributes: { Team: "" } }`. */
export function nestedKey(container: string, key: string): string {
  return `${container}${NESTING}${key}`;
}

/** Keys of the three core fields, where the columns' own names are not understood. */
const CORE_KEYS = [
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "full_name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "fullName", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "NAME", EMAIL: "EMAIL", MANAGER_EMAIL: "MANAGER_EMAIL" },
] as const;

/**
 * The forms to try, the likeliest first. The documents show a bare array of flat objects and neither the keys nor how a
 * blank is written. The keys of listed records come first when the records are flat: the server's own words.
 * A refused upsert saves nothing, so a try is harmless.
 */
export function upsertForms(
  mapping: FieldMapping,
  listKeys: ReadonlyMap<string, string> | null,
  listIsFlat = true,
  listPaths: ReadonlyMap<string, string> | null = null,
): readonly UpsertForm[] {
  const columns = columnsOf(mapping);
  const own = new Map(columns.map(([column]) => [column, column]));
  const listed = new Map(columns.map(([column]) => [column, listKeys?.get(column) ?? column]));
  function canonical(core: (typeof CORE_KEYS)[number], spell: (column: string) => string, words: string) {
    const keys = columns.map(([column, type]) => [column, type === "ATTRIBUTE" ? spell(column) : core[type]] as const);
    return { name: `${Object.values(core).join(", ")} and ${words}`, keys: new Map(keys) };
  }
  const every = (name: string, spell: (column: string) => string) => ({
    name,
    keys: new Map(columns.map(([column]) => [column, spell(column)])),
  });
  const pathsOf = (paths: ReadonlyMap<string, string>) =>
    new Map(columns.map(([column]) => [column, paths.get(column) ?? column]));
  const [snake, camel] = [CORE_KEYS[0], CORE_KEYS[1]];
  const list = { name: "keys of the list", keys: listed };
  const candidates = [
    // Of nested records the keys are not those of a flat one.
    ...(listIsFlat ? [list] : []),
    { name: "column names", keys: own },
    ...(listIsFlat || listPaths === null ? [] : [{ name: "records as the list has them", keys: pathsOf(listPaths) }]),
    canonical(snake, asIs, "columns"),
    list,
    canonical(camel, asIs, "columns"),
    canonical(snake, snakeCase, "columns in snake case"),
    canonical(camel, camelCase, "columns in camel case"),
    every("columns in snake case", snakeCase),
    every("columns in camel case", camelCase),
    ...CORE_KEYS.slice(2).map((core) => canonical(core, asIs, "columns")),
  ];
  const distinct = candidates.filter(({ keys }, at) => {
    const values = [...keys.values()];
    // Two columns under one key would lose one of them.
    if (new Set(values).size !== values.length || values.includes("")) return false;
    return candidates.findIndex((one) => same(one.keys, keys)) === at;
  });
  return (["text", "null", "absent"] as const).flatMap((blank) =>
    distinct.map(({ name, keys }) => ({ name: `${name}; blank as ${BLANKS[blank]}`, keys, blank })),
  );
}

function asIs(column: string): string {
  return column;
}

function snakeCase(column: string): string {
  return wordsOf(column).join("_");
}

function camelCase(column: string): string {
  const [first = "", ...rest] = wordsOf(column);
  return first + rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

/** `Manager Email`, `manager_email` and `managerEmail` are the same words. */
function wordsOf(column: string): readonly string[] {
  const words = column
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== "");
}

const BLANKS = { text: '""', null: "null", absent: "nothing" } as const;

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([column, key]) => b.get(column) === key);
}

/** Whole records in a form: flat objects of strings, unless the server lists them otherwise. */
export function upsertRecords(
  developers: readonly Developer[],
  mapping: FieldMapping,
  form: UpsertForm,
): readonly unknown[] {
  const columns = columnsOf(mapping);
  return developers.map((developer) => {
    const record = new Map<string, unknown>();
    const objects = new Map<string, Map<string, unknown>>();
    for (const [column, type] of columns) {
      const value = valueIn(developer, column, type);
      if (value === "" && form.blank === "absent") continue;
      const written = value === "" && form.blank === "null" ? null : value;
      const [outer = column, inner] = (form.keys.get(column) ?? column).split(NESTING);
      if (inner === undefined) {
        record.set(outer, written);
        continue;
      }
      const object = objects.get(outer) ?? new Map<string, unknown>();
      objects.set(outer, object.set(inner, written));
    }
    for (const [key, object] of objects) record.set(key, Object.fromEntries(object));
    return Object.fromEntries(record);
  });
}

/**
 * Whether a "required" error about a field can only mean that the server did not find it under the key we sent: every
 * developer has a value there.
 */
export function isAboutTheKey(
  fieldName: string | null,
  developers: readonly Developer[],
  mapping: FieldMapping,
): boolean {
  const named =
    fieldName === null
      ? []
      : columnsOf(mapping).filter(([column, type]) =>
          [column, type].some((name) => columnKey(name) === columnKey(fieldName)),
        );
  const meant = named.length > 0 ? named : columnsOf(mapping).filter(([, type]) => type === "NAME" || type === "EMAIL");
  return developers.every((developer) =>
    meant.every(([column, type]) => type === "MANAGER_EMAIL" || valueIn(developer, column, type) !== ""),
  );
}
