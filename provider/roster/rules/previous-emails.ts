import type { DesiredDeveloper } from "../developer.js";
import { brief } from "../shown.js";
import type { Problem } from "./problem.js";

/**
 * PREVIOUS_EMAIL_DECLARED, PREVIOUS_EMAIL_CLAIMED_TWICE: a former address belongs to one person, and to nobody else
 * now. Otherwise a rename would take over somebody's record.
 */
export function previousEmails(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  if (developers.every((one) => one.previousEmails === undefined)) return [];
  const declared = new Map(developers.map(({ email }, index) => [email, index]));
  const claims = new Map<string, { readonly email: string; readonly index: number; readonly item: number }>();
  const problems: Problem[] = [];
  for (const [index, { email, previousEmails: former = [] }] of developers.entries()) {
    for (const [item, previous] of former.entries()) {
      const subject = { kind: "previousEmail", index, item } as const;
      const owner = declared.get(previous);
      if (owner !== undefined) {
        problems.push({
          rule: "PREVIOUS_EMAIL_DECLARED",
          message:
            previous === email
              ? `${brief(previous)} is the address of ${brief(email)} today, and no previous one`
              : `${brief(previous)} is a previous address of ${brief(email)}, and a developer of its own too`,
          hint: "an address that was renamed is not declared any more: take one of them out",
          emails: [email, previous],
          subject,
          ...(previous === email ? {} : { other: { kind: "developer", index: owner } as const }),
        });
      }
      const earlier = claims.get(previous);
      if (earlier === undefined) claims.set(previous, { email, index, item });
      else if (earlier.email !== email) {
        problems.push({
          rule: "PREVIOUS_EMAIL_CLAIMED_TWICE",
          message: `${brief(previous)} is a previous address of ${brief(earlier.email)} and of ${brief(email)}`,
          hint: "it can only have been the address of one of them",
          emails: [earlier.email, email],
          subject,
          other: { kind: "previousEmail", index: earlier.index, item: earlier.item },
        });
      }
    }
  }
  return problems;
}
