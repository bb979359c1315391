import { Agent, type Dispatcher, EnvHttpProxyAgent } from "undici";
import { EndpointError, isLoopback } from "../endpoint.js";

/**
 * The connections to an endpoint. undici ignores HTTPS_PROXY, HTTP_PROXY and NO_PROXY unless told; this machine is never
 * reached through a proxy (as Go's net/http does it), so that a local simulator works in a company's network.
 */
export function dispatcherFor(endpoint: string, timeoutMs: number): Dispatcher {
  // The timeout of a request is ours; undici's own must not be shorter.
  const options = { headersTimeout: 0, bodyTimeout: 0, connect: { timeout: Math.min(timeoutMs, 15_000) } };
  if (!isProxied(endpoint)) return new Agent(options);
  try {
    return new EnvHttpProxyAgent(options);
  } catch {
    // Not quoted: it may hold a password.
    throw new EndpointError(
      "HTTPS_PROXY or HTTP_PROXY is not a URL of a proxy. Correct it, or name the host in NO_PROXY.",
    );
  }
}

/** Whether a proxy of the environment may stand between us and the endpoint. */
export function isProxied(endpoint: string): boolean {
  const names = ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY"];
  return !isLoopback(new URL(endpoint).hostname) && names.some((name) => (process.env[name] ?? "") !== "");
}
