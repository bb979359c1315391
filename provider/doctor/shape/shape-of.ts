import { isObject } from "../../sei/shape/json.js";
import type { KeyNamer, KeyPlace } from "./key-namer.js";

/** A shape as JSON: types in place of values. */
export type Shape = string | readonly Shape[] | { readonly [key: string]: Shape };

/** What was seen at one place of one or several values. */
interface Seen {
  readonly scalars: Set<string>;
  objects: number;
  readonly keys: Map<string, { readonly seen: Seen; times: number }>;
  arrays: number;
  /** null: every array there was empty. */
  items: Seen | null;
}

const DEEPEST = 8;
/** Beyond so many, the unnamed keys of an object are those of a map, and stand together. */
const MOST_UNNAMED = 8;

/**
 * The shape of a body: keys and types, never values. The elements of an array are one; a key that not all of them have
 * ends in `?`. A text says what it looks like: an email, digits, a date.
 *
 * @param place what the outermost keys are: `record` where they may be columns, as in a schema
 * @example
 * shapeOf({ total: 2, developers: [{ email: "a@b.c" }] }, nameOf, "around");
 * // { total: "number", developers: [{ email: "string (email)" }] }
 */
export function shapeOf(body: unknown, nameOf: KeyNamer, place: KeyPlace): Shape {
  const seen = nothingSeen();
  observe(seen, body, nameOf, place, 0);
  return render(seen);
}

function nothingSeen(): Seen {
  return { scalars: new Set(), objects: 0, keys: new Map(), arrays: 0, items: null };
}

function observe(seen: Seen, value: unknown, nameOf: KeyNamer, place: KeyPlace, depth: number): void {
  if (Array.isArray(value)) {
    seen.arrays += 1;
    if (value.length === 0) return;
    seen.items ??= nothingSeen();
    for (const one of value) observe(seen.items, one, nameOf, "record", depth + 1);
    return;
  }
  if (!isObject(value)) {
    seen.scalars.add(scalarText(value));
    return;
  }
  if (depth >= DEEPEST) {
    seen.scalars.add("deeper");
    return;
  }
  seen.objects += 1;
  const counted = new Set<string>();
  for (const [key, one] of Object.entries(value)) {
    const name = nameOf(key, place);
    const known = seen.keys.get(name) ?? { seen: nothingSeen(), times: 0 };
    // Two keys of one object may have one name.
    if (!counted.has(name)) known.times += 1;
    counted.add(name);
    seen.keys.set(name, known);
    observe(known.seen, one, nameOf, place, depth + 1);
  }
}

/** The type, and what a text looks like. */
function scalarText(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (typeof value !== "string") return typeof value;
  if (value === "") return "string (empty)";
  if (/^[^\s@]+@[^\s@]+$/.test(value)) return "string (email)";
  if (/^\d+$/.test(value)) return "string (digits)";
  if (/^\d{4}-\d\d-\d\d([T ][\d:.,+Z-]*)?$/.test(value)) return "string (date)";
  if (/^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value)) return "string (uuid)";
  return /^(NAME|EMAIL|MANAGER_EMAIL)$/.test(value) ? "string (NAME, EMAIL or MANAGER_EMAIL)" : "string";
}

function render(seen: Seen): Shape {
  const shapes: Shape[] = [];
  if (seen.scalars.size > 0) shapes.push([...seen.scalars].sort().join(" | "));
  if (seen.arrays > 0) shapes.push(seen.items === null ? [] : [render(seen.items)]);
  if (seen.objects > 0) shapes.push(renderKeys(together(seen)));
  const [only = "nothing"] = shapes;
  return shapes.length > 1 ? { "<one of>": shapes } : only;
}

function renderKeys({ keys, objects }: Seen): Shape {
  return Object.fromEntries(
    [...keys].map(([name, { seen, times }]) => [times < objects ? `${name}?` : name, render(seen)] as const),
  );
}

/** A map's keys are as many as its entries, which would be a value. */
function together(seen: Seen): Seen {
  const unnamed = [...seen.keys].filter(([name]) => name.startsWith("<key "));
  if (unnamed.length <= MOST_UNNAMED) return seen;
  const all = nothingSeen();
  for (const [, one] of unnamed) merge(all, one.seen);
  const rest = [...seen.keys].filter(([name]) => !name.startsWith("<key "));
  return { ...seen, keys: new Map([...rest, ["<keys>", { seen: all, times: seen.objects }]]) };
}

function merge(into: Seen, from: Seen): void {
  for (const scalar of from.scalars) into.scalars.add(scalar);
  into.objects += from.objects;
  into.arrays += from.arrays;
  if (from.items !== null) {
    into.items ??= nothingSeen();
    merge(into.items, from.items);
  }
  for (const [name, { seen, times }] of from.keys) {
    const known = into.keys.get(name) ?? { seen: nothingSeen(), times: 0 };
    known.times += times;
    into.keys.set(name, known);
    merge(known.seen, seen);
  }
}
