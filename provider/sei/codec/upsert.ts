import type { Developer } from "../../roster/developer.js";
import { columnKey, columnsOf, type FieldMapping, type FieldType } from "../../roster/field-mapping.js";
import { valueIn } from "./developers-csv.js";

/** One way to write records for `PATCH /v2/developers`: which key each column has, and what a blank value is. */
export interface UpsertForm {
  readonly name: string;
  readonly keys: ReadonlyMap<string, string>;
  readonly blank: "text" | "null" | "absent";
}

/** Keys of the three core fields, where the columns' own names are not understood. */
const CORE_KEYS: readonly Readonly<Record<Exclude<FieldType, "ATTRIBUTE">, string>>[] = [
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "full_name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  { NAME: "fullName", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  { NAME: "NAME", EMAIL: "EMAIL", MANAGER_EMAIL: "MANAGER_EMAIL" },
];

/**
 * The forms to try, the likeliest first. The documents show a bare array of flat objects and neither the keys nor how a
 * blank is written. The keys of the listed records come first when they are not the columns' names: the server's own words.
 * A refused upsert saves nothing, so a try is harmless.
 */
export function upsertForms(
  mapping: FieldMapping,
  listKeys: ReadonlyMap<string, string> | null,
  listIsFlat = true,
): readonly UpsertForm[] {
  const columns = columnsOf(mapping);
  const own = new Map(columns.map(([column]) => [column, column]));
  const listed = new Map(columns.map(([column]) => [column, listKeys?.get(column) ?? column]));
  const canonical = CORE_KEYS.map(
    (core) => new Map(columns.map(([column, type]) => [column, type === "ATTRIBUTE" ? column : core[type]])),
  );
  const words = [
    { name: "keys of the list", keys: listed },
    { name: "column names", keys: own },
  ];
  const candidates = [
    ...(listIsFlat ? words : words.reverse()),
    ...canonical.map((keys, at) => ({ name: Object.values(CORE_KEYS[at] ?? {}).join(", "), keys })),
  ];
  const distinct = candidates.filter(({ keys }, at) => {
    const values = [...keys.values()];
    // Two columns under one key would lose one of them.
    if (new Set(values).size !== values.length) return false;
    return candidates.findIndex((one) => same(one.keys, keys)) === at;
  });
  return (["text", "null", "absent"] as const).flatMap((blank) =>
    distinct.map(({ name, keys }) => ({ name: `${name}; blank as ${BLANKS[blank]}`, keys, blank })),
  );
}

const BLANKS = { text: '""', null: "null", absent: "nothing" } as const;

function same(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): boolean {
  return a.size === b.size && [...a].every(([column, key]) => b.get(column) === key);
}

/** Whole records in a form: flat objects of strings. */
export function upsertRecords(
  developers: readonly Developer[],
  mapping: FieldMapping,
  form: UpsertForm,
): readonly unknown[] {
  const columns = columnsOf(mapping);
  return developers.map((developer) =>
    Object.fromEntries(
      columns.flatMap(([column, type]): (readonly [string, string | null])[] => {
        const value = valueIn(developer, column, type);
        const key = form.keys.get(column) ?? column;
        if (value !== "" || form.blank === "text") return [[key, value]];
        return form.blank === "null" ? [[key, null]] : [];
      }),
    ),
  );
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
