import type { DeclaredFields } from "../declared.js";
import type { SchemaNode } from "../schema-node.js";
import { columnName, type NodesOf } from "./parts.js";

const fieldNodes: NodesOf<DeclaredFields> = {
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
  dropColumns: {
    title: "Columns that go",
    description:
      "Live columns that go, with everybody's values. A live column that is named nowhere stays. What is gone already does no harm here.",
    type: "array",
    items: columnName,
    examples: [["Site"]],
    "x-expected": "a list of column names",
  },
  renameColumns: {
    title: "New names of columns",
    description: "By the old name. The values stay. What has its new name already does no harm here.",
    type: "object",
    propertyNames: columnName,
    additionalProperties: columnName,
    examples: [{ Team: "Squad" }],
    "x-expected": "a mapping of old column names to new ones",
  },
};

/** `fields` of a roster file. */
export const fields: SchemaNode = {
  title: "Field mapping",
  description:
    "The columns of the account and what they mean. Stands in one file of a source; left out, the live mapping stays.",
  type: "object",
  additionalProperties: false,
  required: ["name", "email", "managerEmail"],
  properties: fieldNodes,
  examples: [{ name: "Name", email: "Email", managerEmail: "Manager Email", attributes: ["Role", "Team"] }],
  "x-expected": "a mapping with name, email, managerEmail and attributes",
};
