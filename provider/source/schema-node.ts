/**
 * A JSON Schema of draft 2020-12, as far as this package uses it, with our notes for good messages. The notes (`x-`)
 * are not in the shipped file.
 */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
  readonly title?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly type?: JsonType | readonly JsonType[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly propertyNames?: SchemaNode;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly items?: SchemaNode;
  readonly not?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  /** Ends the sentence "... must be ..." when a value is refused. */
  readonly "x-expected"?: string;
  /** The rule of a finding about this node, instead of the one that the keyword gives. */
  readonly "x-rule"?: string;
  /** Why nothing can stand here: a whole sentence, as is. */
  readonly "x-refused"?: string;
  /** What to do, when a value is refused. */
  readonly "x-hint"?: string;
  /** A rule of roster/rules that looks at every scalar here and says it better, so the schema's word is left out. */
  readonly "x-judged-by"?: string;
}

export type JsonType = "null" | "boolean" | "number" | "integer" | "string" | "array" | "object";

/** The notes of a {@link SchemaNode}. */
export const NOTES = ["x-expected", "x-rule", "x-refused", "x-hint", "x-judged-by"] as const;
