import type { AuthForm, Dialect } from "../dialect/dialect.js";
import { Refusal } from "../rules/refusal.js";

export type Scope = "developer_records:read" | "developer_records:write";

/** A key of the account. Source: "Requires an API key with `developer_records:write` scope." */
export interface ApiKey {
  readonly key: string;
  /** Without it, both. */
  readonly scopes?: readonly Scope[];
}

/**
 * Reads `KEY`, `KEY:read` or `KEY:write`.
 *
 * @throws Error for a key that is empty
 */
export function parseApiKey(text: string): ApiKey {
  const [, key = "", scope] = /^(.*?)(?::(read|write))?$/s.exec(text) ?? [];
  if (key === "") throw new Error("an API key must not be empty");
  if (scope === "read") return { key, scopes: ["developer_records:read"] };
  return scope === "write" ? { key, scopes: ["developer_records:write"] } : { key };
}

/**
 * Lets a request pass that carries a key with the scope.
 *
 * @throws Refusal 401 without a key that exists, in a form that the dialect takes; 403 for a key without the scope or another
 * account's `Harness-Account`
 */
export function authorise(
  headers: Headers,
  scope: Scope,
  keys: readonly ApiKey[],
  account: string | null,
  dialect: Dialect,
): void {
  const given = dialect.auth.map((form) => keyIn(headers, form)).find((key) => key !== null);
  const key = keys.find((each) => each.key === given);
  if (key === undefined) throw new Refusal(401, "Invalid payload or missing authorization.");
  if (key.scopes !== undefined && !key.scopes.includes(scope)) {
    throw new Refusal(403, `The API key has no ${scope} scope.`);
  }
  if (dialect.accountHeader === "unchecked") return;
  const sent = headers.get("harness-account");
  if (sent === null && dialect.accountHeader === "required") throw new Refusal(403, "Harness-Account is missing.");
  if (sent !== null && (sent === "" || (account !== null && sent !== account))) {
    throw new Refusal(403, "The API key belongs to another account.");
  }
}

function keyIn(headers: Headers, form: AuthForm): string | null {
  if (form === "x-api-key") return headers.get("x-api-key");
  const value = headers.get("authorization");
  if (value === null) return null;
  const [, scheme, rest] = /^(\S+)(?:\s+(.+))?$/.exec(value.trim()) ?? [];
  if (form === "bare") return rest === undefined ? (scheme ?? null) : null;
  return scheme?.toLowerCase() === form.toLowerCase() ? (rest ?? null) : null;
}
