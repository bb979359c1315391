import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import { nearestEmail } from "./nearest-email.js";
import { type Positions, positionsOf } from "./positions-of.js";
import type { Problem } from "./problem.js";

/**
 * MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: every manager is on the roster.
 *
 * Source: Troubleshooting, "Error types": "Manager email can be empty, but if provided, it must match an existing
 * developer's email".
 */
export function managerEmailMissing(
  developers: readonly DesiredDeveloper[],
  positions: Positions = positionsOf(developers),
): readonly Problem[] {
  const near = nearestEmail(positions.keys());
  const renamed = new Map<string, string>();
  for (const { email, previousEmails = [] } of developers) {
    for (const old of previousEmails) renamed.set(old, email);
  }
  return developers.flatMap(({ email, managerEmail }, index): Problem[] => {
    if (managerEmail === undefined || managerEmail === "" || positions.has(managerEmail)) return [];
    const meant = renamed.get(managerEmail) ?? near(managerEmail);
    return [
      {
        rule: "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
        message: `${brief(managerEmail)}, the manager of ${brief(email)}, is not on the roster`,
        hint:
          meant === null || meant === email
            ? "declare the manager as a developer too, or name another one"
            : `did you mean ${brief(meant)}? Else declare the manager as a developer too`,
        emails: [email, managerEmail],
        subject: { kind: "manager", index },
      },
    ];
  });
}
