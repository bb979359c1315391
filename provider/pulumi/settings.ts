import type { People } from "../report/people.js";
import { isChecksum } from "../roster/approved-plan.js";
import { GENERATIONS, type Generation } from "../roster/generation.js";
import { type Target, targetText } from "../roster/target.js";
import { resolveEndpoint } from "../sei/endpoint.js";

/** The config namespace: `harness` alone is taken. */
export const NAMESPACE = "harness-sei";

/** How a provider reaches the API, and how much it may say about people. */
export interface Settings {
  readonly target: Target;
  readonly apiKey: string;
  /** Which endpoints the account speaks. */
  readonly generation: Generation;
  readonly auth: "auto" | "x-api-key" | "authorization";
  readonly people: People;
  /** The plans that were reviewed, by checksum or its first digits: no other is applied. null: any. */
  readonly approvedPlans: readonly string[] | null;
}

/** What is wrong with the settings: a sentence that says what to set, and where. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

/** Reads one value of the stack's configuration; undefined when it is not set. */
export type GetConfig = (key: string) => string | undefined;

/**
 * Reads the settings. For the endpoint and the account the configuration comes first; for the key the environment does,
 * because a plain refresh or destroy hands the provider the configuration that was stored with the last update.
 *
 * @throws SettingsError
 */
export function readSettings(getConfig: GetConfig, env: NodeJS.ProcessEnv): Settings {
  const config = (key: string) => getConfig(`${NAMESPACE}:${key}`)?.trim() ?? "";
  const variable = (name: string) => env[name]?.trim() ?? "";
  const apiKey = variable("SEI_API_KEY") || config("apiKey");
  if (apiKey === "") {
    throw new SettingsError(
      `there is no API key: set the environment variable SEI_API_KEY, or run \`pulumi config set --secret ${NAMESPACE}:apiKey\``,
    );
  }
  return {
    target: {
      endpoint: endpointOf(config("endpoint"), config("region"), variable("SEI_ENDPOINT"), variable("SEI_REGION")),
      account: config("account") || variable("SEI_ACCOUNT"),
    },
    apiKey,
    generation: oneOf(config("generation") || variable("SEI_GENERATION"), GENERATIONS, "v2", "generation"),
    auth: oneOf(config("auth") || variable("SEI_AUTH"), ["auto", "x-api-key", "authorization"], "auto", "auth"),
    people: oneOf(config("people"), ["names", "masked", "none"], "names", "people"),
    approvedPlans: approvedFrom(variable("SEI_APPROVED_PLAN") || config("approvedPlan")),
  };
}

/**
 * How far people may be named, for what is said before the settings are read, or without them: a word that is none names
 * nobody.
 */
export function peopleFrom(text: string | undefined): People {
  const word = text?.trim() ?? "";
  if (word === "") return "names";
  return word === "names" || word === "masked" ? word : "none";
}

/** One, or several with commas between them: a program may have several resources that write. */
function approvedFrom(text: string): readonly string[] | null {
  if (text === "") return null;
  const sums = text.split(",").map((sum) => sum.trim().toLowerCase());
  if (sums.every(isChecksum)) return sums;
  throw new SettingsError(
    `${NAMESPACE}:approvedPlan must be the checksum that a preview says, 16 digits of it or more; several with commas between them`,
  );
}

function endpointOf(endpoint: string, region: string, envEndpoint: string, envRegion: string): string {
  const configured = endpoint !== "" || region !== "";
  const chosen = configured ? { endpoint, region } : { endpoint: envEndpoint, region: envRegion };
  if (chosen.endpoint === "" && chosen.region === "") {
    throw new SettingsError(
      `there is no endpoint: run \`pulumi config set ${NAMESPACE}:region prod1\` (or prod2, eu), or \`pulumi config set ${NAMESPACE}:endpoint URL\``,
    );
  }
  try {
    return resolveEndpoint(chosen);
  } catch (error) {
    throw new SettingsError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function oneOf<T extends string>(value: string, values: readonly T[], standard: T, key: string): T {
  if (value === "") return standard;
  const found = values.find((known) => known === value);
  if (found === undefined) {
    throw new SettingsError(`${NAMESPACE}:${key} is ${JSON.stringify(value)}; it must be one of ${values.join(", ")}`);
  }
  return found;
}

/** The id of a roster resource: whose roster it is. */
export function targetId({ endpoint, account }: Target): string {
  return account === "" ? endpoint : `${endpoint}#${account}`;
}

/**
 * A resource belongs to the account it was created in. Another endpoint or account is a mistake, never a replacement:
 * a replacement would delete one company's people and create them in another's account.
 *
 * @returns the sentence to refuse with; null when the target is the recorded one, or nothing was recorded.
 */
export function targetMismatch(
  recorded: { readonly endpoint?: unknown; readonly account?: unknown },
  now: Target,
): string | null {
  if (typeof recorded.endpoint !== "string" || recorded.endpoint === "") return null;
  const account = typeof recorded.account === "string" ? recorded.account : "";
  if (recorded.endpoint === now.endpoint && account === now.account) return null;
  return `this resource was created at ${targetText({ endpoint: recorded.endpoint, account })}, and the configuration now names ${targetText(now)}. Set it back; for another account use another stack`;
}
