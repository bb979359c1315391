import type { DeclaredAllowance } from "../declared.js";
import type { SchemaNode } from "../schema-node.js";
import { day, emails, NOT_BLANK, type NodesOf } from "./parts.js";

/** The people whom an exception names, for one kind of loss. */
function losing(title: string, guard: string): SchemaNode {
  return { ...emails, title, description: `By email. They do not count for guards.${guard}.` };
}

const allowanceNodes: NodesOf<DeclaredAllowance> = {
  delete: losing("Who may be deleted", "maxDelete"),
  update: losing("Who may be updated", "maxUpdate"),
  blank: losing("Of whom a value may become blank", "maxBlank"),
  managerChange: losing("Who may get another manager, or none", "maxManagerChange"),
  identityMove: losing("Who may take an identity from somebody else", "maxIdentityMove"),
  plan: {
    title: "The plan that may pass",
    description: "Its checksum, or the first 16 digits or more: exactly this plan, and nobody by name.",
    type: "string",
    pattern: "^[0-9a-f]{16,64}$",
    examples: ["9f2c4e1ab0d35c77"],
    "x-expected": "the checksum of a plan: 16 to 64 digits 0-9a-f",
  },
  reason: {
    title: "Reason",
    description: "Why, for whoever reads it later.",
    type: "string",
    pattern: NOT_BLANK,
    examples: ["Site X closed, HR-123"],
    "x-expected": "text that says why",
  },
  until: {
    ...day,
    title: "Until",
    description: "The last day on which it counts, in UTC.",
    examples: ["2026-12-31"],
  },
};

/** One entry of `allow`. */
export const allowance: SchemaNode = {
  title: "Exception",
  description: "Either people, by kind of loss, or one plan; with a reason and an end.",
  type: "object",
  additionalProperties: false,
  required: ["reason", "until"],
  properties: allowanceNodes,
  examples: [{ delete: ["bob@example.com"], reason: "Site X closed, HR-123", until: "2026-12-31" }],
  "x-expected": "a mapping with whom or what it allows, reason and until",
};
