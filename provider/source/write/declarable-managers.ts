import type { Developer } from "../../roster/developer.js";
import { circularReference } from "../../roster/rules/circular-reference.js";
import { strings } from "../../roster/strings.js";

/**
 * Why a live manager cannot be declared: the API's rules would refuse the source. `unknown`: what was read says nothing of
 * managers, so none is declared, not even nobody.
 */
export type ManagerFault = "notThere" | "inCircle" | "unknown";

const NONE = { attributes: strings([]), identities: new Map<number, string>() };

/** The developers whose live manager breaks a rule of the API, by key. */
export function managerFaults(developers: ReadonlyMap<string, Developer>): ReadonlyMap<string, ManagerFault> {
  const faults = new Map<string, ManagerFault>();
  for (const { email, managerEmail } of developers.values()) {
    if (managerEmail !== "" && !developers.has(managerEmail)) faults.set(email, "notThere");
  }
  const declared = [...developers.values()].map(({ email, managerEmail }) => ({ email, managerEmail, ...NONE }));
  for (const { emails } of circularReference(declared)) for (const email of emails) faults.set(email, "inCircle");
  return faults;
}
