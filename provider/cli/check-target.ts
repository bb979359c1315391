import type { Target } from "../roster/target.js";

/**
 * A backup and a saved plan belong to the account that they were made of.
 *
 * @throws Error that names both
 */
export function checkTarget(what: "backup" | "saved plan", made: Target, now: Target): void {
  if (made.endpoint === now.endpoint && made.account === now.account) return;
  const said = ({ endpoint, account }: Target) => `${endpoint}${account === "" ? "" : ` (account ${account})`}`;
  throw new Error(`the ${what} is of ${said(made)}, and the settings name ${said(now)}: nothing is sent there`);
}
