import { meansNobody } from "../roster/rules/email-hint.js";
import { dayHint } from "./day-hint.js";
import type { SchemaNode } from "./schema-node.js";
import { brief, printable } from "./show.js";
import type { Entry, Tree } from "./tree.js";

/** What to do about a value that is a usual slip of YAML, of dates or of managers; undefined when it is none. */
export function slipHint(schema: SchemaNode, tree: Tree, entry: Entry | undefined): string | undefined {
  switch (tree.kind) {
    case "null":
      return emptyHint(schema, entry);
    case "text":
      return textHint(schema, tree.text, entry);
    default:
      return undefined;
  }
}

function emptyHint(schema: SchemaNode, entry: Entry | undefined): string | undefined {
  if (schema.required?.includes("version")) {
    return "restore it from git, or begin it with version: 1; take the file out if nobody needs it";
  }
  const isSection = entry !== undefined && (takes(schema, "object") || takes(schema, "array"));
  return isSection && entry.key !== "<<" ? "take the key out, or write below it what belongs there" : undefined;
}

function textHint(schema: SchemaNode, text: string, entry: Entry | undefined): string | undefined {
  const rule = schema["x-rule"];
  if (rule === "INVALID_DATE") return dayHint(text);
  if (rule === "INVALID_EMAIL" && takes(schema, "null") && meansNobody(text)) {
    return "for nobody write null, without quotes";
  }
  if (takes(schema, "object") && /^[\w-]+:\S/.test(text)) {
    return `a key is followed by a colon and a space: ${printable(brief(text.replace(":", ": "), 60))}`;
  }
  if (entry !== undefined && takes(schema, "array") && /^[^[\]{},:]+$/.test(text)) {
    return `write it as a list: ${printable(`${brief(entry.key, 60)}: [${brief(text, 60)}]`)}`;
  }
  return undefined;
}

function takes({ type }: SchemaNode, one: "object" | "array" | "null"): boolean {
  return type === one || (Array.isArray(type) && type.includes(one));
}
