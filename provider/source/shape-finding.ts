import type { ErrorObject } from "ajv/dist/2020.js";
import { emailHint } from "../roster/rules/email-hint.js";
import { nearest } from "../roster/rules/nearest.js";
import type { Finding } from "./finding.js";
import { keyLike } from "./key-meant.js";
import type { Origin } from "./origin.js";
import { VALUE_TITLE } from "./schema/parts.js";
import type { SchemaNode } from "./schema-node.js";
import { brief, describe, printable, quoted } from "./show.js";
import { slipHint } from "./slip-hint.js";
import { type Entry, entryOf, type Mark, type Tree } from "./tree.js";

/**
 * What an error of ajv means, at the place of the node that it is about; null when another error of the same node
 * says it already, or a rule of roster/rules does.
 */
export function shapeFinding(error: ErrorObject, tree: Tree, origin: Origin): Finding | null {
  const schema = (error.parentSchema ?? {}) as SchemaNode;
  const found = nodeAt(tree, error.instancePath);
  switch (error.keyword) {
    case "additionalProperties":
      return unknownKey(String(error.params["additionalProperty"]), found, schema, origin);
    case "required":
      return missingKey(String(error.params["missingProperty"]), found, origin);
    case "not":
      return refused(found, schema, origin);
    case "propertyNames":
      // The error of the name itself comes next to it.
      return null;
    default:
      return error.propertyName === undefined
        ? wrongValue(error.keyword, found, schema, origin)
        : wrongKey(error.propertyName, found, schema, origin);
  }
}

/** A node with the key that leads to it. */
interface Found {
  readonly tree: Tree;
  readonly entry: Entry | undefined;
  /** How the node is called in a message: its key, with the key of the map around it where that helps. */
  readonly label: string;
}

function nodeAt(root: Tree, pointer: string): Found {
  let tree = root;
  let entry: Entry | undefined;
  let label = "";
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replace(/~1/g, "/").replace(/~0/g, "~");
    if (tree.kind === "list") {
      tree = tree.items[Number(key)] ?? tree;
      label = `${label}[${key}]`;
      continue;
    }
    const next = entryOf(tree, key);
    if (next === undefined) break;
    entry = next;
    tree = next.value;
    label = label === "" ? key : `${label}.${key}`;
  }
  return { tree, entry, label: printable(brief(label)) };
}

function wrongValue(
  keyword: string,
  { tree, entry, label }: Found,
  schema: SchemaNode,
  origin: Origin,
): Finding | null {
  if (schema["x-judged-by"] !== undefined && (tree.kind === "text" || tree.kind === "null")) return null;
  const rule =
    keyword === "type" && tree.kind !== "text"
      ? "WRONG_TYPE"
      : (ruleOf(schema, tree.kind === "text" ? tree.text : "") ?? (keyword === "type" ? "WRONG_TYPE" : "WRONG_VALUE"));
  const subject = label === "" ? "this" : label;
  const message = `${subject} must be ${schema["x-expected"] ?? "something else"}; it is ${describe(tree)}`;
  return origin.finding(tree.mark, rule, message, hintFor(schema, tree, entry));
}

/** The rule of a node's own. A column name with white space around it is not a blank one. */
function ruleOf(schema: SchemaNode, written: string): string | undefined {
  const rule = schema["x-rule"];
  return rule === "BLANK_CSV_COLUMN_NAME" && written.trim() !== "" ? undefined : rule;
}

