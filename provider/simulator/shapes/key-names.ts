import type { Column, Columns } from "../account/columns.js";

export type KeyStyle = "columns" | "snake" | "camel" | "display";

/**
 * Under which key each column stands in JSON. Two columns that would share a key keep their own names instead.
 *
 * @example
 * keyNames([{ name: "Manager Email", type: "MANAGER_EMAIL" }], "camel"); // Map { "Manager Email" => "managerEmail" }
 */
export function keyNames(columns: Columns, style: KeyStyle): ReadonlyMap<string, string> {
  const cached = cache.get(columns)?.get(style);
  if (cached !== undefined) return cached;
  const wanted = columns.map((column) => [column.name, keyOfColumn(column, style)] as const);
  const counts = new Map<string, number>();
  for (const [, key] of wanted) counts.set(key, (counts.get(key) ?? 0) + 1);
  const made = new Map(wanted.map(([name, key]) => [name, counts.get(key) === 1 ? key : name]));
  cache.set(columns, new Map([...(cache.get(columns) ?? []), [style, made]]));
  return made;
}

/** Records are written by the hundred thousand with the same columns. */
const cache = new WeakMap<Columns, ReadonlyMap<KeyStyle, ReadonlyMap<string, string>>>();

function keyOfColumn({ name, type }: Column, style: KeyStyle): string {
  if (style === "columns") return name;
  if (type !== "CUSTOM") return ESSENTIAL_KEYS[style][type];
  const words = name.match(/\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\p{N}+/gu) ?? [];
  if (words.length === 0) return name;
  switch (style) {
    case "snake":
      return words.map((word) => word.toLowerCase()).join("_");
    case "camel":
      return words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join("");
    case "display":
      return words.map(capital).join(" ");
  }
}

/** `display`: the columns of the web application's download. */
const ESSENTIAL_KEYS = {
  snake: { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "manager_email" },
  camel: { NAME: "name", EMAIL: "email", MANAGER_EMAIL: "managerEmail" },
  display: { NAME: "Full Name", EMAIL: "Email", MANAGER_EMAIL: "Manager Email" },
} as const;

function capital(word: string): string {
  const [first = "", ...rest] = word;
  return first.toUpperCase() + rest.join("").toLowerCase();
}
