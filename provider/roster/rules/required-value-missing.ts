import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import type { Problem } from "./problem.js";

/**
 * REQUIRED_VALUE_MISSING: a name that is declared is not blank.
 *
 * Source: Troubleshooting, "Error types". A name that is left out is fine: the live one stays, and whether a new
 * developer has one is checked against live when a plan is made.
 */
export function requiredValueMissing(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  return developers.flatMap(({ email, name }, index): Problem[] =>
    name === undefined || name.trim() !== ""
      ? []
      : [
          {
            rule: "REQUIRED_VALUE_MISSING",
            message: `the name of ${brief(email)} is blank; a name cannot be cleared`,
            hint: "write the name, or leave the key out so that the live name stays",
            cellHint: "write the name into the cell, or take the row out",
            emails: [email],
            subject: { kind: "name", index },
          },
        ],
  );
}
