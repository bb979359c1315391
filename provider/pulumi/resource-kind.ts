import * as pulumi from "@pulumi/pulumi";
import { NAMESPACE } from "./settings.js";

/** The type token of one of our resources. */
export function resourceType(kind: string): string {
  return `pulumi-nodejs:dynamic/${NAMESPACE}:${kind}`;
}

/** The providers' files, as package.json exports them. These subpaths are in users' states: they never change. */
export type ProviderFile = "roster-provider" | "identity-provider" | "field-mapping-provider";

/**
 * What the engine keeps as the code of a resource: one `require` of a stable subpath, resolved from the folder of the
 * program. It is written out instead of being made by Pulumi's closure serialisation, so it is the same text from every
 * version and every layout of node_modules (a workspace's symbolic links, this package's own checkout), holds no code
 * and captures nothing.
 */
export function stub(file: ProviderFile): { readonly __provider: string } {
  return {
    __provider: `exports.handler = () => require("module").createRequire(process.cwd() + "/")("pulumi-harness-sei/pulumi/${file}");`,
  };
}

/** A key in plain text would be in the stack's file, in the state and in every checkpoint. */
export function refusePlainKey(): void {
  const key = new pulumi.Config(NAMESPACE).get("apiKey");
  if (key === undefined || key === "" || isSecret(`${NAMESPACE}:apiKey`)) return;
  throw new pulumi.RunError(
    `${NAMESPACE}:apiKey is in the configuration in plain text. Run \`pulumi config set --secret ${NAMESPACE}:apiKey\`, and replace the key: it may have been committed`,
  );
}

/** The language host hands the program the keys of its secret configuration in this variable. */
function isSecret(key: string): boolean {
  const keys: unknown = JSON.parse(process.env["PULUMI_CONFIG_SECRET_KEYS"] ?? "[]");
  return Array.isArray(keys) && keys.includes(key);
}
