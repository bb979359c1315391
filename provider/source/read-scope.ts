import type { FieldLimits } from "../roster/managed-fields.js";
import type { Scope } from "../roster/scope.js";
import { byText } from "../roster/strings.js";
import type { Tree } from "./tree.js";

/** Reads `scope`. What has the wrong shape is left out: the JSON Schema reports it. */
export function readScope(tree: Tree): Scope {
  const entries = tree.kind === "map" ? tree.entries : [];
  const read = entries.map(({ key, value }) => [key, textsOf(value)] as const);
  return new Map(read.sort(([a], [b]) => byText(a, b)));
}

/** Reads `manageFields` and `ignoreFields`; undefined: not written. */
export function readFieldLimits(manage: Tree | undefined, ignore: Tree | undefined): FieldLimits {
  return { manage: manage === undefined ? null : textsOf(manage), ignore: ignore === undefined ? [] : textsOf(ignore) };
}

/** One value or a list of values; each once, sorted. */
function textsOf(tree: Tree): readonly string[] {
  const items = tree.kind === "list" ? tree.items : [tree];
  return [...new Set(items.flatMap((item) => (item.kind === "text" ? [item.text] : [])))].sort(byText);
}
