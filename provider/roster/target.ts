/** Whose roster it is: the base URL of the API (no trailing slash) and the account, "" when the key alone names it. */
export interface Target {
  readonly endpoint: string;
  readonly account: string;
}
