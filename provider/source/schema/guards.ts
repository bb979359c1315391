import type { GuardSettings } from "../../roster/policy.js";
import type { SchemaNode } from "../schema-node.js";
import { email, type NodesOf } from "./parts.js";

const limit: SchemaNode = {
  type: ["integer", "string"],
  minimum: 0,
  pattern: "^0*(100(\\.0+)?|\\d{1,2}(\\.\\d+)?)%$",
  examples: [5, "10%"],
  "x-expected": 'a count from 0, or a share such as "10%"',
  "x-judged-by": "INVALID_LIMIT",
};

/** An editor writes `default` as a value, and this is none: it stands in the description. */
function limited(title: string, standard: string): SchemaNode {
  const what = 'A count of developers, or a share of the live developers that this roster owns, such as "10%".';
  return { ...limit, title, description: `${what} Default: ${standard}.` };
}

const guardNodes: NodesOf<GuardSettings> = {
  maxDelete: limited("Developers deleted", "the larger of 3 and 10%"),
  maxUpdate: limited("Developers updated", "the larger of 10 and 30%"),
  maxBlank: limited("Developers of whom a value becomes blank", "the larger of 10 and 30%"),
  maxManagerChange: limited("Developers who get another manager, or none", "the larger of 10 and 30%"),
  maxIdentityMove: limited("Identities that go from one developer to another", "the larger of 10 and 30%"),
  minDevelopers: {
    title: "Fewest developers after the apply",
    description: "A plan that deletes somebody and leaves fewer developers in the account than this is refused.",
    type: "integer",
    minimum: 0,
    default: 1,
    examples: [5],
    "x-expected": "a count from 0",
    "x-judged-by": "INVALID_LIMIT",
  },
  protect: {
    title: "People who are never deleted",
    description: "By email. A plan that would delete one of them is refused, whatever else allows it.",
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
