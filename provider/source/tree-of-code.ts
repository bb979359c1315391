import { brief } from "./show.js";
import type { Entry, Tree } from "./tree.js";

/** Deeper values are an error wherever they stand; and an object may hold itself. */
const DEEPEST = 6;

/**
 * A value of a program as a tree. A key whose value is undefined is left out.
 *
 * @param path how the value is called in messages
 */
export function treeOfCode(value: unknown, path: string, depth = 0): Tree {
  switch (typeof value) {
    case "string":
    case "boolean":
      return { kind: "text", mark: path, text: String(value), value };
    case "number":
      if (!Number.isFinite(value)) return { kind: "odd", mark: path, what: String(value) };
      return { kind: "text", mark: path, text: String(value), value };
    case "object":
      return value === null ? { kind: "null", mark: path } : treeOfObject(value, path, depth);
    case "undefined":
    case "function":
    case "symbol":
    case "bigint":
      return { kind: "odd", mark: path, what: typeof value };
  }
}

function treeOfObject(value: object, path: string, depth: number): Tree {
  if (depth > DEEPEST) return { kind: "odd", mark: path, what: "nested too deep" };
  if (Array.isArray(value)) {
    return { kind: "list", mark: path, items: value.map((item, at) => treeOfCode(item, `${path}[${at}]`, depth + 1)) };
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) {
    return { kind: "odd", mark: path, what: `an object of class ${value.constructor?.name ?? "unknown"}` };
  }
  const entries = Object.entries(value).flatMap(([key, inner]): Entry[] => {
    if (inner === undefined) return [];
    const mark = pathOf(path, key);
    return [{ key, mark, value: treeOfCode(inner, mark, depth + 1) }];
  });
  return { kind: "map", mark: path, entries };
}

function pathOf(path: string, key: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${path}[${JSON.stringify(brief(key))}]`;
  return path === "" ? brief(key) : `${path}.${brief(key)}`;
}
