import { randomBytes } from "node:crypto";

/** People that this package made up for one run. Nobody else's records are ever written. */
export interface OwnPeople {
  /** Twelve hexadecimal digits. */
  readonly run: string;
  /** Their name, and the value of their other columns: `Conformance 0123456789ab`. */
  readonly mark: string;
  /** @param who a short word in lower case */
  email(who: string): string;
  /** Whether an address is one of this run. */
  has(email: string): boolean;
}

const DOMAIN = "example.com";
const OF_ANY_RUN = /^conformance-([0-9a-f]{12})-[a-z0-9]+@example\.com$/i;

/**
 * New people.
 *
 * @example
 * newPeople().email("boss"); // "conformance-0123456789ab-boss@example.com"
 */
export function newPeople(): OwnPeople {
  const run = randomBytes(6).toString("hex");
  const start = `conformance-${run}-`;
  return {
    run,
    mark: `Conformance ${run}`,
    email: (who) => `${start}${who}@${DOMAIN}`,
    has: (email) => OF_ANY_RUN.test(email) && email.toLowerCase().startsWith(start),
  };
}

/**
 * Whether somebody was made up by a run of this command, this one or one before: the address has the number of a run, and
 * so has the name.
 */
export function isMadeUp({ email, name }: { readonly email: string; readonly name: string }): boolean {
  const [, run] = OF_ANY_RUN.exec(email) ?? [];
  return run !== undefined && name.toLowerCase().includes(run.toLowerCase());
}
