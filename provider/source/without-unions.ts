import type { JsonType, SchemaNode } from "./schema-node.js";

/** The keywords that say something about one kind of value only. */
const KEYWORDS: Readonly<Record<JsonType, readonly (keyof SchemaNode)[]>> = {
  null: [],
  boolean: [],
  number: ["minimum", "maximum"],
  integer: ["minimum", "maximum"],
  string: ["pattern"],
  array: ["items"],
  object: ["required", "properties", "propertyNames", "additionalProperties"],
};

/**
 * A node that allows several types, as one alternative for each: a validator in full strict mode takes no list of
 * types. A type or null is no such list. Titles and examples stay on the node itself, where editors look for them.
 *
 * @example
 * withoutUnions({ title: "Limit", type: ["integer", "string"], minimum: 0, pattern: "%$" });
 * // { title: "Limit", anyOf: [{ type: "integer", minimum: 0 }, { type: "string", pattern: "%$" }] }
 */
export function withoutUnions({ type, ...node }: SchemaNode): SchemaNode {
  if (type === undefined) return node;
  if (typeof type === "string" || (type.length === 2 && type.includes("null"))) return { ...node, type };
  const ofTypes: readonly string[] = type.flatMap((one) => KEYWORDS[one]);
  const shared = Object.entries(node).filter(([keyword]) => !ofTypes.includes(keyword));
  const alternatives = type.map((one) => {
    const own = Object.entries(node).filter(([keyword]) => (KEYWORDS[one] as readonly string[]).includes(keyword));
    return { type: one, ...Object.fromEntries(own) } satisfies SchemaNode;
  });
  return { ...Object.fromEntries(shared), anyOf: alternatives };
}
