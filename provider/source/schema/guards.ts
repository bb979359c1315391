import type { GuardSettings } from "../../roster/policy.js";
import type { SchemaNode } from "../schema-node.js";
import { email, type NodesOf } from "./parts.js";

const limit: SchemaNode = {
  description: 'A count of developers, or a share of the live developers that this roster owns, such as "10%".',
  type: ["integer", "string"],
  minimum: 0,
  pattern: "^0*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)%$",
  examples: [5, "10%"],
  "x-expected": 'a count from 0, or a share such as "10%"',
  "x-judged-by": "INVALID_LIMIT",
};

const guardNodes: NodesOf<GuardSettings> = {
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
};

/** `guards` of a roster file. */
export const guards: SchemaNode = {
  title: "Guards",
  description:
    "Limits that refuse a plan. They stand in one file of a source. What is left out has a default, which is on.",
  type: "object",
  additionalProperties: false,
  properties: guardNodes,
  examples: [{ maxDelete: "10%", minDevelopers: 5, protect: ["cto@example.com"] }],
  "x-expected": "a mapping of guards",
};
