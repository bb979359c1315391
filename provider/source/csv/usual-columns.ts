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

/** Whether a column looks like one of the manager: then it is not the developer's. */
export function looksLikeManager(column: string): boolean {
  return HINTS.manager.test(usualKey(column));
}

/** What stands in the name of such a column, most of the time. */
const HINTS: Readonly<Record<Role, RegExp>> = {
  email: /mail|courriel|correo/,
  name: /^(employee|person|worker|member|developer|user)s?$|name$/,
  manager: /manager|mgr|supervisor|boss|reports|responsable|vorgesetzt|führungskraft|superior|jefe/,
};

/** What a name is made of, in exports that have no column of the whole name. */
const FIRST_NAME = /^(first|given|fore)name$/;
const LAST_NAME = /^(last|family|sur)name$/;
/** What has a name besides people, and names that are only a part of theirs. */
const OTHER_NAME =
  /^(first|given|fore|middle|last|family|sur|team|group|department|company|project|site|location)name$/;

/** The one of some columns that is most likely a role under an unusual name; null when none looks like it. */
export function looksLike(role: Role, columns: readonly string[]): string | null {
  const usual = USUAL[role].flat();
  // The manager's email and name are called by the same words.
  const possible = columns.filter((column) => role === "manager" || !looksLikeManager(column));
  const near = possible.find((column) => nearest(usualKey(column), usual) !== null);
  return near ?? possible.find((column) => HINTS[role].test(usualKey(column)) && !isOther(role, column)) ?? null;
}

function isOther(role: Role, column: string): boolean {
  return role === "name" && OTHER_NAME.test(usualKey(column));
}

/** The columns of the first and of the last name; null when some columns do not have both. */
export function nameInParts(columns: readonly string[]): readonly [first: string, last: string] | null {
  const first = columns.find((column) => FIRST_NAME.test(usualKey(column)));
  const last = columns.find((column) => LAST_NAME.test(usualKey(column)));
  return first === undefined || last === undefined ? null : [first, last];
}
