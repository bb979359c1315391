/**
 * Where a node of a {@link Tree} stands: the offset in its file, or the key path in code, such as
 * `developers["ada@example.com"].manager`.
 */
export type Mark = number | string;

/**
 * A declared value, whatever it was written in. YAML and code become this, and everything after it knows only this.
 * Maps keep every entry, doubled keys too.
 */
export type Tree = TextTree | NullTree | MapTree | ListTree | OddTree;

/** A scalar. `text` is what the person wrote (`007`, `1e3`); `value` is what JSON Schema sees. */
export interface TextTree {
  readonly kind: "text";
  readonly mark: Mark;
  readonly text: string;
  readonly value: string | number | boolean;
}

export interface NullTree {
  readonly kind: "null";
  readonly mark: Mark;
}

export interface MapTree {
  readonly kind: "map";
  readonly mark: Mark;
  readonly entries: readonly Entry[];
}

export interface ListTree {
  readonly kind: "list";
  readonly mark: Mark;
  readonly items: readonly Tree[];
}

/** Something that no declaration can hold, such as a function; `what` says it. */
export interface OddTree {
  readonly kind: "odd";
  readonly mark: Mark;
  readonly what: string;
}

export interface Entry {
  readonly key: string;
  /** Of the key. */
  readonly mark: Mark;
  readonly value: Tree;
}

/** The last entry of a key, as maps are read nearly everywhere; undefined when there is none or it is no map. */
export function entryOf(tree: Tree, key: string): Entry | undefined {
  return tree.kind === "map" ? tree.entries.findLast((entry) => entry.key === key) : undefined;
}

/** A value of no JSON type: a schema refuses it wherever it stands, while `undefined` would pass as a key left out. */
const ODD = Symbol("odd");

/**
 * The tree as plain JSON data, for JSON Schema. Maps have no prototype, so `__proto__` is a key like any other.
 *
 * @param skip leaves the value of these keys of the outermost map out, as an empty collection of their kind
 */
export function plainOf(tree: Tree, skip: readonly string[] = []): unknown {
  switch (tree.kind) {
    case "text":
      return tree.value;
    case "null":
      return null;
    case "odd":
      return ODD;
    case "list":
      return tree.items.map((item) => plainOf(item));
    case "map": {
      const made: Record<string, unknown> = Object.create(null);
      for (const { key, value } of tree.entries) made[key] = skip.includes(key) ? hollow(value) : plainOf(value);
      return made;
    }
  }
}

function hollow(tree: Tree): unknown {
  switch (tree.kind) {
    case "map":
      return {};
    case "list":
      return [];
    case "text":
    case "null":
    case "odd":
      return plainOf(tree);
  }
}
