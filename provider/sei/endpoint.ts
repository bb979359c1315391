import { SeiError } from "./errors/sei-error.js";

/** The regions of "Before you begin". */
export const REGIONS = {
  prod1: "https://app.harness.io/prod1/sei/api",
  prod2: "https://app.harness.io/gratis/sei/api",
  eu: "https://accounts.eu.harness.io/sei/api",
} as const;

export type Region = keyof typeof REGIONS;

/** The endpoint or the region is missing or cannot be used. */
export class EndpointError extends SeiError {}

export interface EndpointOptions {
  readonly endpoint?: string | undefined;
  readonly region?: string | undefined;
  /** Allows `http://` to a host that is not this machine: the key goes over the wire unencrypted. */
  readonly allowInsecure?: boolean | undefined;
}

/**
 * The base URL of the API, without a trailing slash, so that a path can be put behind it.
 *
 * @throws EndpointError when there is none or two, or the URL cannot be used.
 * @example
 * resolveEndpoint({ region: "eu" }); // "https://accounts.eu.harness.io/sei/api"
 * resolveEndpoint({ endpoint: "http://127.0.0.1:8787/" }); // "http://127.0.0.1:8787"
 */
export function resolveEndpoint(options: EndpointOptions): string {
  const endpoint = options.endpoint?.trim() ?? "";
  const region = options.region?.trim() ?? "";
  if (endpoint !== "" && region !== "") {
    throw new EndpointError("Both an endpoint and a region are set. Set one of them.");
  }
  if (endpoint !== "") return checkedUrl(endpoint, options.allowInsecure ?? false);
  if (region === "") {
    throw new EndpointError(
      `No endpoint and no region is set. Set a base URL, or a region: ${Object.keys(REGIONS).join(", ")}.`,
    );
  }
  if (!isRegion(region)) {
    throw new EndpointError(`There is no region "${region}". Regions: ${Object.keys(REGIONS).join(", ")}.`);
  }
  return REGIONS[region];
}

function isRegion(name: string): name is Region {
  return Object.hasOwn(REGIONS, name);
}

function checkedUrl(text: string, allowInsecure: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) {
    throw new EndpointError(`The endpoint "${text}" is not a URL. Example: ${REGIONS.prod1}`);
  }
  // Before anything quotes the text again: it may hold a password.
  if (url.username !== "" || url.password !== "") {
    throw new EndpointError("The endpoint holds a user name or a password. Only the API key is used: take them out.");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new EndpointError(`The endpoint "${text}" must start with https:// (or http:// on this machine).`);
  }
  if (url.search !== "" || url.hash !== "") {
    throw new EndpointError(`The endpoint "${url.origin}${url.pathname}" must have no ? and no # part.`);
  }
  if (url.protocol === "http:" && !allowInsecure && !isLoopback(url.hostname)) {
    throw new EndpointError(
      `The endpoint "${text}" would send the key unencrypted. Use https://; http:// is for this machine only.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** Whether a host name of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
