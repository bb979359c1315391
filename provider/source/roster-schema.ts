import type { RosterFile } from "./declared.js";
import { allowance } from "./schema/allow.js";
import { developer, listedDeveloper } from "./schema/developer.js";
import { fields } from "./schema/fields.js";
import { guards } from "./schema/guards.js";
import { integrations } from "./schema/integrations.js";
import { columnName, columns, email, type NodesOf } from "./schema/parts.js";
import type { SchemaNode } from "./schema-node.js";

const scopeValue: SchemaNode = {
  type: ["string", "number", "boolean"],
  "x-expected": "a value of the column",
};

const fieldNames: SchemaNode = {
  type: "array",
  items: { ...columnName, "x-expected": "`name`, `manager`, `identities` or a column name" },
  "x-expected": "a list of fields",
};

const documentKeys: NodesOf<RosterFile> = {
  version: {
    title: "Version of the format",
    description: "Every roster file says it. There is one so far.",
    const: 1,
    examples: [1],
    "x-expected": "1, the version of the format",
  },
  fields,
  defaults: {
    ...columns,
    title: "Defaults",
    description: "Attributes of every developer of this file who does not have them.",
    examples: [{ Site: "Berlin" }],
  },
  integrations,
  developers: {
    title: "Developers",
    description: "By email, or a list of developers with an email each.",
    examples: [{ "ada@example.com": { name: "Ada Lovelace", manager: "grace@example.com", Role: "Staff Engineer" } }],
    type: ["object", "array", "null"],
    propertyNames: email,
    additionalProperties: { $ref: "#/$defs/developer" },
    items: { $ref: "#/$defs/listedDeveloper" },
    "x-expected": "a mapping of emails to developers, or a list of developers",
  },
  prune: {
    title: "Prune",
    description:
      "What happens to who is live and not declared. none: nobody is deleted. managed: only who an earlier apply of this roster declared. all: everybody.",
    enum: ["none", "managed", "all"],
    examples: ["managed"],
    "x-expected": "none, managed or all",
  },
  guards,
  scope: {
    title: "Scope",
    description:
      "The part of the live roster that this roster owns: by column, one value or several. Who is live and outside of it is left alone. Left out: the whole account.",
    type: "object",
    propertyNames: columnName,
    additionalProperties: {
      type: ["array", "string", "number", "boolean"],
      items: scopeValue,
      "x-expected": "a value of the column, or a list of values",
    },
    examples: [{ Team: ["Payments", "Billing"] }],
    "x-expected": "a mapping of column names to values",
  },
  allow: {
    title: "Exceptions",
    description:
      "Exceptions from the guards, reviewed in the same pull request as the change that needs them. An expired one has no effect.",
    type: "array",
    items: allowance,
    examples: [[{ delete: ["bob@example.com"], reason: "Site X closed, HR-123", until: "2026-12-31" }]],
    "x-expected": "a list of exceptions",
  },
  manageFields: {
    ...fieldNames,
    title: "Managed fields",
    description:
      "The only fields to manage of people who are live. Who joins gets everything that is declared. Left out: all that is declared.",
    examples: [["Role", "manager"]],
  },
  ignoreFields: {
    ...fieldNames,
    title: "Ignored fields",
    description:
      "Fields not to manage of people who are live: their live values stay. Columns of a CSV that no field knows are skipped when they stand here.",
    examples: [["Salary"]],
  },
};

/** The roster file of version 1, as a JSON Schema: the one definition of its shape. */
export const rosterSchema: SchemaNode = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "https://unpkg.com/pulumi-harness-sei/schema/roster.schema.json",
  title: "Roster file of pulumi-harness-sei",
  description:
    "Developers of a Harness SEI account, their managers and their identities. Several files make one roster.",
  type: "object",
  additionalProperties: false,
  required: ["version"],
  properties: documentKeys,
  $defs: { developer, listedDeveloper },
  "x-expected": "a mapping that begins with version: 1",
};
