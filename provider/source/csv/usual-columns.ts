import { columnKey } from "../../roster/field-mapping.js";
import { nearest } from "../../roster/rules/nearest.js";

/** What a column of a CSV can mean, besides an attribute. */
export type Role = "email" | "name" | "manager";

/**
 * The names that exports give to the columns we need, as keys. Names of one group say the same; a name of an earlier
 * group is taken before those of a later one.
 */
const USUAL: Readonly<Record<Role, readonly (readonly string[])[]>> = {
  email: [
    ["email", "emailaddress", "workemail", "workemailaddress", "companyemail", "businessemail", "primaryemail", "mail"],
  ],
  name: [["name", "fullname", "displayname", "employeename", "developername"]],
  manager: [
    [
      "manageremail",
      "manageremailaddress",
      "managersemail",
      "managersemailaddress",
      "managerworkemail",
      "linemanageremail",
      "supervisoremail",
      "reportstoemail",
    ],
    ["manager", "linemanager", "supervisor", "reportsto"],
  ],
};

/** The usual names of a role, as keys: the first group first. */
export function usualNames(role: Role): readonly (readonly string[])[] {
  return USUAL[role];
}

/**
 * The key by which a column name is looked up among the usual ones: `Manager's E-Mail` is `managersemail`.
 */
export function usualKey(column: string): string {
  return columnKey(column.trim()).replace(/['\u2019`]/g, "");
}

/** Whether a column is called as the email usually is. */
export function isUsualEmail(column: string): boolean {
  return USUAL.email.flat().includes(usualKey(column));
}

/** What stands in the name of such a column, most of the time. */
const HINTS: Readonly<Record<Role, RegExp>> = {
  email: /mail/,
  name: /^(employee|person|worker|member|developer|user)|name$/,
  manager: /manager|mgr|supervisor|boss|reports/,
};

/** The one of some columns that is most likely a role under an unusual name; null when none looks like it. */
export function looksLike(role: Role, columns: readonly string[]): string | null {
  const usual = USUAL[role].flat();
  const near = columns.find((column) => nearest(usualKey(column), usual) !== null);
  return near ?? columns.find((column) => HINTS[role].test(usualKey(column))) ?? null;
}
