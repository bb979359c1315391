import type { DeclaredEffective, DeveloperArgs, ListedDeveloperArgs } from "../declared.js";
import type { SchemaNode } from "../schema-node.js";
import { ADDRESS, columnName, columns, day, email, emails, NOT_BLANK, type NodesOf, text } from "./parts.js";

const effective: NodesOf<DeclaredEffective> = {
  from: {
    ...day,
    title: "First day",
    description: "The first day on the roster, in UTC. Left out: always there.",
    type: ["string", "null"],
  },
  until: {
    ...day,
    title: "Last day",
    description: "The last day on the roster, in UTC: they leave on the day after. Left out: no end.",
    type: ["string", "null"],
    examples: ["2027-06-30"],
  },
};

const developerKeys: NodesOf<DeveloperArgs> = {
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
  effective: {
    title: "Effective dates",
    description: "From when until when the developer is on the roster; both days included, in UTC.",
    type: ["object", "null"],
    additionalProperties: false,
    properties: effective,
    examples: [{ from: "2026-12-01", until: "2027-06-30" }],
    "x-expected": "a mapping with from and until",
  },
  previousEmails: {
    ...emails,
    title: "Previous emails",
    description:
      "Former addresses: the developer was renamed, and is neither new nor gone. They are not declared any more.",
    examples: [["ada.byron@example.com"]],
  },
};

/** A developer in a mapping by email. */
export const developer: SchemaNode = {
  title: "Developer",
  description: "One developer. Every key that is not named here is the name of a column, and its value an attribute.",
  type: ["object", "null"],
  properties: {
    ...developerKeys,
    email: {
      title: "Email address",
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

/** A developer in a list. */
export const listedDeveloper: SchemaNode = {
  ...developer,
  title: "Developer in a list",
  type: "object",
  required: ["email"],
  properties: {
    email: {
      ...email,
      description: "The key of the developer. Case and spaces around it do not matter.",
      "x-judged-by": "INVALID_EMAIL",
    },
    ...developerKeys,
  } satisfies NodesOf<ListedDeveloperArgs>,
  examples: [{ email: "ada@example.com", name: "Ada Lovelace" }],
  "x-expected": "a mapping with email, name, manager, identities and columns",
};
