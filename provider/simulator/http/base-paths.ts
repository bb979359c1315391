/**
 * Where the API is served: the documented base paths, and none at all, as the cloud ids' examples have it.
 *
 * Source: "Before you begin" (Prod 1, Prod 2, EU) and the gateway of "Authentication".
 */
export const BASE_PATHS = ["/prod1/sei/api", "/gratis/sei/api", "/gateway/sei/api", "/sei/api", ""] as const;

/** A path behind its base path. */
export function withoutBase(path: string): string {
  const base = BASE_PATHS.find((each) => each !== "" && path.startsWith(`${each}/`)) ?? "";
  return path.slice(base.length);
}
