import type { Developer } from "../../roster/developer.js";
import { columnKey, columnsOf, type FieldMapping } from "../../roster/field-mapping.js";
import { valueIn } from "./developers-csv.js";
import { containerOf, type Place, placeBeside, placeIn, recordOf } from "./place.js";

/** One way to write records for `PATCH /v2/developers`: where each column stands, and what a blank value is. */
export interface UpsertForm {
  readonly name: string;
  /** By column. */
  readonly keys: ReadonlyMap<string, Place>;
  readonly blank: "text" | "null" | "absent";
}

/** Keys of the three core fields, where the columns' own names are not understood. */
const CORE_KEYS = [
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "full_name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "fullName", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "NAME", EMAIL: "EMAIL", MANAGER_EMAIL: "MANAGER_EMAIL" },
] as const;

/** Objects that APIs keep further values in, where no listed record shows one. */
const CONTAINERS = ["attributes", "customFields"];

/**
 * The forms to try, the likeliest first. The documents show a bare array of flat objects and neither the keys nor how a
 * blank is written. What the server itself speaks in its list comes first: nested stays nested, a list stays a list.
 *
 * @param listPlaces where listed records have their columns; null when none was seen
 */
export function upsertForms(
  mapping: FieldMapping,
  listKeys: ReadonlyMap<string, string> | null,
  listPlaces: ReadonlyMap<string, Place> | null = null,
): readonly UpsertForm[] {
  const columns = columnsOf(mapping);
  function canonical(core: (typeof CORE_KEYS)[number], spell: (column: string) => string, words: string) {
    const keys = columns.map(([column, type]) => [column, type === "ATTRIBUTE" ? spell(column) : core[type]] as const);
    return { name: `${Object.values(core).join(", ")} and ${words}`, keys: new Map(keys) };
  }
  const every = (name: string, spell: (column: string) => string) => ({
    name,
    keys: new Map(columns.map(([column]) => [column, spell(column)])),
  });
  function contained(core: (typeof CORE_KEYS)[number] | null, container: string) {
    const keys = columns.map(
      ([column, type]) =>
        [column, type === "ATTRIBUTE" ? placeIn([container], column) : core === null ? column : core[type]] as const,
    );
    return {
      name: `${core === null ? "column names" : Object.values(core).join(", ")} and ${container}`,
      keys: new Map(keys),
    };
  }
  const [snake, camel] = [CORE_KEYS[0], CORE_KEYS[1]];
  const flat = [
    every("column names", asIs),
    canonical(snake, asIs, "columns"),
    every("keys of the list", (column) => listKeys?.get(column) ?? column),
    canonical(camel, asIs, "columns"),
    canonical(snake, snakeCase, "columns in snake case"),
    canonical(camel, camelCase, "columns in camel case"),
    every("columns in snake case", snakeCase),
    every("columns in camel case", camelCase),
    ...CORE_KEYS.slice(2).map((core) => canonical(core, asIs, "columns")),
  ];
  const inObjects = CONTAINERS.flatMap((name) => [null, snake, camel].map((core) => contained(core, name)));
  const listed =
    listPlaces === null ? [] : [{ name: "records as the list has them", keys: asListed(mapping, listPlaces) }];
  const forms = [...listed, ...flat, ...(mapping.attributes.length === 0 ? [] : inObjects)].filter(({ keys }) =>
    keepsApart(keys),
  );
  const distinct = forms.filter(({ keys }, at) => forms.findIndex((one) => same(one.keys, keys)) === at);
  return (["text", "null", "absent"] as const).flatMap((blank) =>
    distinct.map(({ name, keys }) => ({ name: `${name}; blank as ${BLANKS[blank]}`, keys, blank })),
  );
}

/** A column that no record shows stands where the others of its kind do. */
function asListed(mapping: FieldMapping, places: ReadonlyMap<string, Place>): ReadonlyMap<string, Place> {
  const sibling = mapping.attributes.map((column) => places.get(column)).find((place) => place !== undefined);
  const core = [mapping.email, mapping.name].map((column) => places.get(column)).find((place) => place !== undefined);
  return new Map(
    columnsOf(mapping).map(([column, type]) => {
      const beside = type === "ATTRIBUTE" ? (sibling ?? core) : core;
      return [column, places.get(column) ?? (beside === undefined ? column : placeBeside(beside, column))];
    }),
  );
}

/** Two columns under one key would lose one of them, and so would a value where an object has to stand. */
function keepsApart(keys: ReadonlyMap<string, Place>): boolean {
  const places = new Set(keys.values());
  return (
    places.size === keys.size &&
    !places.has("") &&
    [...places].every((place) => {
      for (let at = containerOf(place); at !== null; at = containerOf(at)) if (places.has(at)) return false;
      return true;
    })
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
    const values: (readonly [Place, string | null])[] = [];
    for (const [column, type] of columns) {
      const value = valueIn(developer, column, type);
      if (value === "" && form.blank === "absent") continue;
      values.push([form.keys.get(column) ?? column, value === "" && form.blank === "null" ? null : value]);
    }
    return recordOf(values);
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