function hintFor(schema: SchemaNode, tree: Tree, entry: Entry | undefined): string | undefined {
  const slip = slipHint(schema, tree, entry);
  if (slip !== undefined) return slip;
  if (entry?.key === "<<" && tree.kind !== "text") {
    return "a merge key (<<) is not supported; use `defaults` for attributes that everybody of a file has";
  }
  if (entry !== undefined && (tree.kind === "map" || tree.kind === "list") && isColumn(schema)) {
    const meant = keyLike(entry.key);
    if (meant !== null) return `did you mean \`${meant}\`?`;
  }
  const wantsNumber =
    ([schema.type].flat().includes("integer") || typeof schema.const === "number") &&
    tree.kind === "text" &&
    typeof tree.value === "string";
  if (wantsNumber && /^\d+$/.test(tree.text)) return "write it without quotes";
  if (isUnquoted(tree, schema)) return "put it in quotes: without them YAML takes it for a number";
  if (schema["x-rule"] === "INVALID_EMAIL" && tree.kind === "text") return emailHint(tree.text) ?? schema["x-hint"];
  return schema["x-hint"];
}

/** A number that would be right as text, such as a checksum of nothing but digits. */
function isUnquoted(tree: Tree, { type, pattern }: SchemaNode): boolean {
  if (type !== "string" || tree.kind !== "text" || typeof tree.value !== "number") return false;
  return pattern === undefined || new RegExp(pattern, "u").test(tree.text);
}

function isColumn({ title }: SchemaNode): boolean {
  return title === VALUE_TITLE;
}

function wrongKey(name: string, { tree, label }: Found, schema: SchemaNode, origin: Origin): Finding {
  const where = label === "" ? "" : ` of ${label}`;
  const rule = ruleOf(schema, name) ?? "WRONG_KEY";
  const message = `the key ${quoted(name)}${where} must be ${schema["x-expected"] ?? "another one"}`;
  return origin.finding(markOfKey(tree, name), rule, message, schema["x-hint"]);
}

function unknownKey(key: string, { tree, label }: Found, schema: SchemaNode, origin: Origin): Finding {
  const known = Object.entries(schema.properties ?? {}).flatMap(([name, { not }]) => (not === undefined ? [name] : []));
  const meant = nearest(key, known) ?? begunAs(key, known);
  const where = label === "" ? "" : ` in ${label}`;
  const hint = meant === null ? `keys here: ${known.join(", ")}` : `did you mean \`${meant}\`?`;
  return origin.finding(markOfKey(tree, key), "UNKNOWN_KEY", `there is no key ${quoted(key)}${where}`, hint);
}

/** The only key that begins so: `manager` for `managerEmail`. */
function begunAs(key: string, known: readonly string[]): string | null {
  const typed = key.toLowerCase();
  const [found = null, ...others] = known.filter((one) => one.toLowerCase().startsWith(typed));
  return typed.length < SHORTEST_BEGINNING || others.length > 0 ? null : found;
}

const SHORTEST_BEGINNING = 4;

function missingKey(key: string, { tree, label }: Found, origin: Origin): Finding {
  switch (label) {
    case "fields":
      return origin.finding(
        tree.mark,
        "MISSING_NAME_OR_EMAIL_OR_MANAGER_EMAIL_FIELD_MAPPING",
        `fields must say which column is the ${key}`,
        "fields: { name: Name, email: Email, managerEmail: Manager Email, attributes: [...] }, as the account shows them",
      );
    default:
      return key === "version"
        ? origin.finding(
            tree.mark,
            "REQUIRED_KEY_MISSING",
            "a roster file must say its version",
            "begin it with version: 1",
          )
        : origin.finding(tree.mark, "REQUIRED_KEY_MISSING", `${whatIs(label)} must have the key \`${key}\``);
  }
}

function whatIs(label: string): string {
  if (label.startsWith("allow")) return "an exception";
  return label.startsWith("integrations") ? "an integration" : "a developer in a list";
}

function refused({ tree, entry }: Found, schema: SchemaNode, origin: Origin): Finding {
  const message = schema["x-refused"] ?? "this cannot stand here";
  return origin.finding(entry?.mark ?? tree.mark, schema["x-rule"] ?? "WRONG_VALUE", message, schema["x-hint"]);
}

function markOfKey(tree: Tree, key: string): Mark {
  return entryOf(tree, key)?.mark ?? tree.mark;
}
