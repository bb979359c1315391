import { byText } from "../../roster/strings.js";
import type { Tree } from "../tree.js";
import { emailOfItem, type Role, roleOfValue } from "./order.js";

/**
 * What a roster file means, as a text: two files with the same meaning have the same, in whatever order their keys and
 * developers stand. Every value counts with its source and its type, so `007` and `"007"` differ.
 */
export function meaningOf(tree: Tree): string {
  return meaning(tree, "document");
}

function meaning(tree: Tree, role: Role): string {
  switch (tree.kind) {
    case "null":
      return "null";
    case "odd":
      return `odd ${JSON.stringify(tree.what)}`;
    case "text":
      return JSON.stringify([tree.text, tree.value]);
    case "list": {
      const items = tree.items.map((item) => meaning(item, roleOfValue(role, "")));
      if (role !== "developers") return `[${items.join()}]`;
      const emails = tree.items.map((item) => emailOfItem(item) ?? "");
      const order = [...items.keys()].sort((a, b) => byText(emails[a] ?? "", emails[b] ?? "") || a - b);
      return `[${order.map((at) => items[at]).join()}]`;
    }
    case "map": {
      const entries = tree.entries.map(({ key, value }): readonly [string, string] => [
        key,
        `${JSON.stringify(key)}:${meaning(value, roleOfValue(role, key))}`,
      ]);
      const sorted = entries.sort(([a], [b]) => byText(a, b)).map(([, text]) => text);
      return `{${sorted.join()}}`;
    }
  }
}
