import type { SchemaNode } from "./schema-node.js";

/** The same as `isEmail(emailKey(address))`; a test holds that. */
const ADDRESS = "\\s*[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)*\\s*";
const NOT_BLANK = "\\S";

const NOT_YET = "is not supported by this version yet";

/** A key of the format that this version cannot carry out. It is refused, because ignoring it would lose people. */
function notYet(key: string, description: string): SchemaNode {
  return {
    description: `${description} Not supported by this version yet.`,
    not: {},
    "x-rule": "NOT_SUPPORTED_YET",
    "x-refused": `\`${key}\` ${NOT_YET}`,
    "x-hint": "take it out, or wait for a version that supports it; it is not ignored, because that could lose people",
  };
}

const email: SchemaNode = {
  title: "Email address",
  type: "string",
  pattern: `^${ADDRESS}$`,
  "x-expected": "an email address",
  "x-rule": "INVALID_EMAIL",
  examples: ["ada@example.com"],
};

/** How the value of a column is called. */
export const VALUE_TITLE = "Value of a column";

const text: SchemaNode = {
  title: VALUE_TITLE,
  description: 'Text. Numbers, dates and yes/no are taken as they are written. null or "" clears.',
  type: ["string", "number", "boolean", "null"],
  "x-expected": "text, or null to clear it",
};

const columnName: SchemaNode = {
  title: "Column name",
  description: "As the account shows it.",
  type: "string",
  pattern: NOT_BLANK,
  "x-expected": "a column name",
  "x-rule": "BLANK_CSV_COLUMN_NAME",
};

const columns: SchemaNode = {
  type: "object",
  propertyNames: columnName,
  additionalProperties: text,
  "x-expected": "a mapping of column names to values",
};

const limit: SchemaNode = {
  description: 'A count of developers, or a share of the live developers that this roster owns, such as "10%".',
  type: ["integer", "string"],
  minimum: 0,
  pattern: "^0*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)%$",
  examples: [5, "10%"],
  "x-expected": 'a count from 0, or a share such as "10%"',
  "x-judged-by": "INVALID_LIMIT",
};

const developerKeys: Readonly<Record<string, SchemaNode>> = {
  name: {
    title: "Name",
    description: "The full name. Cannot be cleared; left out, the live name stays.",
    type: ["string", "number", "boolean"],
    pattern: NOT_BLANK,
    examples: ["Ada Lovelace"],
    "x-expected": "text",
    "x-judged-by": "REQUIRED_VALUE_MISSING",
  },
  manager: {
    title: "Manager",
    description:
      'The email of the manager, who must be on the roster too. null or "" for nobody; left out, the live manager stays.',
    type: ["string", "null"],
    pattern: `^(\\s*|${ADDRESS})$`,
    examples: ["grace@example.com", null],
    "x-expected": "an email address, or null for nobody",
    "x-rule": "INVALID_EMAIL",
  },
  identities: {
    title: "Identities",
    description: "User ids, by the name of an integration (see `integrations`) or by its integrationId.",
    type: "object",
    propertyNames: {
      type: "string",
      pattern: NOT_BLANK,
      "x-expected": "the name of an integration or an integrationId",
    },
    additionalProperties: {
      type: ["string", "number", "boolean"],
      pattern: NOT_BLANK,
      "x-expected": "a user id",
      "x-hint": "an identity can be set and moved, not cleared; leave the key out to keep what is live",
    },
    examples: [{ github: "ada", "102": "081de7ae" }],
    "x-expected": "a mapping of integrations to user ids",
  },
  attributes: {
    ...columns,
    title: "Attributes",
    description:
      "Columns whose name is a key of this file, such as `name`. Every other column can stand next to this key.",
    examples: [{ name: "A column that is called name" }],
  },
  effective: notYet("effective", "The days on which a developer joins and leaves."),
  previousEmails: notYet("previousEmails", "Former addresses of the developer."),
};

const developer: SchemaNode = {
  title: "Developer",
  description: "One developer. Every key that is not named here is the name of a column, and its value an attribute.",
  type: ["object", "null"],
  properties: {
    ...developerKeys,
    email: {
      description: "The email is the key of this mapping.",
      not: {},
      "x-rule": "UNKNOWN_KEY",
      "x-refused": "`email` cannot stand here: the email is the key of the developer",
      "x-hint": "for a column that is called email, write attributes: { email: ... }",
    },
  },
  propertyNames: columnName,
  additionalProperties: text,
  examples: [
    { name: "Ada Lovelace", manager: "grace@example.com", Role: "Staff Engineer", identities: { github: "ada" } },
  ],
  "x-expected": "a mapping with name, manager, identities and columns",
};

