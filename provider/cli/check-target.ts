import { type Target, targetText } from "../roster/target.js";

/**
 * A backup and a saved plan belong to the account that they were made of.
 *
 * @throws Error that names both
 */
export function checkTarget(what: "backup" | "saved plan", made: Target, now: Target): void {
  if (made.endpoint === now.endpoint && made.account === now.account) return;
  throw new Error(
    `the ${what} is of ${targetText(made)}, and the settings name ${targetText(now)}: nothing is sent there`,
  );
}
