import { brief, listed, printable, quoted } from "../shown.js";
import { nearest } from "./nearest.js";

/** Why a name does not say which integration is meant. */
export interface UnknownIntegration {
  readonly rule: "UNKNOWN_INTEGRATION";
  readonly message: string;
  readonly hint: string;
}

/**
 * UNKNOWN_INTEGRATION: an identity belongs to an integration that is declared under `integrations`, or to an
 * integrationId.
 *
 * @returns the id, or why there is none
 * @example
 * integrationId("github", new Map([["github", 101]])); // 101
 * integrationId("102", new Map()); // 102
 */
export function integrationId(name: string, known: ReadonlyMap<string, number>): number | UnknownIntegration {
  const declared = known.get(name);
  if (declared !== undefined) return declared;
  const id = /^[1-9]\d*$/.test(name) ? Number(name) : Number.NaN;
  if (Number.isSafeInteger(id)) return id;
  return {
    rule: "UNKNOWN_INTEGRATION",
    message: `there is no integration ${quoted(name)}`,
    hint: hintFor(name, known),
  };
}

function hintFor(name: string, known: ReadonlyMap<string, number>): string {
  const names = [...known.keys()];
  const meant = nearest(name, names);
  if (meant !== null) return `did you mean ${quoted(meant)}?`;
  if (names.length === 0)
    return `declare it: integrations: { ${printable(brief(name))}: <its integrationId> }, or write the integrationId`;
  return `declared: ${listed(names, printable)}; or write the integrationId`;
}
