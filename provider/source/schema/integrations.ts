import type { DeclaredIntegration } from "../declared.js";
import type { SchemaNode } from "../schema-node.js";
import type { NodesOf } from "./parts.js";

const integration: NodesOf<DeclaredIntegration> = {
  id: {
    title: "The integrationId",
    description: "The number of the integration in SEI.",
    type: "integer",
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    examples: [101],
    "x-expected": "an integrationId: a whole number from 1",
  },
  applicationType: {
    title: "Application type",
    description:
      "What kind of tool it is, in the words of the API: GITHUB, GITLAB_CLOUD, BITBUCKET_SERVER, BITBUCKET_CLOUD, HARNESS_CODE, CUSTOM or another. Only an account that speaks the previous generation of the API needs it.",
    type: "string",
    pattern: "^\\S+$",
    examples: ["GITHUB"],
    "x-expected": "an application type such as GITHUB",
  },
};

/** The names of integrations. */
export const integrations: SchemaNode = {
  title: "Integrations",
  description:
    "Names for integrationIds. Stands in one file of a source. An id alone, or with its application type: `{ id: 101, applicationType: GITHUB }`.",
  type: "object",
  propertyNames: {
    type: "string",
    pattern: "^(?!\\s*\\d*\\s*$)",
    "x-expected": "a name that is not a number",
  },
  additionalProperties: {
    type: ["integer", "object"],
    minimum: 1,
    maximum: Number.MAX_SAFE_INTEGER,
    additionalProperties: false,
    required: ["id"],
    properties: integration,
    "x-expected": "an integrationId: a whole number from 1",
  },
  examples: [{ github: 101, jira: 102 }, { github: { id: 101, applicationType: "GITHUB" } }],
  "x-expected": "a mapping of names to integrationIds",
};
