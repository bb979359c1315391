import type { DesiredDeveloper } from "../developer.js";
import { nearestEmail } from "./nearest-email.js";
import type { Problem } from "./problem.js";

/**
 * MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS: every manager is on the roster.
 *
 * Source: Troubleshooting, "Error types": "Manager email can be empty, but if provided, it must match an existing
 * developer's email".
 */
export function managerEmailMissing(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  const emails = new Set(developers.map(({ email }) => email));
  const near = nearestEmail([...emails]);
  const renamed = new Map(
    developers.flatMap((one) => (one.previousEmails ?? []).map((old) => [old, one.email] as const)),
  );
  return developers.flatMap(({ email, managerEmail }, index): Problem[] => {
    if (managerEmail === undefined || managerEmail === "" || emails.has(managerEmail)) return [];
    const meant = renamed.get(managerEmail) ?? near(managerEmail);
    return [
      {
        rule: "MANAGER_EMAIL_MISSING_IN_DEVELOPER_EMAILS",
        message: `${managerEmail}, the manager of ${email}, is not on the roster`,
        hint:
          meant === null || meant === email
            ? "declare the manager as a developer too, or name another one"
            : `did you mean ${meant}? Else declare the manager as a developer too`,
        emails: [email, managerEmail],
        subject: { kind: "manager", index },
      },
    ];
  });
}
