import { byText } from "../../roster/strings.js";
import { API_RULES } from "./api-rules.js";
import { FILE_RULES } from "./file-rules.js";
import { ROSTER_RULES } from "./roster-rules.js";
import type { Rule } from "./rule.js";
import { SHAPE_RULES } from "./shape-rules.js";

/** Every rule that a finding can name, by name and sorted. A test holds that none is missing and none is dead. */
export const CATALOGUE: ReadonlyMap<string, Rule> = new Map(
  [...API_RULES, ...FILE_RULES, ...SHAPE_RULES, ...ROSTER_RULES]
    .sort((a, b) => byText(a.name, b.name))
    .map((rule) => [rule.name, rule]),
);

/**
 * Where a rule is explained, relative to the root of this package; null for a rule that the catalogue does not have.
 *
 * @example
 * helpOf("DUPLICATE_EMAIL"); // "docs/rules.md#duplicate_email"
 */
export function helpOf(rule: string): string | null {
  return CATALOGUE.has(rule) ? `docs/rules.md#${rule.toLowerCase()}` : null;
}
