import type { Call, SeiError } from "../errors/sei-error.js";
import { CancelledError, ConnectionLostError, TimeoutError, UnreachableError } from "../errors/transport-errors.js";
import { isProxied } from "./dispatcher.js";
import type { Failure } from "./retry.js";

/** A try without an answer: what it means for a retry, and the error if there is none. */
export interface BrokenTry {
  readonly failure: Failure;
  readonly error: SeiError;
}

/** Connecting failed, and may work in a moment. */
const NOT_CONNECTED = new Set([
  "ECONNREFUSED",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ENETDOWN",
  "UND_ERR_CONNECT_TIMEOUT",
]);
/** Connecting failed for good. UND_ERR_ABORTED: the proxy refused the tunnel (a signal of ours is told apart before). */
const HOPELESS =
  /^(ENOTFOUND|EPROTO|UND_ERR_ABORTED|UND_ERR_PRX_TLS|ERR_TLS_.*|ERR_SSL_.*|CERT_.*|.*_CERT|.*_CERT_.*|.*SIGNATURE)$/;

/** Reads what undici threw. Its text is not used: it may quote what it received. */
export function brokenTry(
  thrown: unknown,
  call: Call,
  endpoint: string,
  timeoutMs: number,
  stopped: "timeout" | "cancelled" | null,
): BrokenTry {
  if (stopped === "cancelled") {
    return { failure: { kind: "lost", slow: true }, error: new CancelledError(call) };
  }
  if (stopped === "timeout") {
    return { failure: { kind: "lost", slow: true }, error: new TimeoutError(call, timeoutMs) };
  }
  const code = codeOf(thrown);
  const place = isProxied(endpoint) ? `${endpoint} through the proxy of the environment` : endpoint;
  if (NOT_CONNECTED.has(code) || (code === "ETIMEDOUT" && syscallOf(thrown) === "connect")) {
    return { failure: { kind: "notConnected" }, error: new UnreachableError(call, place, code) };
  }
  if (HOPELESS.test(code)) return { failure: { kind: "hopeless" }, error: new UnreachableError(call, place, code) };
  return { failure: { kind: "lost", slow: false }, error: new ConnectionLostError(call, code) };
}

function codeOf(thrown: unknown): string {
  if (typeof thrown !== "object" || thrown === null) return "unknown";
  if ("code" in thrown && typeof thrown.code === "string") return thrown.code;
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return codeOf(thrown.errors[0]);
  if ("cause" in thrown && thrown.cause !== undefined) return codeOf(thrown.cause);
  return thrown instanceof Error ? thrown.name : "unknown";
}

function syscallOf(thrown: unknown): string {
  return typeof thrown === "object" && thrown !== null && "syscall" in thrown ? String(thrown.syscall) : "";
}
