import { rosterSchema } from "./roster-schema.js";
import { INVISIBLE } from "./schema/parts.js";
import { NOTES, type SchemaNode } from "./schema-node.js";
import { withoutUnions } from "./without-unions.js";

/** {@link INVISIBLE} up to U+FFFF, for editors that read patterns without the flag `u`. */
const INVISIBLE_ANYWHERE =
  "[\\u0000-\\u001f\\u007f-\\u009f\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u206f\\ufeff\\ufff9-\\ufffb]";

/**
 * The text of `schema/roster.schema.json`: {@link rosterSchema} without our notes and without lists of types, so that
 * any strict validator takes it.
 */
export function rosterSchemaJson(): string {
  const notes: readonly string[] = NOTES;
  const portable = (key: string, value: unknown): unknown =>
    key === "pattern" && typeof value === "string" ? value.replaceAll(INVISIBLE, INVISIBLE_ANYWHERE) : value;
  const shown = (key: string, value: unknown): unknown => {
    if (notes.includes(key)) return undefined;
    return isNode(value) ? withoutUnions(value) : portable(key, value);
  };
  return `${JSON.stringify(rosterSchema, shown, 2)}\n`;
}

function isNode(value: unknown): value is SchemaNode {
  return typeof value === "object" && value !== null && Array.isArray((value as SchemaNode).type);
}
