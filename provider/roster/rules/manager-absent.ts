import type { DesiredDeveloper } from "../developer.js";
import type { Effective } from "../effective.js";
import { brief } from "../shown.js";
import type { Problem } from "./problem.js";

/**
 * MANAGER_LEAVES_FIRST, MANAGER_JOINS_LATER: a manager is on the roster on every day that their reports are.
 *
 * The API only knows today: on the day that the manager goes, it would refuse the delete, or the reports would be left
 * with a manager who is nobody. A roster with dates knows it before.
 */
export function managerAbsent(developers: readonly DesiredDeveloper[]): readonly Problem[] {
  if (developers.every(({ effective }) => effective === undefined)) return [];
  const dates = new Map(developers.map(({ email, effective }) => [email, effective]));
  return developers.flatMap(({ email, managerEmail, effective }, index): Problem[] => {
    if (managerEmail === undefined || managerEmail === "") return [];
    const theirs = dates.get(managerEmail);
    const subject = { kind: "manager", index } as const;
    const emails = [email, managerEmail];
    const found: Problem[] = [];
    if (leavesFirst(theirs, effective)) {
      found.push({
        rule: "MANAGER_LEAVES_FIRST",
        message: `${brief(managerEmail)}, the manager of ${brief(email)}, leaves on ${theirs?.until}, and ${brief(email)} ${stays(effective)}`,
        hint: "name another manager, or let both leave on the same day",
        emails,
        subject,
      });
    }
    if (theirs?.from !== undefined && (effective?.from === undefined || effective.from < theirs.from)) {
      found.push({
        rule: "MANAGER_JOINS_LATER",
        message: `${brief(managerEmail)}, the manager of ${brief(email)}, joins on ${theirs.from}, and ${brief(email)} ${comes(effective)}`,
        hint: "name another manager until then; change it in a pull request of its own on the day",
        emails,
        subject,
      });
    }
    return found;
  });
}

function leavesFirst(manager: Effective | undefined, report: Effective | undefined): boolean {
  if (manager?.until === undefined) return false;
  return report?.until === undefined || manager.until < report.until;
}

function stays(effective: Effective | undefined): string {
  return effective?.until === undefined ? "stays" : `stays until ${effective.until}`;
}

function comes(effective: Effective | undefined): string {
  return effective?.from === undefined ? "is there already" : `joins on ${effective.from}`;
}
