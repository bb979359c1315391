import type { DesiredDeveloper } from "../developer.js";
import { circularReference } from "./circular-reference.js";
import { datesRunBackwards } from "./dates-run-backwards.js";
import { duplicateEmail } from "./duplicate-email.js";
import { emptyRoster } from "./empty-roster.js";
import { identityClaimedTwice } from "./identity-claimed-twice.js";
import { managerAbsent } from "./manager-absent.js";
import { managerEmailMissing } from "./manager-email-missing.js";
import { positionsOf } from "./positions-of.js";
import { previousEmails } from "./previous-emails.js";
import type { Problem } from "./problem.js";
import { requiredValueMissing } from "./required-value-missing.js";

/** Rules that hold for what is known, even when some of the source could not be read. */
const RULES = [
  duplicateEmail,
  requiredValueMissing,
  circularReference,
  identityClaimedTwice,
  datesRunBackwards,
  managerAbsent,
  previousEmails,
];

/** What the rules need to know of a source. */
export interface Extent {
  /** false when a part of the source could not be read: then nobody can say who is not declared. */
  readonly whole: boolean;
  /** The source owns a part of the account: a manager may live outside of it, which is checked against live. */
  readonly scoped: boolean;
}

/**
 * Every rule over the developers of a roster, as they were declared: doubled ones are in the list twice.
 *
 * @example
 * checkDevelopers([], { whole: true, scoped: false })[0]?.rule; // "EMPTY_ROSTER"
 */
export function checkDevelopers(
  developers: readonly DesiredDeveloper[],
  { whole, scoped }: Extent,
): readonly Problem[] {
  const rules = [...RULES, ...(whole && !scoped ? [managerEmailMissing] : []), ...(whole ? [emptyRoster] : [])];
  const positions = positionsOf(developers);
  return rules.flatMap((rule) => rule(developers, positions));
}
