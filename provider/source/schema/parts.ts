import { DAY_SHAPE } from "../../roster/day.js";
import type { SchemaNode } from "../schema-node.js";

/** Control and format characters. */
export const INVISIBLE = "[\\p{Cc}\\p{Cf}]";
const LINK = "[Mm][Aa][Ii][Ll][Tt][Oo]:";
/** The same as `isEmail(emailKey(address))`; a test holds that. */
export const ADDRESS = `\\s*(?!${LINK})(?!\\S*(?=\\S)${INVISIBLE})[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)*\\s*`;
export const NOT_BLANK = "\\S";

/** The keys of a type, each with its node: the compiler refuses a key that is missing here, or is none of the type's. */
export type NodesOf<Declared> = Readonly<Record<keyof Declared, SchemaNode>>;

export const email: SchemaNode = {
  title: "Email address",
  type: "string",
  pattern: `^${ADDRESS}$`,
  "x-expected": "an email address",
  "x-rule": "INVALID_EMAIL",
  examples: ["ada@example.com"],
};

export const emails: SchemaNode = {
  type: "array",
  items: email,
  examples: [["ada@example.com"]],
  "x-expected": "a list of email addresses",
};

export const day: SchemaNode = {
  type: "string",
  pattern: DAY_SHAPE.source,
  "x-expected": "a day such as 2026-12-01",
  "x-rule": "INVALID_DATE",
  examples: ["2026-12-01"],
};

/** How the value of a column is called. */
export const VALUE_TITLE = "Value of a column";

export const text: SchemaNode = {
  title: VALUE_TITLE,
  description: 'Text. Numbers, dates and yes/no are taken as they are written. null or "" clears.',
  type: ["string", "number", "boolean", "null"],
  "x-expected": "text, or null to clear it",
};

export const columnName: SchemaNode = {
  title: "Column name",
  description: "As the account shows it.",
  type: "string",
  // A CSV that is uploaded loses what is invisible around a name.
  pattern: "^\\S([\\s\\S]*\\S)?$",
  "x-expected": "a column name, without white space around it",
  "x-rule": "BLANK_CSV_COLUMN_NAME",
};

export const columns: SchemaNode = {
  type: "object",
  propertyNames: columnName,
  additionalProperties: text,
  "x-expected": "a mapping of column names to values",
};
