import { brief, printable, quoted } from "../roster/shown.js";
import type { Tree } from "./tree.js";

export { brief, listed, printable, quoted } from "../roster/shown.js";

/** What a tree is, to end a sentence with "it is ...". */
export function describe(tree: Tree): string {
  switch (tree.kind) {
    case "text":
      return typeof tree.value === "string" ? quoted(tree.text) : printable(brief(tree.text));
    case "null":
      return "empty";
    case "list":
      return "a list";
    case "map":
      return "a mapping";
    case "odd":
      return printable(brief(tree.what));
  }
}
