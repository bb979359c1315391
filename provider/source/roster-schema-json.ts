import { rosterSchema } from "./roster-schema.js";
import { NOTES } from "./schema-node.js";

/**
 * The text of `schema/roster.schema.json`: {@link rosterSchema} without our notes, so that any strict validator takes
 * it.
 */
export function rosterSchemaJson(): string {
  const notes: readonly string[] = NOTES;
  return `${JSON.stringify(rosterSchema, (key, value: unknown) => (notes.includes(key) ? undefined : value), 2)}\n`;
}