const listedDeveloper: SchemaNode = {
  ...developer,
  title: "Developer in a list",
  type: "object",
  required: ["email"],
  properties: { email, ...developerKeys },
  examples: [{ email: "ada@example.com", name: "Ada Lovelace" }],
  "x-expected": "a mapping with email, name, manager, identities and columns",
};

const fields: SchemaNode = {
  title: "Field mapping",
  description:
    "The columns of the account and what they mean. Stands in one file of a source; left out, the live mapping stays.",
  type: "object",
  additionalProperties: false,
  required: ["name", "email", "managerEmail"],
  properties: {
    name: { ...columnName, title: "The NAME column", examples: ["Name"] },
    email: { ...columnName, title: "The EMAIL column", examples: ["Email"] },
    managerEmail: { ...columnName, title: "The MANAGER_EMAIL column", examples: ["Manager Email"] },
    attributes: {
      title: "The other columns",
      description: "In the order that the account shows them.",
      type: "array",
      items: columnName,
      examples: [["Role", "Team", "Site"]],
      "x-expected": "a list of column names",
    },
  },
  "x-expected": "a mapping with name, email, managerEmail and attributes",
};

const guards: SchemaNode = {
  title: "Guards",
  description:
    "Limits that refuse a plan. They stand in one file of a source. What is left out has a default, which is on.",
  type: "object",
  additionalProperties: false,
  properties: {
    maxDelete: { ...limit, title: "Developers deleted", default: "the larger of 3 and 10%" },
    maxUpdate: { ...limit, title: "Developers updated", default: "the larger of 10 and 30%" },
    maxBlank: { ...limit, title: "Developers of whom a value becomes blank", default: "the larger of 10 and 30%" },
    maxManagerChange: {
      ...limit,
      title: "Developers who get another manager, or none",
      default: "the larger of 10 and 30%",
    },
    maxIdentityMove: {
      ...limit,
      title: "Identities that go from one developer to another",
      default: "the larger of 10 and 30%",
    },
    minDevelopers: {
      title: "Fewest developers after the apply",
      type: "integer",
      minimum: 0,
      default: 1,
      "x-expected": "a count from 0",
      "x-judged-by": "INVALID_LIMIT",
    },
    protect: {
      title: "People who are never deleted",
      type: "array",
      items: { ...email, "x-judged-by": "INVALID_EMAIL" },
      examples: [["cto@example.com"]],
      "x-expected": "a list of email addresses",
    },
  },
  "x-expected": "a mapping of guards",
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
  properties: {
    version: { title: "Version of the format", const: 1, "x-expected": "1, the version of the format" },
    fields,
    defaults: {
      ...columns,
      title: "Defaults",
      description: "Attributes of every developer of this file who does not have them.",
      examples: [{ Site: "Berlin" }],
    },
    integrations: {
      title: "Integrations",
      description: "Names for integrationIds. Stands in one file of a source.",
      type: "object",
      propertyNames: {
        type: "string",
        pattern: "^(?!\\s*\\d*\\s*$)",
        "x-expected": "a name that is not a number",
      },
      additionalProperties: {
        type: "integer",
        minimum: 1,
        maximum: Number.MAX_SAFE_INTEGER,
        "x-expected": "an integrationId: a whole number from 1",
      },
      examples: [{ github: 101, jira: 102 }],
      "x-expected": "a mapping of names to integrationIds",
    },
    developers: {
      title: "Developers",
      description: "By email, or a list of developers with an email each.",
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
      "x-expected": "none, managed or all",
    },
    guards,
    scope: notYet("scope", "The part of the live roster that this roster owns."),
    allow: notYet("allow", "Exceptions from the guards."),
    manageFields: notYet("manageFields", "The only fields to manage."),
    ignoreFields: notYet("ignoreFields", "Fields not to manage."),
  },
  $defs: { developer, listedDeveloper },
  "x-expected": "a mapping that begins with version: 1",
};
