/** How servers and gateways name the header that holds it; the documents name none. */
const HEADERS = ["x-request-id", "x-correlation-id", "x-trace-id", "request-id", "correlation-id", "cf-ray"];

/** Longer, or with other characters, it is no id, and has no place in a log. */
const ID = /^[\w.:/+=-]{1,128}$/;

/**
 * The id of a request in the server's own logs, which its support asks for: from a header, else the `correlationId` of
 * the platform's bodies. null when no part of the answer says.
 *
 * @example
 * requestIdOf(new Map([["x-request-id", "8a7f"]]), undefined); // "8a7f"
 */
export function requestIdOf(headers: ReadonlyMap<string, string>, json: unknown): string | null {
  const named = HEADERS.map((name) => headers.get(name)?.trim() ?? "").find((value) => ID.test(value));
  if (named !== undefined) return named;
  const inBody = json !== null && typeof json === "object" && "correlationId" in json ? json.correlationId : null;
  return typeof inBody === "string" && ID.test(inBody) ? inBody : null;
}
