import type { DesiredDeveloper } from "../developer.js";
import { circularReference } from "./circular-reference.js";
import { duplicateEmail } from "./duplicate-email.js";
import { emptyRoster } from "./empty-roster.js";
import { identityClaimedTwice } from "./identity-claimed-twice.js";
import { managerEmailMissing } from "./manager-email-missing.js";
import type { Problem } from "./problem.js";
import { requiredValueMissing } from "./required-value-missing.js";

/** Rules that hold for what is known, even when some of the source could not be read. */
const RULES = [duplicateEmail, requiredValueMissing, circularReference, identityClaimedTwice];

/** Rules about who is not declared: nobody can say while a part of the source could not be read. */
const RULES_OF_ALL = [managerEmailMissing, emptyRoster];

/**
 * Every rule over the developers of a roster, as they were declared: doubled ones are in the list twice.
 *
 * @param whole false when a part of the source could not be read
 * @example
 * checkDevelopers([], true)[0]?.rule; // "EMPTY_ROSTER"
 */
export function checkDevelopers(developers: readonly DesiredDeveloper[], whole: boolean): readonly Problem[] {
  const rules = whole ? [...RULES, ...RULES_OF_ALL] : RULES;
  return rules.flatMap((rule) => rule(developers));
}
