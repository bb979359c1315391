/** Whose roster it is: the base URL of the API (no trailing slash) and the account, "" when the key alone names it. */
export interface Target {
  readonly endpoint: string;
  readonly account: string;
}

/**
 * A target in words.
 *
 * @example
 * targetText({ endpoint: "https://app.harness.io/prod1/sei/api", account: "a1" });
 * // "https://app.harness.io/prod1/sei/api (account a1)"
 */
export function targetText({ endpoint, account }: Target): string {
  return `${endpoint}${account === "" ? "" : ` (account ${account})`}`;
}
